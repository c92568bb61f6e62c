package dev.noisediffusion.measure;

import dev.noisediffusion.image.Picture;

/** A grey picture in double. */
final class Plane {
    private final int width;
    private final int height;
    private final double[] values;

    /** Takes the array over: row by row. */
    Plane(int width, int height, double[] values) {
        this.width = width;
        this.height = height;
        this.values = values;
    }

    /** Luma of the sRGB values, in [0, 255]: 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601). */
    static Plane lumaOf(Picture picture) {
        int width = picture.width();
        var values = new double[width * picture.height()];
        for (int i = 0; i < values.length; i++) {
            int rgb = picture.pixel(i % width, i / width);
            values[i] = 0.299 * (rgb >> 16 & 0xff) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff);
        }
        return new Plane(width, picture.height(), values);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    double get(int x, int y) {
        return values[y * width + x];
    }

    /** Value by value. */
    Plane times(Plane other) {
        var out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i] * other.values[i];
        }
        return new Plane(width, height, out);
    }

    /** The means of blocks of 2x2; a last odd row or column is left out. */
    Plane halved() {
        int w = width / 2;
        int h = height / 2;
        var out = new double[w * h];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                out[y * w + x] =
                        (get(2 * x, 2 * y) + get(2 * x + 1, 2 * y) + get(2 * x, 2 * y + 1) + get(2 * x + 1, 2 * y + 1))
                                / 4;
            }
        }
        return new Plane(w, h, out);
    }

    /** Filtered by a row and a column of weights, only where they lie within the picture. */
    Plane filtered(double[] weights) {
        int n = weights.length;
        int w = width - n + 1;
        int h = height - n + 1;
        var rows = new double[w * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < w; x++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    sum += weights[k] * values[y * width + x + k];
                }
                rows[y * w + x] = sum;
            }
        }
        var out = new double[w * h];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    sum += weights[k] * rows[(y + k) * w + x];
                }
                out[y * w + x] = sum;
            }
        }
        return new Plane(w, h, out);
    }

    static void requireSameSize(Picture a, Picture b) {
        if (a.width() != b.width() || a.height() != b.height()) {
            throw new IllegalArgumentException("Expected two pictures of one size, found " + a + " and " + b);
        }
    }
}
