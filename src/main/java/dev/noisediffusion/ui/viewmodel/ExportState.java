package dev.noisediffusion.ui.viewmodel;

/** How the export is. */
public enum ExportState {
    IDLE,
    RUNNING,
    DONE,
    FAILED
}
