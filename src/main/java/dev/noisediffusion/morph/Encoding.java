package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.Phrase;
import dev.noisediffusion.tensor.Tensor;
import java.util.List;

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
     * What an encoding depends on, and every state on the way to it: a state is the encoding at its own depth.
     *
     * @param source the latents it begins with
     * @param timesteps that the network was told one after the other, which decide all else with the model's settings; not
     *     copied, so that the keys of all states on a way share one list
     * @param words that the network was told; empty where it reads none
     */
    public record Key(Source source, List<Integer> timesteps, Phrase words) implements Origin {
        /** Network calls that it takes from the clean latents. */
        int calls() {
            return timesteps.size();
        }

        /** The state after the first of these calls. */
        Key after(int some) {
            return new Key(source, timesteps.subList(0, some), words);
        }
    }
}
