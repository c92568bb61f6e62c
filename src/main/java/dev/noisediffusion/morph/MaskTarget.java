package dev.noisediffusion.morph;

/** What a mask makes act more or less. */
public enum MaskTarget {
    /** The lubricating coefficient. */
    GAMMA,
    /** The clipping of extreme noise: twice the strength is half the boundary. */
    BOUNDARY,
    /** The injection of the raw pictures. */
    INJECTION
}
