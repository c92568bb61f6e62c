package dev.noisediffusion.measure;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A mean and where it probably lies.
 *
 * @param mean of the values
 * @param low end of the 95 % interval
 * @param high end of the 95 % interval
 * @param count of the values
 */
public record Interval(double mean, double low, double high, int count) {
    private static final int RESAMPLES = 2000;
    private static final long SEED = 20240309;
    private static final double TAIL = 0.025;

    /**
     * The percentile bootstrap (Efron and Tibshirani 1993, chapter 13): 2,000 resamples of the values, always the same
     * ones, so that the same values have the same interval.
     *
     * @param values at least one
     */
    public static Interval bootstrap(double... values) {
        int n = values.length;
        if (n == 0) {
            throw new IllegalArgumentException("Expected at least one value");
        }
        var random = new SplittableRandom(SEED);
        var means = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += values[random.nextInt(n)];
            }
            means[i] = sum / n;
        }
        Arrays.sort(means);
        return new Interval(Arrays.stream(values).average().orElseThrow(), at(means, TAIL), at(means, 1 - TAIL), n);
    }

    private static double at(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
