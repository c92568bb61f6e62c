package dev.noisediffusion.image;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Scales pictures with a separable Lanczos filter of three lobes, made wider when scaling down so that nothing
 * aliases (Turkowski, "Filters for Common Resampling Tasks", Graphics Gems I). Works on the gamma-encoded values, as
 * the pictures that diffusion models were trained on were scaled.
 */
public final class Resampler {
    private static final int LOBES = 3;
    /** Target rows that are made at a time: enough that what neighbours both need is little, few enough for every core. */
    private static final int BAND = 64;

    private Resampler() {}

    /** Cuts the part out that the crop names, mirrored where it says so, and scales it to the given size in pixels. */
    public static Picture crop(Picture picture, Crop crop, int targetWidth, int targetHeight) {
        Crop.Area area = crop.area(picture.width(), picture.height(), targetWidth, targetHeight);
        return resample(picture, area, crop.mirrored(), targetWidth, targetHeight);
    }

    /** The picture with both sides {@code multiple} times as long; 1 changes nothing. */
    public static Picture upscale(Picture picture, int multiple) {
        if (multiple < 1) {
            throw new IllegalArgumentException("Expected a multiple of at least 1, found " + multiple);
        }
        int width = Math.multiplyExact(picture.width(), multiple);
        return multiple == 1 ? picture : resample(picture, width, Math.multiplyExact(picture.height(), multiple));
    }

    /** The picture scaled down, in its shape, until its longer side has at most that many pixels. */
    public static Picture fitWithin(Picture picture, int maxSide) {
        int longer = Math.max(picture.width(), picture.height());
        if (longer <= maxSide) {
            return picture;
        }
        double scale = (double) maxSide / longer;
        int width = Math.max(1, (int) Math.round(picture.width() * scale));
        return resample(picture, width, Math.max(1, (int) Math.round(picture.height() * scale)));
    }

    /** The whole picture scaled to a size in pixels, its shape changed where the size has another. */
    public static Picture scale(Picture picture, int width, int height) {
        boolean fits = width == picture.width() && height == picture.height();
        return fits ? picture : resample(picture, width, height);
    }

    private static Picture resample(Picture picture, int width, int height) {
        return resample(picture, new Crop.Area(0, 0, picture.width(), picture.height()), false, width, height);
    }

    private static Picture resample(Picture picture, Crop.Area area, boolean mirrored, int width, int height) {
        Taps straight = Taps.of(area.x(), area.width(), width, picture.width());
        Taps across = mirrored ? straight.reversed() : straight;
        Taps down = Taps.of(area.y(), area.height(), height, picture.height());
        var rgb = new byte[Math.multiplyExact(3 * width, height)];
        IntStream.iterate(0, y -> y < height, y -> y + BAND)
                .parallel()
                .forEach(top -> scaleBand(picture, across, down, top, Math.min(top + BAND, height), rgb));
        return Picture.wrap(width, height, rgb);
    }

    /** Writes the target rows from {@code top} to before {@code bottom}; no band needs anything of another. */
    private static void scaleBand(Picture picture, Taps across, Taps down, int top, int bottom, byte[] rgb) {
        int width = across.count();
        int firstRow = down.first(top);
        int rows = down.end(bottom - 1) - firstRow;
        var narrow = new float[Math.multiplyExact(3 * width, rows)];
        for (int row = 0; row < rows; row++) {
            scaleRow(picture, firstRow + row, across, narrow, row * 3 * width, width);
        }
        var sums = new float[3 * width];
        for (int y = top; y < bottom; y++) {
            sumRows(narrow, down, y, firstRow, sums);
            for (int i = 0; i < sums.length; i++) {
                rgb[y * sums.length + i] = (byte) Math.clamp(Math.round(sums[i]), 0, 255);
            }
        }
    }

    private static void scaleRow(Picture picture, int row, Taps taps, float[] out, int offset, int width) {
        byte[] rgb = picture.bytes();
        int start = 3 * row * picture.width();
        for (int x = 0; x < width; x++) {
            float[] weights = taps.weights[x];
            int at = start + 3 * taps.first(x);
            float red = 0;
            float green = 0;
            float blue = 0;
            for (float weight : weights) {
                red += weight * (rgb[at] & 0xff);
                green += weight * (rgb[at + 1] & 0xff);
                blue += weight * (rgb[at + 2] & 0xff);
                at += 3;
            }
            out[offset + 3 * x] = red;
            out[offset + 3 * x + 1] = green;
            out[offset + 3 * x + 2] = blue;
        }
    }

    private static void sumRows(float[] rows, Taps taps, int y, int firstRow, float[] sums) {
        Arrays.fill(sums, 0);
        float[] weights = taps.weights[y];
        for (int k = 0; k < weights.length; k++) {
            int from = (taps.first(y) + k - firstRow) * sums.length;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += weights[k] * rows[from + i];
            }
        }
    }

    /** For each target pixel along one axis, the source pixels that it is made of and their weights, which sum to 1. */
    private static final class Taps {
        private final int[] firsts;
        private final float[][] weights;

        private Taps(int target) {
            firsts = new int[target];
            weights = new float[target][];
        }

        int count() {
            return firsts.length;
        }

        int first(int i) {
            return firsts[i];
        }

        int end(int i) {
            return firsts[i] + weights[i].length;
        }

        static Taps of(double start, double length, int target, int source) {
            var taps = new Taps(target);
            double scale = length / target;
            double width = Math.max(scale, 1);
            for (int i = 0; i < target; i++) {
                double center = start + (i + 0.5) * scale;
                int first = Math.clamp((int) Math.floor(center - LOBES * width), 0, source - 1);
                int end = Math.clamp((int) Math.ceil(center + LOBES * width), first + 1, source);
                taps.firsts[i] = first;
                taps.weights[i] = weights(first, end, center, width);
            }
            return taps;
        }

        /** The same for the target pixels in the opposite order. */
        Taps reversed() {
            int count = count();
            var reversed = new Taps(count);
            for (int i = 0; i < count; i++) {
                reversed.firsts[i] = firsts[count - 1 - i];
                reversed.weights[i] = weights[count - 1 - i];
            }
            return reversed;
        }

        private static float[] weights(int first, int end, double center, double width) {
            var exact = new double[end - first];
            double sum = 0;
            for (int k = 0; k < exact.length; k++) {
                exact[k] = lanczos((first + k + 0.5 - center) / width);
                sum += exact[k];
            }
            var weights = new float[exact.length];
            for (int k = 0; k < exact.length; k++) {
                weights[k] = (float) (exact[k] / sum);
            }
            return weights;
        }

        private static double lanczos(double x) {
            if (x == 0) {
                return 1;
            }
            if (Math.abs(x) >= LOBES) {
                return 0;
            }
            double px = Math.PI * x;
            return LOBES * Math.sin(px) * Math.sin(px / LOBES) / (px * px);
        }
    }
}
