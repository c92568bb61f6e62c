package dev.noisediffusion.diffusion;

/**
 * What a network is told in words, bound into a {@link Denoiser} by its {@link Network}.
 *
 * @param prompt what the picture shows; may be empty
 * @param negative what it does not show; counts where the scale is not 1
 * @param scale s of classifier-free guidance (Ho and Salimans 2022): {@code p = n + s (c - n)} of the predictions c for
 *     the prompt and n for the negative one. 1 takes c alone
 */
public record Guidance(Phrase prompt, String negative, double scale) {
    /** No words: the empty prompt, unguided. */
    public static final Guidance NONE = new Guidance("", "", 1);

    /** With one prompt. */
    public Guidance(String prompt, String negative, double scale) {
        this(Phrase.of(prompt), negative, scale);
    }

    public Guidance {
        if (!(scale >= 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Expected a guidance of at least 0, found " + scale);
        }
    }
}
