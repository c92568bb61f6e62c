package dev.noisediffusion.ui.viewmodel;

/** What moves along the way from one picture to the next. */
public enum CurveLane {
    /** The mixture of the encodings, alpha and beta; the pictures as well while they are not set apart. */
    NOISE,
    /** The injection of the raw pictures, mu and nu. */
    IMAGE
}
