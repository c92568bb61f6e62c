package dev.noisediffusion.diffusion;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;

/** Turns pixels into the space the denoiser works in, and back. */
public interface Codec extends AutoCloseable {
    /** The shape of one latent (batch 1) for pictures of the given size. */
    Shape latentShape(int width, int height);

    /**
     * Pixels to latents.
     *
     * @param pixels [N, 3, H, W] in [-1, 1]
     * @return latents [N, C, h, w], already scaled to the unit that the denoiser was trained in; the mean, no sampling
     */
    Tensor encode(Tensor pixels);

    /**
     * Latents to pixels.
     *
     * @param latents [N, C, h, w]
     * @return pixels [N, 3, H, W], nominally in [-1, 1], not clipped
     */
    Tensor decode(Tensor latents);

    /**
     * Lays a map of the frame over the latents: which value holds at each of them. This is the mean of the block of pixels
     * that a latent position stands for, the same in all its channels.
     *
     * @param map [1, 1, H, W], one value a pixel, of a size that can be encoded
     * @return [1, C, h, w]
     */
    default Tensor layOverLatents(Tensor map) {
        Shape latents = latentShape(map.shape().width(), map.shape().height());
        return Kernels.repeatChannels(Kernels.blockMeans(map, latents.height(), latents.width()), latents.channels());
    }

    @Override
    default void close() {}
}
