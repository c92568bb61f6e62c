package dev.noisediffusion.ui.viewmodel;

/** How far the picture in sight is on its way from a moved slider to a finished frame. */
public enum PreviewStage {
    /** The film's own frame. */
    NONE,
    /** One network call: the right idea, without detail. */
    GLIMPSE,
    /** A decode in few steps. */
    DRAFT
}
