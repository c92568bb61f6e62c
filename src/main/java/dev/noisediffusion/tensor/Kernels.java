package dev.noisediffusion.tensor;

import java.util.List;
import java.util.Random;

/** The arithmetic of the method: coefficients in double, values in float32, sums in double. */
public final class Kernels {
    /** Beyond plus or minus this cosine slerp is a straight line. */
    private static final double PARALLEL_COSINE = 0.9995;

    private Kernels() {}

    /** {@code a x + b y}, element by element. */
    public static Tensor linear(double a, Tensor x, double b, Tensor y) {
        requireSameShape(x, y);
        float[] xs = x.values();
        float[] ys = y.values();
        var out = new float[xs.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (a * xs[i] + b * ys[i]);
        }
        return Tensor.wrap(x.shape(), out);
    }

    /** {@code a x + b}, element by element. */
    public static Tensor affine(double a, Tensor x, double b) {
        float[] xs = x.values();
        var out = new float[xs.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (a * xs[i] + b);
        }
        return Tensor.wrap(x.shape(), out);
    }

    /**
     * {@code sum_i weights[i] tensors[i]}, summed in double. Terms of weight 0 are left out, so that a tensor that
     * does not take part cannot change a bit of the result.
     */
    public static Tensor weightedSum(double[] weights, List<Tensor> tensors) {
        if (tensors.isEmpty() || weights.length != tensors.size()) {
            throw new IllegalArgumentException(
                    "Expected as many weights as tensors, found " + weights.length + " and " + tensors.size());
        }
        Tensor first = tensors.getFirst();
        var sum = new double[first.size()];
        for (int k = 0; k < weights.length; k++) {
            requireSameShape(first, tensors.get(k));
            double weight = weights[k];
            if (weight == 0) {
                continue;
            }
            float[] values = tensors.get(k).values();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weight * values[i];
            }
        }
        var out = new float[sum.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) sum[i];
        }
        return Tensor.wrap(first.shape(), out);
    }

    /** Every value brought into {@code [-bound, bound]}; an infinite bound changes nothing. */
    public static Tensor clip(Tensor x, double bound) {
        if (!(bound >= 0)) {
            throw new IllegalArgumentException("A bound cannot be negative: " + bound);
        }
        if (bound == Double.POSITIVE_INFINITY) {
            return x;
        }
        float limit = (float) bound;
        float[] xs = x.values();
        var out = new float[xs.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.clamp(xs[i], -limit, limit);
        }
        return Tensor.wrap(x.shape(), out);
    }

    /** 1 where a value is at plus or minus a bound or beyond it, else 0. */
    public static Tensor beyond(Tensor x, double bound) {
        float limit = (float) bound;
        float[] xs = x.values();
        var out = new float[xs.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.abs(xs[i]) >= limit ? 1 : 0;
        }
        return Tensor.wrap(x.shape(), out);
    }

    public static double dot(Tensor x, Tensor y) {
        requireSameShape(x, y);
        float[] xs = x.values();
        float[] ys = y.values();
        double sum = 0;
        for (int i = 0; i < xs.length; i++) {
            sum += (double) xs[i] * ys[i];
        }
        return sum;
    }

    /** The Euclidean norm. */
    public static double norm(Tensor x) {
        return Math.sqrt(dot(x, x));
    }

    /**
     * Spherical interpolation along the great circle between two fields, with their true angle (Shoemake 1985).
     * Nearly parallel fields are joined by a straight line, the limit of the formula. So are nearly opposite ones, between
     * which no great circle is the right one: their line is short of the sphere, and passes near zero in its middle.
     *
     * @param f in [0, 1]; 0 gives exactly {@code x}, 1 exactly {@code y}
     */
    public static Tensor slerp(Tensor x, Tensor y, double f) {
        requireSameShape(x, y);
        if (f == 0) {
            return x;
        }
        if (f == 1) {
            return y;
        }
        double norms = norm(x) * norm(y);
        double cosine = norms == 0 ? 1 : dot(x, y) / norms;
        if (Math.abs(cosine) > PARALLEL_COSINE) {
            return linear(1 - f, x, f, y);
        }
        double theta = Math.acos(cosine);
        double sine = Math.sin(theta);
        return linear(Math.sin((1 - f) * theta) / sine, x, Math.sin(f * theta) / sine, y);
    }

    /**
     * The means of equal blocks.
     *
     * @param x [N, C, H, W]
     * @param height of the result, a divisor of H
     * @param width of the result, a divisor of W
     * @return [N, C, height, width]
     */
    public static Tensor blockMeans(Tensor x, int height, int width) {
        Shape in = x.shape();
        if (in.height() % height != 0 || in.width() % width != 0) {
            throw new IllegalArgumentException("Cannot divide " + in + " into " + height + "x" + width + " blocks");
        }
        Shape out = Shape.of(in.batch(), in.channels(), height, width);
        var sums = new double[out.size()];
        float[] xs = x.values();
        for (int i = 0; i < xs.length; i++) {
            int row = i / in.width();
            int plane = row / in.height();
            int blockRow = row % in.height() * height / in.height();
            sums[(plane * height + blockRow) * width + i % in.width() * width / in.width()] += xs[i];
        }
        double area = (double) xs.length / sums.length;
        var means = new float[sums.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) (sums[i] / area);
        }
        return Tensor.wrap(out, means);
    }

    /**
     * One channel, as often as wanted.
     *
     * @param x [1, 1, H, W]
     * @return [1, channels, H, W]
     */
    public static Tensor repeatChannels(Tensor x, int channels) {
        Shape in = x.shape();
        if (in.batch() != 1 || in.channels() != 1) {
            throw new IllegalArgumentException("Expected a single channel, found " + in);
        }
        var out = new float[channels * x.size()];
        for (int channel = 0; channel < channels; channel++) {
            System.arraycopy(x.values(), 0, out, channel * x.size(), x.size());
        }
        return Tensor.wrap(Shape.of(1, channels, in.height(), in.width()), out);
    }

    /** Standard normal noise; the same seed gives the same bits everywhere (the polar method of {@link Random}). */
    public static Tensor gaussian(Shape shape, long seed) {
        var random = new Random(seed);
        var out = new float[shape.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) random.nextGaussian();
        }
        return Tensor.wrap(shape, out);
    }

    /** Whether every value is a number: neither infinite nor NaN. */
    public static boolean isFinite(Tensor x) {
        for (float value : x.values()) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** The largest absolute difference between two tensors; NaN where either holds one. */
    public static double maxAbsDifference(Tensor x, Tensor y) {
        requireSameShape(x, y);
        float[] xs = x.values();
        float[] ys = y.values();
        double largest = 0;
        for (int i = 0; i < xs.length; i++) {
            largest = Math.max(largest, Math.abs((double) xs[i] - ys[i]));
        }
        return largest;
    }

    private static void requireSameShape(Tensor x, Tensor y) {
        if (!x.shape().equals(y.shape())) {
            throw new IllegalArgumentException(
                    "Expected tensors of one shape, found " + x.shape() + " and " + y.shape());
        }
    }
}
