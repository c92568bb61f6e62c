package dev.noisediffusion.morph;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.List;

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

    /**
     * The same on a part of the values, evenly spread: mixing works value by value, so the part is mixed as the whole.
     *
     * @param most values that are kept
     */
    NoiseScale sampled(int most) {
        int size = reference.size();
        // Odd, so that it does not keep step with rows whose width is a power of two.
        int step = (size + most - 1) / most | 1;
        return new NoiseScale(
                mix,
                new LatentMethod.Ingredients(
                        sampled(ingredients.clean(), step),
                        sampled(ingredients.noisy(), step),
                        sampled(ingredients.noise(), step),
                        ingredients.alphaBar()));
    }

    private static List<Tensor> sampled(List<Tensor> tensors, int step) {
        return tensors.stream().map(tensor -> sampled(tensor, step)).toList();
    }

    private static Tensor sampled(Tensor tensor, int step) {
        var values = new float[(tensor.size() + step - 1) / step];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.get(i * step);
        }
        return Tensor.wrap(Shape.of(1, 1, 1, values.length), values);
    }

    NoiseSuggestion.Score score(NoiseDiffusion method) {
        Tensor mixture = method.combine(mix, ingredients);
        return new NoiseSuggestion.Score(NoiseStatistics.of(mixture, method.boundary()), keeping(mixture));
    }

    private double keeping(Tensor mixture) {
        double lengths = Kernels.norm(mixture) * referenceLength;
        double detail = lengths == 0 ? 1 : Kernels.dot(mixture, reference) / lengths;
        return Math.clamp(Math.min(detail, signal(mixture)), 0, 1);
    }

    /** Pictures without any signal, grey ones, lose none. */
    private double signal(Tensor mixture) {
        if (Math.abs(referenceSignal) < 1e-6 * referenceLength) {
            return 1;
        }
        double ratio = Kernels.dot(mixture, pictures) / referenceSignal;
        return ratio <= 0 ? 0 : Math.min(ratio, 1 / ratio);
    }
}
