package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.BetaSchedule;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.DiffusionSettings;
import dev.noisediffusion.diffusion.GaussianData;
import dev.noisediffusion.diffusion.Network;
import dev.noisediffusion.diffusion.NoiseSchedule;
import dev.noisediffusion.diffusion.PixelUnshuffleCodec;
import dev.noisediffusion.diffusion.PredictionType;
import dev.noisediffusion.diffusion.TimestepSpacing;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A model with a known answer, and pictures for it. */
public final class MorphFixtures {
    public static final int SIDE = 8;

    private MorphFixtures() {}

    /** Remembers what it was asked, and can be told to do something before each call. */
    public static final class RecordingDenoiser implements Denoiser {
        public final List<Integer> batches = new ArrayList<>();
        public Runnable beforeCall = () -> {};
        private final Denoiser inner;

        RecordingDenoiser(Denoiser inner) {
            this.inner = inner;
        }

        @Override
        public Tensor predict(Tensor noisy, int timestep) {
            beforeCall.run();
            batches.add(noisy.shape().batch());
            return inner.predict(noisy, timestep);
        }
    }

    public static DiffusionSettings settings() {
        return new DiffusionSettings(
                NoiseSchedule.of(BetaSchedule.LINEAR, 1000, 1e-4, 0.02),
                PredictionType.EPSILON,
                TimestepSpacing.LEADING,
                0,
                1,
                Double.POSITIVE_INFINITY);
    }

    public static RecordingDenoiser denoiser() {
        return new RecordingDenoiser(new GaussianData(0, 0.5, settings().schedule(), PredictionType.EPSILON));
    }

    public static DiffusionModel model(Network network, int batchSize) {
        return new DiffusionModel(
                "gaussian",
                "gaussian",
                "Gaussian",
                network,
                PixelUnshuffleCodec.IDENTITY,
                settings(),
                SIDE,
                SIDE,
                batchSize);
    }

    public static Picture picture(long seed) {
        var rgb = new byte[3 * SIDE * SIDE];
        new Random(seed).nextBytes(rgb);
        return Picture.wrap(SIDE, SIDE, rgb);
    }

    public static MorphRequest request(int keyframes, MorphSettings settings) {
        return new MorphRequest(
                IntStream.range(0, keyframes)
                        .mapToObj(i -> new Keyframe("picture " + i, picture(i)))
                        .toList(),
                settings);
    }
}
