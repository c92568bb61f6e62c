package dev.noisediffusion.ui.viewmodel;

/** How a model of the list is. */
public enum ModelRowState {
    /** There, and can be opened. */
    READY,
    /** There, but cannot be opened. */
    UNUSABLE,
    /** Can be downloaded. */
    OFFERED,
    /** A part of it has arrived. */
    PARTLY,
    /** Arrives. */
    FETCHING,
    /** Its files are compared with their checksums. */
    CHECKING
}
