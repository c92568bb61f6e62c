package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.Easing;
import java.util.Optional;

/**
 * The two points that a curve is drawn with, time to the right and the way upwards, all in [0, 1].
 *
 * @param sideways whether they move along time only
 */
public record CurveHandles(double x1, double y1, double x2, double y2, boolean sideways) {
    private static final double THIRD = 1 / 3.0;
    /** Of a segment; what two holds leave at least to move in. */
    private static final double LEAST_MOTION = 0.05;

    /** The handles of an easing; the presets are exactly the curves of theirs. */
    static Optional<CurveHandles> of(Easing easing) {
        return switch (easing) {
            case Easing.Preset preset -> Optional.of(of(preset));
            case Easing.Curve curve ->
                Optional.of(new CurveHandles(curve.x1(), curve.y1(), curve.x2(), curve.y2(), false));
            case Easing.Hold hold -> Optional.of(new CurveHandles(hold.before(), 0, 1 - hold.after(), 1, true));
            case Easing.ConstantSpeed unmeasured -> Optional.empty();
            case Easing.Measured measured -> Optional.empty();
        };
    }

    private static CurveHandles of(Easing.Preset preset) {
        return switch (preset) {
            case LINEAR -> new CurveHandles(THIRD, THIRD, 2 * THIRD, 2 * THIRD, false);
            case EASE_IN -> new CurveHandles(THIRD, 0, 2 * THIRD, THIRD, false);
            case EASE_OUT -> new CurveHandles(THIRD, 2 * THIRD, 2 * THIRD, 1, false);
            case EASE_IN_OUT -> new CurveHandles(THIRD, 0, 2 * THIRD, 1, false);
        };
    }

    /** The easing after one handle was moved; values beyond [0, 1] stop at the edge. */
    Easing moved(boolean first, double x, double y) {
        double toX = Math.clamp(x, 0, 1);
        double toY = Math.clamp(y, 0, 1);
        if (sideways) {
            double before = first ? Math.min(toX, x2 - LEAST_MOTION) : x1;
            double after = first ? 1 - x2 : 1 - Math.max(toX, x1 + LEAST_MOTION);
            return new Easing.Hold(Math.max(0, before), Math.max(0, after));
        }
        return first ? new Easing.Curve(toX, toY, x2, y2) : new Easing.Curve(x1, y1, toX, toY);
    }
}
