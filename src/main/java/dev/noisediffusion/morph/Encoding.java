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
    /**
     * What an encoding depends on.
     *
     * @param pictureHash of the fitted picture
     * @param modelId content hash of the model
     * @param steps of the whole schedule
     * @param startTimestep where decoding starts
     * @param calls network calls it takes; a quick look takes fewer than the schedule has
     * @param words that the network was told; empty where it reads none
     */
    public record Key(String pictureHash, String modelId, int steps, int startTimestep, int calls, Phrase words) {}

    long bytes() {
        return 4L * (clean.size() + noisy.size());
    }
}
