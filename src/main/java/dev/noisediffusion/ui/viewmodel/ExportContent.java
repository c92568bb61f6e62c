package dev.noisediffusion.ui.viewmodel;

/** What an exported film shows. */
public enum ExportContent {
    MORPH,
    /** The two films that are compared, beside each other, each with its name. */
    SIDE_BY_SIDE
}
