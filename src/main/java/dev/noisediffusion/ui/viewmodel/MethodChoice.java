package dev.noisediffusion.ui.viewmodel;

/** The ways of morphing that the window offers. */
public enum MethodChoice {
    NOISE_DIFFUSION,
    SLERP,
    NOISE_INTRODUCTION,
    CROSSFADE
}
