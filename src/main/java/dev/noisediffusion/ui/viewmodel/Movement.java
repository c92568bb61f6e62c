package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.Easing;
import java.util.Optional;

/** The movements that the way between two pictures can have; the names of the five for a whole path are those of documents. */
public enum Movement {
    /** As the whole path. */
    SHARED,
    LINEAR,
    EASE_IN,
    EASE_OUT,
    EASE_IN_OUT,
    /** Stands still on the first picture for a while. */
    HOLD,
    /** So that the eye sees one speed. */
    CONSTANT_SPEED,
    /** A curve drawn by hand. */
    CURVE;

    private static final double USUAL_HOLD = 0.3;

    static Movement of(Easing easing) {
        return switch (easing) {
            case Easing.Preset preset -> valueOf(preset.name());
            case Easing.Hold hold -> HOLD;
            case Easing.Curve curve -> CURVE;
            case Easing.ConstantSpeed unmeasured -> CONSTANT_SPEED;
            case Easing.Measured measured -> CONSTANT_SPEED;
        };
    }

    /** What choosing the movement gives; empty where the whole path decides, and for a curve, which is drawn. */
    Optional<Easing> easing() {
        return switch (this) {
            case SHARED, CURVE -> Optional.empty();
            case LINEAR, EASE_IN, EASE_OUT, EASE_IN_OUT -> Optional.of(Easing.Preset.valueOf(name()));
            case HOLD -> Optional.of(new Easing.Hold(USUAL_HOLD, 0));
            case CONSTANT_SPEED -> Optional.of(new Easing.ConstantSpeed());
        };
    }
}
