package dev.noisediffusion.morph;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import java.util.List;

/** A plain dissolve of the pixels, without a network: what every video editor does. */
public record Crossfade() implements MorphMethod {
    @Override
    public boolean usesFreshNoise() {
        return false;
    }

    /**
     * The weighted mean of the pictures' sRGB values.
     *
     * @param pixels [1, 3, H, W] in [-1, 1], one a keyframe
     */
    Tensor mix(Weights weights, List<Tensor> pixels) {
        return Kernels.weightedSum(
                weights.values().stream().mapToDouble(Double::doubleValue).toArray(), pixels);
    }
}
