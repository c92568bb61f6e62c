package dev.noisediffusion.ui.viewmodel;

/** What lies over the pictures. */
public enum SheetKind {
    /** Nothing. */
    CLOSED,
    /** One frame in many settings. */
    CONTACT_SHEET,
    /** Three or four pictures in the corners of a square of morphs. */
    MORPH_GRID
}
