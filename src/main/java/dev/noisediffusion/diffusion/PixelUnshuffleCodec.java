package dev.noisediffusion.diffusion;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;

/**
 * Moves each block of {@code factor x factor} pixels into channels, losslessly: [N, C, H, W] becomes
 * [N, C factor^2, H / factor, W / factor], channel order {@code c factor^2 + dy factor + dx}. Factor 1 is the identity.
 *
 * @param factor side of a block in pixels, at least 1
 */
public record PixelUnshuffleCodec(int factor) implements Codec {
    /** Pixels as they are, for networks that work on them directly. */
    public static final PixelUnshuffleCodec IDENTITY = new PixelUnshuffleCodec(1);

    public PixelUnshuffleCodec {
        if (factor < 1) {
            throw new IllegalArgumentException("The unshuffle factor must be at least 1, found " + factor);
        }
    }

    @Override
    public Shape latentShape(int width, int height) {
        requireMultiple(width, height);
        return Shape.of(1, 3 * factor * factor, height / factor, width / factor);
    }

    @Override
    public Tensor encode(Tensor pixels) {
        if (factor == 1) {
            return pixels;
        }
        Shape in = pixels.shape();
        requireMultiple(in.width(), in.height());
        Shape out = Shape.of(in.batch(), in.channels() * factor * factor, in.height() / factor, in.width() / factor);
        return move(pixels, in, out, true);
    }

    @Override
    public Tensor decode(Tensor latents) {
        if (factor == 1) {
            return latents;
        }
        Shape in = latents.shape();
        if (in.channels() % (factor * factor) != 0) {
            throw new IllegalArgumentException("Expected a multiple of " + factor * factor + " channels, found " + in);
        }
        Shape out = Shape.of(in.batch(), in.channels() / (factor * factor), in.height() * factor, in.width() * factor);
        return move(latents, out, in, false);
    }

    /** Every latent is one value of one pixel, and has what holds there. */
    @Override
    public Tensor layOverLatents(Tensor map) {
        return encode(Kernels.repeatChannels(map, 3));
    }

    /** Exact: every value is one colour of one pixel. */
    @Override
    public Tensor locate(Tensor latents, int width, int height) {
        return Codec.super.locate(decode(latents), width, height);
    }

    private Tensor move(Tensor source, Shape pixels, Shape latents, boolean toLatents) {
        float[] from = source.toArray();
        var to = new float[from.length];
        int width = pixels.width();
        int latentIndex = 0;
        for (int n = 0; n < latents.batch(); n++) {
            for (int channel = 0; channel < latents.channels(); channel++) {
                int plane = n * pixels.channels() + channel / (factor * factor);
                int dy = channel / factor % factor;
                int dx = channel % factor;
                for (int y = 0; y < latents.height(); y++) {
                    int row = (plane * pixels.height() + y * factor + dy) * width + dx;
                    for (int x = 0; x < latents.width(); x++, latentIndex++) {
                        int pixelIndex = row + x * factor;
                        if (toLatents) {
                            to[latentIndex] = from[pixelIndex];
                        } else {
                            to[pixelIndex] = from[latentIndex];
                        }
                    }
                }
            }
        }
        return Tensor.wrap(toLatents ? latents : pixels, to);
    }

    private void requireMultiple(int width, int height) {
        if (width % factor != 0 || height % factor != 0) {
            throw new IllegalArgumentException(
                    "Expected sides in multiples of " + factor + " pixels, found " + width + "x" + height);
        }
    }
}
