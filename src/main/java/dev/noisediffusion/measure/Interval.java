package dev.noisediffusion.measure;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean and where it probably lies.
 *
 * @param mean of the values
 * @param low end of the 95 % interval; NaN where nobody knows, as of a single value
 * @param high end of the 95 % interval, likewise
 * @param count of the values
 */
public record Interval(double mean, double low, double high, int count) {
    /** What lies above the interval, as below. */
    private static final double TAIL = 0.025;

    /**
     * The interval of a mean by Student's t (Student 1908): exact for independent values of a normal distribution, however few.
     *
     * @param values at least one
     * @param freedom degrees of freedom, of independent values one less than there are
     * @param widening what the standard error of independent values is multiplied by, 1 if they are independent
     */
    public static Interval student(double[] values, int freedom, double widening) {
        int n = values.length;
        if (n == 0) {
            throw new IllegalArgumentException("Expected at least one value");
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return student(mean, widening * Math.sqrt(squares / (n - 1.0) / n), freedom, n);
    }

    /**
     * The interval by Student's t of something whose standard error is known.
     *
     * @param freedom degrees of freedom of the error; below 1 nobody knows the interval
     * @param count of the values that the mean is of
     */
    public static Interval student(double mean, double error, int freedom, int count) {
        double half = freedom < 1 ? Double.NaN : TDistribution.of(freedom).inverseSurvivalProbability(TAIL) * error;
        return new Interval(mean, mean - half, mean + half, count);
    }

    /**
     * The standard error of something that is computed of groups, by the jackknife (Tukey 1958).
     *
     * @param left what it is with each group left out in turn, at least one
     */
    public static double jackknifeError(double[] left) {
        double mean = Arrays.stream(left).average().orElseThrow();
        double squares = 0;
        for (double value : left) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares * (left.length - 1) / left.length);
    }

    /** Whether anybody knows where the mean lies. */
    public boolean known() {
        return !Double.isNaN(low);
    }
}
