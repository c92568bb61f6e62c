package dev.noisediffusion.measure;

import java.util.List;

/**
 * How long a way of several steps is, and how evenly it goes.
 *
 * @param length the sum of the steps
 * @param unevenness the variance of the steps (with n in the denominator) over their squared mean: 0 where all are equal
 */
public record PathLength(double length, double unevenness) {
    /**
     * The path of some steps.
     *
     * @param steps at least one, each at least 0
     */
    public static PathLength of(List<Double> steps) {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("A path needs at least one step");
        }
        double length = steps.stream().mapToDouble(Double::doubleValue).sum();
        double mean = length / steps.size();
        double variance = steps.stream()
                .mapToDouble(step -> (step - mean) * (step - mean))
                .average()
                .orElseThrow();
        return new PathLength(length, mean == 0 ? 0 : variance / (mean * mean));
    }
}
