package dev.noisediffusion.morph;

/** How the fresh noise eps behaves from frame to frame; matters only where gamma is above 0. */
public enum NoiseTravel {
    /** One field for all frames: steady. */
    LOCKED,
    /** From one field to another along their great circle, and back where the film loops: moves smoothly. */
    TRAVELLING,
    /** A new field for each frame, as in the paper's code: flickers. */
    REDRAWN
}
