package dev.noisediffusion.ui.viewmodel;

/** How far one frame of the film is. */
public enum FrameState {
    PENDING,
    /** In the hands of the network. */
    RENDERING,
    DONE
}
