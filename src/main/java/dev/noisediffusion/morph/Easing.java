package dev.noisediffusion.morph;

/** How a morph moves from one keyframe to the next. Every easing keeps 0 at 0 and 1 at 1 and never turns back. */
public enum Easing {
    /** At one speed. */
    LINEAR,
    /** Slowly away from the first picture. */
    EASE_IN,
    /** Slowly towards the second. */
    EASE_OUT,
    /** Slowly away and slowly on: the smoothstep polynomial {@code 3 t^2 - 2 t^3}. */
    EASE_IN_OUT;

    /**
     * Where the morph is.
     *
     * @param t the share of the time that has passed, in [0, 1]
     * @return the fraction of the way, in [0, 1]
     */
    public double apply(double t) {
        return switch (this) {
            case LINEAR -> t;
            case EASE_IN -> t * t;
            case EASE_OUT -> t * (2 - t);
            case EASE_IN_OUT -> t * t * (3 - 2 * t);
        };
    }
}
