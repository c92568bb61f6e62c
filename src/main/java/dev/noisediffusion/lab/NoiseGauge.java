package dev.noisediffusion.lab;

import dev.noisediffusion.measure.AndersonDarling;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.NoiseStatistics;
import dev.noisediffusion.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** How near x_t, from which frames are decoded, is to valid noise N(0, 1). */
final class NoiseGauge implements Gauge {
    private static final Metric NORM = new Metric("noise-norm", "Norm of x_t", "over sqrt(d); 1 is valid");
    private static final Metric KURTOSIS =
            new Metric("noise-kurtosis", "Excess kurtosis of x_t", "0 is valid, above it tails are heavy");
    private static final Metric ANDERSON_DARLING = new Metric(
            "noise-ad", "Anderson-Darling of x_t", "A^2 against N(0, 1), which stays below 2.492 in 95 % of cases");
    private static final Metric WASSERSTEIN =
            new Metric("noise-w1", "Wasserstein distance of x_t", "W1 from N(0, 1); 0 is valid");
    private static final Metric CLIPPED = new Metric(
            "noise-clipped", "Clipped share of x_t", "of values at the method's boundary, where it clips the mixture");

    @Override
    public List<Metric> metrics() {
        return List.of(NORM, KURTOSIS, ANDERSON_DARLING, WASSERSTEIN, CLIPPED);
    }

    @Override
    public Map<String, Double> measure(MorphSample sample) {
        var means = new Means();
        for (MorphSample.Shot shot : sample.within()) {
            if (shot.start().isPresent()) {
                Tensor start = shot.start().get();
                NoiseStatistics noise = NoiseStatistics.of(start, boundary(sample));
                means.add(NORM, noise.length());
                means.add(KURTOSIS, noise.kurtosis());
                means.add(ANDERSON_DARLING, AndersonDarling.statistic(start));
                means.add(WASSERSTEIN, noise.distance());
                if (noise.boundary() < Double.POSITIVE_INFINITY) {
                    means.add(CLIPPED, noise.beyond());
                }
            }
        }
        return means.values();
    }

    private static double boundary(MorphSample sample) {
        return sample.method() instanceof NoiseDiffusion method ? method.mixtureBoundary() : Double.POSITIVE_INFINITY;
    }
}
