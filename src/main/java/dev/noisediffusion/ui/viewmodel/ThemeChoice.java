package dev.noisediffusion.ui.viewmodel;

/** Light, dark, or as the system is. */
public enum ThemeChoice {
    SYSTEM,
    DARK,
    LIGHT
}
