package dev.noisediffusion.ui.viewmodel;

/** How the model is. */
public enum ModelState {
    NONE,
    OPENING,
    READY
}
