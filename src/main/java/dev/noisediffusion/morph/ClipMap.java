package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.Codec;
import dev.noisediffusion.tensor.Tensor;

/**
 * Which regions of a picture hit the boundary in its encoding, before anything is decoded: around each pixel, the share
 * of values at the boundary or beyond it. Valid noise has {@link NormalCurve#beyond} of the boundary everywhere; where a mask
 * makes the boundary act more, more of it.
 */
public final class ClipMap {
    /** The region around a pixel reaches this part of the picture's shorter side in each direction. */
    private static final double REACH = 1.0 / 24;

    private final int width;
    private final int height;
    private final double natural;
    private final float[] shares;

    private ClipMap(int width, int height, double natural, float[] shares) {
        this.width = width;
        this.height = height;
        this.natural = natural;
        this.shares = shares;
    }

    /**
     * The map of one encoding.
     *
     * @param noisy [1, C, h, w], not clipped
     * @param boundaries infinite ones are not hit by anything
     * @param codec which pixels a latent value stands for
     * @param width of the picture, in pixels
     * @param height of the picture, in pixels
     */
    static ClipMap of(Tensor noisy, Boundaries boundaries, Codec codec, int width, int height) {
        float[] hits = codec.locate(boundaries.reached(noisy), width, height).toArray();
        int reach = (int) Math.max(1, Math.round(Math.min(width, height) * REACH));
        return new ClipMap(width, height, boundaries.natural(), means(hits, width, height, reach));
    }

    /** The mean of the square around each pixel, or what of it lies in the picture, by sums over rectangles. */
    private static float[] means(float[] values, int width, int height, int reach) {
        int stride = width + 1;
        var sums = new double[stride * (height + 1)];
        for (int y = 0; y < height; y++) {
            double row = 0;
            for (int x = 0; x < width; x++) {
                row += values[y * width + x];
                sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row;
            }
        }
        var means = new float[values.length];
        for (int y = 0; y < height; y++) {
            int top = Math.max(0, y - reach);
            int bottom = Math.min(height, y + reach + 1);
            for (int x = 0; x < width; x++) {
                int left = Math.max(0, x - reach);
                int right = Math.min(width, x + reach + 1);
                double sum = sums[bottom * stride + right]
                        - sums[top * stride + right]
                        - sums[bottom * stride + left]
                        + sums[top * stride + left];
                means[y * width + x] = (float) (sum / ((bottom - top) * (right - left)));
            }
        }
        return means;
    }

    /** In pixels. */
    public int width() {
        return width;
    }

    /** In pixels. */
    public int height() {
        return height;
    }

    /** The share that valid noise would have, the mean of the whole picture. */
    public double natural() {
        return natural;
    }

    /** The share of values around a pixel that hit the boundary, in [0, 1]. */
    public double share(int x, int y) {
        return shares[y * width + x];
    }
}
