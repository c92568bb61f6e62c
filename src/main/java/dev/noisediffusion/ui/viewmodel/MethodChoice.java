package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.MorphMethod;
import dev.noisediffusion.project.MethodName;

/** The ways of morphing that the window offers. */
public enum MethodChoice {
    NOISE_DIFFUSION,
    SLERP,
    NOISE_INTRODUCTION,
    CROSSFADE;

    static MethodChoice of(MorphMethod method) {
        return valueOf(MethodName.of(method).name());
    }
}
