package dev.noisediffusion.diffusion;

import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;

/**
 * A trained network that looks at a noisy picture and predicts its noise, its clean form, or their velocity; which of
 * them its {@link DiffusionSettings} say. {@link Guidance} is bound into the denoiser: samplers see only this.
 */
@FunctionalInterface
public interface Denoiser extends Network {
    /**
     * One network call.
     *
     * @param noisy variance-preserving noisy latents, float32 NCHW, any batch size
     * @param timestep the training timestep, in [0, train timesteps)
     * @return the prediction, of the same shape
     * @throws IllegalArgumentException if the shape is not one the network takes
     */
    Tensor predict(Tensor noisy, int timestep);

    /** This one: it reads no words, or has read them. */
    @Override
    default Denoiser denoiser(Guidance guidance) {
        return this;
    }

    @Override
    default void close() {}

    /** Checks the border between maths and network: channels and sides must be the network's own. */
    static void requireShape(Tensor noisy, Shape expected) {
        if (noisy.shape().rank() != expected.rank()
                || !noisy.shape().withBatch(1).equals(expected.withBatch(1))) {
            throw new IllegalArgumentException(
                    "The network expects " + expected + " (any batch), found " + noisy.shape());
        }
    }
}
