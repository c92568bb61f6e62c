package dev.noisediffusion.ui.viewmodel;

/** What stands where the morph is shown. */
public enum Prompt {
    /** The morph. */
    NONE,
    OPEN_A_MODEL,
    ADD_PICTURES,
    /** The first frame is on its way. */
    WAIT,
    /** All is there, but the artist must ask. */
    RENDER
}
