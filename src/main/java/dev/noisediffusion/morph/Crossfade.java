package dev.noisediffusion.morph;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** A plain dissolve of the pixels, without a network: what every video editor does. */
public record Crossfade() implements MorphMethod {
    @Override
    public boolean usesFreshNoise() {
        return false;
    }

    /**
     * The weighted mean of the pictures' sRGB values.
     *
     * @param pixels [1, 3, H, W] in [-1, 1], of a keyframe; only those with weight are asked for
     */
    Tensor mix(Weights weights, IntFunction<Tensor> pixels) {
        IntPredicate shown = keyframe -> weights.get(keyframe) > 0;
        int count = weights.count();
        return Kernels.weightedSum(
                IntStream.range(0, count)
                        .filter(shown)
                        .mapToDouble(weights::get)
                        .toArray(),
                IntStream.range(0, count).filter(shown).mapToObj(pixels).toList());
    }
}
