package dev.noisediffusion.model;

/** The number format in which a network's graph computes. Its inputs and outputs are float32 in any case. */
public enum Precision {
    /** float32. */
    FULL(ElementType.F32),
    /** float16, but for the timestep's waves and the statistics of normalisations, which it is too coarse for. */
    HALF(ElementType.F16);

    private final ElementType type;

    Precision(ElementType type) {
        this.type = type;
    }

    ElementType type() {
        return type;
    }
}
