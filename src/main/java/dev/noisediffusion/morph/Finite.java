package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.Codec;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;

/** Keeps infinite values and NaN away from caches and from the screen, where they would be black without a word. */
final class Finite {
    private Finite() {}

    /**
     * What a model has made, as it is.
     *
     * @throws OverflowException if a value is infinite or NaN
     */
    static Tensor require(Tensor made) {
        if (!Kernels.isFinite(made)) {
            throw new OverflowException();
        }
        return made;
    }

    /**
     * The pixels of latents. These are looked at too: a codec may make colours of what is no number.
     *
     * @param latents [N, C, h, w]
     * @return [N, 3, H, W]
     * @throws OverflowException if a value of either is infinite or NaN
     */
    static Tensor pixels(Codec codec, Tensor latents) {
        return require(codec.decode(require(latents)));
    }
}
