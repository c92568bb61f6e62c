package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.Mask;

/** What a brush does to a mask. */
public enum BrushMode {
    /** Towards twice the strength. */
    MORE(Mask.LAST_STEP),
    /** Towards none. */
    LESS(0),
    /** Back towards what is set. */
    ERASE(Mask.NEUTRAL_STEP);

    private final int target;

    BrushMode(int target) {
        this.target = target;
    }

    /** The step that the brush moves a mask towards. */
    int target() {
        return target;
    }

    /** What it takes back. */
    BrushMode opposite() {
        return switch (this) {
            case MORE -> LESS;
            case LESS -> MORE;
            case ERASE -> ERASE;
        };
    }
}
