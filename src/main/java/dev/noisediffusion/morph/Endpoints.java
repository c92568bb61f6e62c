package dev.noisediffusion.morph;

/** What is shown where the path passes exactly through a keyframe. */
public enum Endpoints {
    /** The picture itself. */
    ORIGINAL,
    /** The picture encoded and decoded again, which shows what the model makes of it. */
    ROUND_TRIP,
    /** Whatever the method gives there. */
    METHOD
}
