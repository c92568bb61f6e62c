package dev.noisediffusion.critic;

import dev.noisediffusion.image.HeatColours;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;

/**
 * What a critic says of a picture.
 *
 * @param score how probably the picture has artifacts, in [0, 1], where half of all pictures would
 * @param heat the same at each place by the evidence there alone, [1, 1, h, w] in [0, 1]; a place stands for 8x8 pixels
 *     and sees its neighbours
 */
public record Judgement(double score, Tensor heat) {
    /**
     * The heat as a picture of some size: the four nearest places interpolated, the colours of {@link HeatColours}.
     *
     * @param width in pixels
     * @param height in pixels
     */
    public Picture heatMap(int width, int height) {
        var rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            int row = i / width;
            int colour = HeatColours.at(heatAt((i % width + 0.5) / width, (row + 0.5) / height));
            rgb[3 * i] = (byte) (colour >> 16);
            rgb[3 * i + 1] = (byte) (colour >> 8);
            rgb[3 * i + 2] = (byte) colour;
        }
        return Picture.wrap(width, height, rgb);
    }

    /** The heat at a point, both coordinates in [0, 1]. */
    public double heatAt(double x, double y) {
        Shape shape = heat.shape();
        double u = Math.clamp(x * shape.width() - 0.5, 0, shape.width() - 1.0);
        double v = Math.clamp(y * shape.height() - 0.5, 0, shape.height() - 1.0);
        int left = (int) u;
        int top = (int) v;
        int right = Math.min(left + 1, shape.width() - 1);
        int bottom = Math.min(top + 1, shape.height() - 1);
        double upper = (1 - u + left) * at(left, top) + (u - left) * at(right, top);
        double lower = (1 - u + left) * at(left, bottom) + (u - left) * at(right, bottom);
        return (1 - v + top) * upper + (v - top) * lower;
    }

    private double at(int x, int y) {
        return heat.get(y * heat.shape().width() + x);
    }
}
