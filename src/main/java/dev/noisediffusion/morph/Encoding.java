package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.Phrase;
import dev.noisediffusion.tensor.Tensor;

/**
 * What encoding made of a picture, both [1, C, h, w].
 *
 * @param clean x0, the codec's latents
 * @param noisy l, its DDIM inversion at the depth
 */
public record Encoding(Tensor clean, Tensor noisy) {
    /** What one of the tensors depends on. */
    sealed interface Origin permits Source, Key {}

    /**
     * What the codec's latents depend on, and all encodings of a picture begin with.
     *
     * @param pictureHash of the fitted picture
     * @param cacheKey of the model
     */
    public record Source(String pictureHash, String cacheKey) implements Origin {}

    /**
     * What an encoding depends on.
     *
     * @param source the latents it begins with
     * @param steps of the whole schedule
     * @param startTimestep where decoding starts
     * @param calls network calls it takes; a quick look takes fewer than the schedule has
     * @param words that the network was told; empty where it reads none
     */
    public record Key(Source source, int steps, int startTimestep, int calls, Phrase words) implements Origin {}
}
