package dev.noisediffusion.ui.viewmodel;

/** A way out that what is told of the project names. */
public enum Remedy {
    /** The work is in no file yet, or in none as it is. */
    SAVE,
    /** The file cannot be written over, or must not. */
    SAVE_AS,
    /** The model that the work was made with is not in use. */
    MODELS
}
