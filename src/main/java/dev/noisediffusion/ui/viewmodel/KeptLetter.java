package dev.noisediffusion.ui.viewmodel;

/** The names under which settings are kept to be compared. */
public enum KeptLetter {
    A,
    B
}
