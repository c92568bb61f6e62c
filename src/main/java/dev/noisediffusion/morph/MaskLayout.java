package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** How masks lie over latents; each is laid once. For one thread at a time. */
final class MaskLayout {
    private final Function<Mask, Tensor> laying;
    private final Map<Mask, Tensor> laid = new HashMap<>();

    private MaskLayout(Function<Mask, Tensor> laying) {
        this.laying = laying;
    }

    /** Over the frames of a model, as its codec lays them out. */
    static MaskLayout of(DiffusionModel model) {
        return new MaskLayout(mask -> model.codec().layOverLatents(mask.over(model.width(), model.height())));
    }

    /** Over the height and width of latents of a shape. */
    static MaskLayout plain(Shape latents) {
        return new MaskLayout(
                mask -> Kernels.repeatChannels(mask.over(latents.width(), latents.height()), latents.channels()));
    }

    /** The strengths at the latents, [1, C, h, w]. */
    Tensor lay(Mask mask) {
        return laid.computeIfAbsent(mask, laying);
    }
}
