package dev.noisediffusion.ui.viewmodel;

/** How good something is, as a colour and a sign. */
public enum HealthMark {
    GOOD,
    FAIR,
    BAD,
    /** Nothing to judge. */
    NONE
}
