package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.Easing;

/** The movements that a whole path can have; the names are those of documents. */
public enum EasingChoice {
    LINEAR,
    EASE_IN,
    EASE_OUT,
    EASE_IN_OUT,
    /** So that the eye sees one speed. */
    CONSTANT_SPEED;

    Easing easing() {
        return switch (this) {
            case LINEAR -> Easing.Preset.LINEAR;
            case EASE_IN -> Easing.Preset.EASE_IN;
            case EASE_OUT -> Easing.Preset.EASE_OUT;
            case EASE_IN_OUT -> Easing.Preset.EASE_IN_OUT;
            case CONSTANT_SPEED -> new Easing.ConstantSpeed();
        };
    }
}
