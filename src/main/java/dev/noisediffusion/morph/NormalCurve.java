package dev.noisediffusion.morph;

/** The standard normal distribution N(0, 1), which valid noise follows. */
public final class NormalCurve {
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
    /** Of the tail's polynomial, highest power first (Abramowitz and Stegun 26.2.17). */
    private static final double[] TAIL = {1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.319381530};

    private NormalCurve() {}

    public static double density(double x) {
        return Math.exp(-x * x / 2) / ROOT_TWO_PI;
    }

    /** The share of all values below {@code x}, in [0, 1], within 1e-7. */
    public static double below(double x) {
        double t = 1 / (1 + 0.2316419 * Math.abs(x));
        double sum = 0;
        for (double factor : TAIL) {
            sum = (sum + factor) * t;
        }
        double tail = density(x) * sum;
        return x < 0 ? tail : 1 - tail;
    }

    /** The share of all values beyond plus or minus a boundary: 4.55 % for 2. */
    public static double beyond(double boundary) {
        return 2 * below(-boundary);
    }
}
