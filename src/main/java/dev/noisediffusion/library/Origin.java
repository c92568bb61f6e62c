package dev.noisediffusion.library;

/** How a model came to be there. */
public enum Origin {
    /** Comes with the studio. */
    BUNDLED,
    /** In the studio's folder of models: downloaded or copied. */
    INSTALLED,
    /** Somewhere else, added by the user. */
    LINKED,
    /** Somewhere else, where another program keeps its models. */
    FOUND
}
