package dev.noisediffusion.ui.viewmodel;

/**
 * What the artist did to a frame, for its thumbnail.
 *
 * @param locked whether it has noise of its own
 * @param favourite whether one of its takes is marked
 * @param favouriteShown whether that is the one in sight
 * @param takes noises that were tried
 * @param shown number of the take in sight, from 0; -1 for what the settings give
 */
public record FrameMarks(boolean locked, boolean favourite, boolean favouriteShown, int takes, int shown) {
    static final FrameMarks NONE = new FrameMarks(false, false, false, 0, -1);
}
