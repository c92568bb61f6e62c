package dev.noisediffusion.diffusion;

import dev.noisediffusion.tensor.Tensor;

/** What the narrowest block of a denoiser makes of a noisy picture: features in which pictures can be compared. */
@FunctionalInterface
public interface Bottleneck extends AutoCloseable {
    /**
     * One call of the network's first half.
     *
     * @param noisy variance-preserving noisy latents, float32 NCHW, any batch size
     * @param timestep the training timestep, in [0, train timesteps)
     * @return what the middle block gives, [N, C', h', w']
     * @throws IllegalStateException if it is closed, before or during the call
     */
    Tensor features(Tensor noisy, int timestep);

    /** Lets native memory go. */
    @Override
    default void close() {}
}
