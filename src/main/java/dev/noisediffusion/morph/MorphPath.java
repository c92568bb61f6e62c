package dev.noisediffusion.morph;

/**
 * How a morph passes through its keyframes.
 *
 * @param easing from each keyframe to the next
 * @param closed whether it returns to the first keyframe; the last frame then lies one step before it, so that the film
 *     loops without showing the first picture twice
 */
public record MorphPath(Easing easing, boolean closed) {
    /** From the first keyframe to the last at one speed. */
    public static final MorphPath STRAIGHT = new MorphPath(Easing.LINEAR, false);
}
