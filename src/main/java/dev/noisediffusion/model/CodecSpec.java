package dev.noisediffusion.model;

/** How a model's latents come from pixels. */
public sealed interface CodecSpec {
    /** The network works on pixels. */
    record Identity() implements CodecSpec {}

    /**
     * Each block of pixels becomes channels of one latent pixel.
     *
     * @param factor side of a block in pixels, at least 1
     */
    record PixelUnshuffle(int factor) implements CodecSpec {}

    /** Pixels along each side of one latent pixel. */
    default int factor() {
        return switch (this) {
            case Identity identity -> 1;
            case PixelUnshuffle unshuffle -> unshuffle.factor;
        };
    }

    /** What the spec says, in a form that two equal ones share. */
    default String describe() {
        return switch (this) {
            case Identity identity -> "identity";
            case PixelUnshuffle unshuffle -> "pixel-unshuffle " + unshuffle.factor;
        };
    }
}
