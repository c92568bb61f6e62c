package dev.noisediffusion.morph;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;

/** Weighs settings of NoiseDiffusion on the ingredients of one frame. */
final class NoiseScale {
    private final Mix mix;
    private final LatentMethod.Ingredients ingredients;
    private final Tensor pictures;
    private final Tensor reference;
    private final double referenceLength;
    private final double referenceSignal;

    NoiseScale(Mix mix, LatentMethod.Ingredients ingredients) {
        this.mix = mix;
        this.ingredients = ingredients;
        this.pictures = Kernels.weightedSum(
                mix.image().values().stream().mapToDouble(Double::doubleValue).toArray(), ingredients.clean());
        this.reference = new NoiseDiffusion(0, Double.POSITIVE_INFINITY, BoundaryPlacement.NONE, Injection.PAPER)
                .combine(mix, ingredients);
        this.referenceLength = Kernels.norm(reference);
        this.referenceSignal = Kernels.dot(reference, pictures);
    }

    NoiseSuggestion.Score score(NoiseDiffusion method) {
        Tensor mixture = method.combine(mix, ingredients);
        Boundaries boundaries = method.mixtureBoundaries(ingredients.layout());
        return new NoiseSuggestion.Score(NoiseStatistics.of(mixture, boundaries), keeping(mixture));
    }

    private double keeping(Tensor mixture) {
        double lengths = Kernels.norm(mixture) * referenceLength;
        double detail = lengths == 0 ? 1 : Kernels.dot(mixture, reference) / lengths;
        return Math.clamp(Math.min(detail, signal(mixture)), 0, 1);
    }

    /** More of the pictures than their own mixture has is no loss; pictures without any signal, grey ones, lose none. */
    private double signal(Tensor mixture) {
        if (Math.abs(referenceSignal) < 1e-6 * referenceLength) {
            return 1;
        }
        return Kernels.dot(mixture, pictures) / referenceSignal;
    }
}
