package dev.noisediffusion.ui.viewmodel;

/** What happens at the end of the film. */
public enum PlaybackMode {
    ONCE,
    LOOP,
    /** There and back, without showing an end twice. */
    PING_PONG
}
