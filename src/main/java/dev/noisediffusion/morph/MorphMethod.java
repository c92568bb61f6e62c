package dev.noisediffusion.morph;

/** A way to get from one picture to another. */
public sealed interface MorphMethod permits LatentMethod, Crossfade {}
