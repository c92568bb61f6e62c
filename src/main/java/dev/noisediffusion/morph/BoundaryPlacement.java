package dev.noisediffusion.morph;

/** Where NoiseDiffusion clips extreme noise. The paper's default is {@link #BOTH}. */
public enum BoundaryPlacement {
    NONE,
    /** The encodings, before they are mixed. */
    BEFORE,
    /** The mixture. */
    AFTER,
    BOTH;

    boolean clipsEncodings() {
        return this == BEFORE || this == BOTH;
    }

    boolean clipsMixture() {
        return this == AFTER || this == BOTH;
    }
}
