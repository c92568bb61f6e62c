package dev.noisediffusion.morph;

/** A way to get from one picture to another. */
public sealed interface MorphMethod permits LatentMethod, Crossfade {
    /** Whether there is fresh noise in its frames, so that another seed gives others. */
    boolean usesFreshNoise();
}
