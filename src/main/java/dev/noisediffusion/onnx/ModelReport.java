package dev.noisediffusion.onnx;

import dev.noisediffusion.job.Trouble;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a check of a model found.
 *
 * @param description what the model is, line by line
 * @param refusal why the studio does not take it for pictures, in a sentence; empty where it does
 * @param millisecondsPerCall of one network call with batch 1, the median of a few
 * @param comparisons with expected values; empty where there are none
 * @param notCompared names of expected values that the studio does not know, or of a codec that it does not open
 */
public record ModelReport(
        List<String> description,
        Optional<String> refusal,
        double millisecondsPerCall,
        List<Comparison> comparisons,
        List<String> notCompared) {
    /**
     * One expected value, or one tensor of them.
     *
     * @param error the largest: absolute, or relative to the largest expected magnitude
     * @param tolerance the largest error that passes
     * @param relative which of the two errors it is
     */
    public record Comparison(String name, double error, double tolerance, boolean relative) {
        /** Whether the error is a number within the tolerance. */
        public boolean passed() {
            return error <= tolerance;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-24s largest %s error %.2e, tolerance %.0e: %s",
                    name,
                    relative ? "relative" : "absolute",
                    error,
                    tolerance,
                    passed() ? "ok" : "BEYOND TOLERANCE");
        }
    }

    public ModelReport {
        description = List.copyOf(description);
        comparisons = List.copyOf(comparisons);
        notCompared = List.copyOf(notCompared);
    }

    /** Whether every comparison passed. */
    public boolean passed() {
        return comparisons.stream().allMatch(Comparison::passed);
    }

    /** Why a network runs elsewhere than it was meant to, behind where it runs; empty where it does not. */
    static String fallback(Optional<Trouble.DeviceUnusable> fallback) {
        return fallback.map(trouble -> " (" + trouble.device() + " could not be used: " + trouble.said() + ")")
                .orElse("");
    }
}
