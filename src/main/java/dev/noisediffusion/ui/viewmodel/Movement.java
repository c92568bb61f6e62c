package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.Easing;

/** The movements that the way between two pictures can have. */
public enum Movement {
    /** As the whole path. */
    SHARED,
    LINEAR,
    EASE_IN,
    EASE_OUT,
    EASE_IN_OUT,
    /** Stands still on the first picture for a while. */
    HOLD,
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

    /**
     * What choosing the movement gives.
     *
     * @param shared easing of the whole path
     */
    Easing easing(Easing shared) {
        return switch (this) {
            case SHARED, CURVE -> shared;
            case LINEAR -> Easing.Preset.LINEAR;
            case EASE_IN -> Easing.Preset.EASE_IN;
            case EASE_OUT -> Easing.Preset.EASE_OUT;
            case EASE_IN_OUT -> Easing.Preset.EASE_IN_OUT;
            case HOLD -> new Easing.Hold(USUAL_HOLD, 0);
            case CONSTANT_SPEED -> new Easing.ConstantSpeed();
        };
    }
}
