package dev.noisediffusion.ui.viewmodel;

/** What is in an image slot. */
public enum SlotState {
    EMPTY,
    LOADING,
    LOADED,
    FAILED,
    /** A project names a picture that was not found. */
    MISSING
}
