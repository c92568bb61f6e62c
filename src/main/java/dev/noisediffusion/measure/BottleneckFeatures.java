package dev.noisediffusion.measure;

import dev.noisediffusion.diffusion.Bottleneck;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;

/**
 * Pictures as the narrowest block of a model's own network sees them, a little noise added: features that a network trained
 * to denoise has learnt of its subject (Baranchuk et al. 2022). Distances in them are bottleneck distances; they are neither
 * FID nor LPIPS, and numbers of two models cannot be compared. All pictures get the same noise, so that equal pictures
 * have equal features.
 */
public final class BottleneckFeatures {
    /** The level that is used where nothing else is said: sqrt(abar) 0.9, noise of deviation 0.44. */
    public static final double USUAL_SIGNAL_LEVEL = 0.9;

    /**
     * Seed of the noise where nothing else is said. It is one that nobody chooses: frames with fresh noise of the same seed would
     * be looked at through the very field that they were made with.
     */
    private static final long USUAL_SEED = 0x3EA5_17E5_5EEDL;

    private final Bottleneck bottleneck;
    private final DiffusionModel model;
    private final int timestep;
    private final Tensor noise;

    private BottleneckFeatures(Bottleneck bottleneck, DiffusionModel model, int timestep, Tensor noise) {
        this.bottleneck = bottleneck;
        this.model = model;
        this.timestep = timestep;
        this.noise = noise;
    }

    /**
     * Features at the timestep of a model whose noise level is nearest to the one asked for.
     *
     * @param bottleneck of the model's network; it and the model stay the caller's to close
     * @param signalLevel sqrt(abar), above 0 and at most 1
     * @param seed of the noise
     */
    public static BottleneckFeatures at(double signalLevel, long seed, Bottleneck bottleneck, DiffusionModel model) {
        if (!(signalLevel > 0 && signalLevel <= 1)) {
            throw new IllegalArgumentException("Expected a signal level above 0 and at most 1, found " + signalLevel);
        }
        return new BottleneckFeatures(
                bottleneck,
                model,
                model.settings().schedule().nearest(signalLevel),
                Kernels.gaussian(model.latentShape(), seed));
    }

    /** Features at the usual level, with noise that no morph has as its fresh noise. */
    public static BottleneckFeatures of(Bottleneck bottleneck, DiffusionModel model) {
        return at(USUAL_SIGNAL_LEVEL, USUAL_SEED, bottleneck, model);
    }

    /** The timestep that the network is told. */
    public int timestep() {
        return timestep;
    }

    /**
     * The features of one picture.
     *
     * @throws IllegalArgumentException if it is of another size than the model's
     */
    public Features of(Picture picture) {
        return new Features(bottleneck.features(noisy(picture), timestep));
    }

    private Tensor noisy(Picture picture) {
        if (picture.width() != model.width() || picture.height() != model.height()) {
            throw new IllegalArgumentException("Expected a picture of the model's size, " + model.width() + "x"
                    + model.height() + ", found " + picture);
        }
        double alphaBar = model.settings().schedule().alphaBar(timestep);
        return Kernels.linear(
                Math.sqrt(alphaBar), model.codec().encode(picture.toTensor()), Math.sqrt(1 - alphaBar), noise);
    }
}
