package dev.noisediffusion.morph;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import java.util.List;

/**
 * Spherical interpolation of the encodings (Song et al. 2021): the baseline whose artifacts NoiseDiffusion removes.
 * True angle, in double, nothing clipped.
 */
public record Slerp() implements LatentMethod {
    @Override
    public Tensor combine(Mix mix, Ingredients ingredients) {
        return along(mix.noise(), ingredients.noisy());
    }

    @Override
    public boolean usesFreshNoise() {
        return false;
    }

    @Override
    public boolean needsEncodings() {
        return true;
    }

    /** Two fields meet on their great circle; further ones join one by one, by their share of the weight so far. */
    static Tensor along(Weights weights, List<Tensor> fields) {
        Tensor mixture = fields.getFirst();
        double weightSoFar = weights.get(0);
        for (int i = 1; i < fields.size(); i++) {
            double weight = weights.get(i);
            if (weight == 0) {
                continue;
            }
            weightSoFar += weight;
            mixture = Kernels.slerp(mixture, fields.get(i), weight / weightSoFar);
        }
        return mixture;
    }
}
