package dev.noisediffusion.morph;

import dev.noisediffusion.tensor.Tensor;
import java.util.List;

/** A method that mixes noisy pictures and lets the network decode the mixture. */
public sealed interface LatentMethod extends MorphMethod permits NoiseDiffusion, Slerp, NoiseIntroduction {
    /**
     * What there is to mix, all of one shape [1, C, h, w].
     *
     * @param clean x0 of each keyframe
     * @param noisy the DDIM encoding l of each keyframe at the depth; empty for methods that do not need it
     * @param noise eps, fresh standard normal noise
     * @param alphaBar abar at the depth, in (0, 1)
     * @param layout how masks lie over them
     */
    record Ingredients(List<Tensor> clean, List<Tensor> noisy, Tensor noise, double alphaBar, MaskLayout layout) {
        public Ingredients {
            clean = List.copyOf(clean);
            noisy = List.copyOf(noisy);
        }

        /** Masks lie plainly over height and width. */
        public Ingredients(List<Tensor> clean, List<Tensor> noisy, Tensor noise, double alphaBar) {
            this(clean, noisy, noise, alphaBar, MaskLayout.plain(noise.shape()));
        }
    }

    /** The noisy latents x_t at which decoding starts. */
    Tensor combine(Mix mix, Ingredients ingredients);

    /** Whether the method mixes encodings, and so needs {@link Ingredients#noisy()}. */
    boolean needsEncodings();
}
