package dev.noisediffusion.morph;

import dev.noisediffusion.image.Picture;

/**
 * A finished frame.
 *
 * @param spot where in the morph it lies
 * @param picture of the model's size
 * @param request what asked for it
 */
public record Frame(FramePlan.Spot spot, Picture picture, MorphRequest request) {
    /** Number of the frame in its morph, from 0. */
    public int index() {
        return spot.index();
    }
}
