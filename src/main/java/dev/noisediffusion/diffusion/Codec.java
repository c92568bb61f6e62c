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

    /**
     * Where in the picture the values of latents lie: for each pixel the mean of all values that stand for it. Unless the
     * codec knows better, those are the channels of the latent that covers the pixel.
     *
     * @param latents [N, C, h, w], such as marks of the values in question
     * @param width of the pictures, in pixels
     * @param height of the pictures, in pixels
     * @return [N, 1, H, W]
     */
    default Tensor locate(Tensor latents, int width, int height) {
        Shape shape = latents.shape();
        int plane = shape.height() * shape.width();
        var out = new float[shape.batch() * height * width];
        int at = 0;
        for (int n = 0; n < shape.batch(); n++) {
            for (int y = 0; y < height; y++) {
                int row = y * shape.height() / height * shape.width();
                for (int x = 0; x < width; x++, at++) {
                    int first = n * shape.channels() * plane + row + x * shape.width() / width;
                    for (int channel = 0; channel < shape.channels(); channel++) {
                        out[at] += latents.get(first + channel * plane) / shape.channels();
                    }
                }
            }
        }
        return Tensor.wrap(Shape.of(shape.batch(), 1, height, width), out);
    }

    @Override
    default void close() {}
}
