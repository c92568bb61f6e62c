package dev.noisediffusion.critic;

import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * What the critic's network sees in place of pixels: how strong the detail of each size is at each place, and how it is
 * spread. The colours of a photograph say nothing of artifacts, and a network left alone with pixels goes by them. The bands are
 * those of the à trous wavelet transform with the B3 spline (Holschneider et al. 1989; Starck, Fadili and Murtagh 2007), of
 * luma and chroma (BT.601).
 */
final class BandStatistics {
    /** How many pixels one place stands for, in either direction. */
    static final int STRIDE = 8;

    private static final int BANDS = 4;

    /** Of each band: strength of luma, its evenness, strength of chroma. Beside the bands: luma and chroma themselves. */
    static final int CHANNELS = 3 * BANDS + 2;

    private static final float[] SPLINE = {1 / 16f, 4 / 16f, 6 / 16f, 4 / 16f, 1 / 16f};

    /** About one step of eight bits: detail weaker than this is none. */
    private static final double LEAST = 0.01;

    /** Brings the logarithms near 0. */
    private static final double USUAL_STRENGTH = 3;

    private static final double USUAL_CHROMA = 2;

    /** Brings the evenness, and luma, to the spread of the others. */
    private static final double EVENNESS_GAIN = 5;

    private static final double LUMA_GAIN = 2;

    private final int width;
    private final int height;
    private final List<float[]> maps = new ArrayList<>();

    private BandStatistics(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /**
     * The statistics of a picture.
     *
     * @param pixels [1, 3, H, W] in [-1, 1]
     * @return [1, {@link #CHANNELS}, H/8, W/8], rounded up, each about in [-3, 3]
     */
    static Tensor of(Tensor pixels) {
        return new BandStatistics(pixels.shape().width(), pixels.shape().height()).measured(pixels.toArray());
    }

    private Tensor measured(float[] rgb) {
        int plane = width * height;
        var luma = new float[plane];
        var blue = new float[plane];
        var red = new float[plane];
        for (int i = 0; i < plane; i++) {
            float y = 0.299f * rgb[i] + 0.587f * rgb[plane + i] + 0.114f * rgb[2 * plane + i];
            luma[i] = y;
            blue[i] = 0.564f * (rgb[2 * plane + i] - y);
            red[i] = 0.713f * (rgb[i] - y);
        }
        float[][] rest = {luma, blue, red};
        for (int band = 0; band < BANDS; band++) {
            var detail = new float[3][];
            for (int c = 0; c < 3; c++) {
                float[] smooth = smoothed(smoothed(rest[c], 1 << band, true), 1 << band, false);
                detail[c] = difference(rest[c], smooth);
                rest[c] = smooth;
            }
            strengthAndEvenness(detail[0]);
            chroma(detail[1], detail[2], USUAL_STRENGTH);
        }
        means(luma);
        chroma(blue, red, USUAL_CHROMA);
        int places = maps.getFirst().length;
        var out = new float[CHANNELS * places];
        for (int c = 0; c < CHANNELS; c++) {
            System.arraycopy(maps.get(c), 0, out, c * places, places);
        }
        return Tensor.wrap(Shape.of(1, CHANNELS, down(height), down(width)), out);
    }

    /** Smoothed in one direction, its taps some pixels apart; what lies outside is as the edge. */
    private float[] smoothed(float[] values, int apart, boolean across) {
        var out = new float[values.length];
        int last = (across ? width : height) - 1;
        int stride = across ? 1 : width;
        for (int i = 0; i < out.length; i++) {
            int at = across ? i % width : i / width;
            float sum = 0;
            for (int tap = 0; tap < SPLINE.length; tap++) {
                int there = Math.clamp(at + (long) (tap - 2) * apart, 0, last);
                sum += SPLINE[tap] * values[i + (there - at) * stride];
            }
            out[i] = sum;
        }
        return out;
    }

    private static float[] difference(float[] values, float[] smooth) {
        var out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i] - smooth[i];
        }
        return out;
    }

    /** The logarithm of the root mean square, and that of the mean size over it: low where little of it makes up the most. */
    private void strengthAndEvenness(float[] detail) {
        double[] squares = pooled(i -> detail[i] * detail[i]);
        double[] sizes = pooled(i -> Math.abs(detail[i]));
        var strength = new float[squares.length];
        var evenness = new float[squares.length];
        for (int i = 0; i < strength.length; i++) {
            double log = Math.log(Math.sqrt(squares[i]) + LEAST);
            strength[i] = (float) (log + USUAL_STRENGTH);
            evenness[i] = (float) (EVENNESS_GAIN * (Math.log(sizes[i] + LEAST) - log));
        }
        maps.add(strength);
        maps.add(evenness);
    }

    private void chroma(float[] blue, float[] red, double usual) {
        double[] squares = pooled(i -> blue[i] * blue[i] + red[i] * red[i]);
        var strength = new float[squares.length];
        for (int i = 0; i < strength.length; i++) {
            strength[i] = (float) (Math.log(Math.sqrt(squares[i]) + LEAST) + usual);
        }
        maps.add(strength);
    }

    private void means(float[] luma) {
        double[] pooled = pooled(i -> luma[i]);
        var out = new float[pooled.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (LUMA_GAIN * pooled[i]);
        }
        maps.add(out);
    }

    /**
     * Means over blocks; those at the right and bottom edge may be smaller.
     *
     * @param value of a pixel by its index
     */
    private double[] pooled(IntToDoubleFunction value) {
        int columns = down(width);
        var sums = new double[columns * down(height)];
        var counts = new int[sums.length];
        for (int i = 0; i < width * height; i++) {
            int row = i / width;
            int place = row / STRIDE * columns + i % width / STRIDE;
            sums[place] += value.applyAsDouble(i);
            counts[place]++;
        }
        for (int place = 0; place < sums.length; place++) {
            sums[place] /= counts[place];
        }
        return sums;
    }

    private static int down(int size) {
        return (size + STRIDE - 1) / STRIDE;
    }
}
