package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.measure.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A number in the table of the lab.
 *
 * @param value over the pairs that are measured
 * @param difference from the baseline, pair by pair; null for the baseline, and where nothing can be compared
 * @param warmth where it lies among the differences of its column: 0 at the baseline, 1 or -1 for the largest
 * @param sure whether the interval of the difference is known and leaves 0 out
 */
public record LabMark(Interval value, @Nullable Interval difference, double warmth, boolean sure) {
    static LabMark of(Interval value, @Nullable Interval difference, double largest) {
        if (difference == null) {
            return new LabMark(value, null, 0, false);
        }
        boolean sure = difference.low() * difference.high() > 0;
        return new LabMark(value, difference, largest > 0 ? difference.mean() / largest : 0, sure);
    }
}
