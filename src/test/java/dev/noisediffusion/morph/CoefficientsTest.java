package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoefficientsTest {
    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static Weights anyWeights(Random random) {
        double[] parts = DoubleStream.generate(random::nextDouble)
                .limit(2 + random.nextInt(5))
                .toArray();
        double sum = DoubleStream.of(parts).sum();
        return new Weights(
                DoubleStream.of(parts).map(part -> part / sum).boxed().toList());
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noiseKeepsItsVarianceAndPicturesTheirGain(long seed) {
        var random = new Random(seed);
        Weights weights = anyWeights(random);
        double gamma = random.nextDouble();
        double gain = 2 * random.nextDouble();

        Coefficients k = Coefficients.of(Mix.coupled(weights), gamma, Injection.ofGain(gain));

        double squares = k.alphas().stream().mapToDouble(alpha -> alpha * alpha).sum();
        assertEquals(1, squares + gamma * gamma, 1e-12);
        assertEquals(gain, sum(k.mus()), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.17, 0.5, 0.83, 1})
    void aPairHasTheCosinesOfThePaper(double f) {
        Coefficients k = Coefficients.of(Mix.coupled(Weights.ofPair(f)), 0.6, Injection.ofGain(1.2));
        double alpha = 0.8 * Math.cos(Math.PI * f / 2);
        double beta = 0.8 * Math.sin(Math.PI * f / 2);
        assertEquals(alpha, k.alphas().get(0), 1e-12);
        assertEquals(beta, k.alphas().get(1), 1e-12);
        assertEquals(1.2 * alpha / (alpha + beta), k.mus().get(0), 1e-12);
        assertEquals(1.2 * beta / (alpha + beta), k.mus().get(1), 1e-12);
    }

    @Test
    void atGammaOneOnlyTheInjectionIsLeft() {
        Coefficients k = Coefficients.of(Mix.coupled(Weights.ofPair(0.25)), 1, Injection.ofGain(1.2));
        assertEquals(0, sum(k.alphas()));
        assertEquals(1.2, sum(k.mus()), 1e-12);
        assertTrue(k.mus().get(0) > k.mus().get(1));
    }

    @Test
    void gainsSetApartBelongToTheFirstAndTheSecondPicture() {
        Coefficients k = Coefficients.of(Mix.coupled(Weights.ofPair(0.5)), 0, new Injection(1.4, 0.6));
        assertEquals(0.7, k.mus().get(0), 1e-12);
        assertEquals(0.3, k.mus().get(1), 1e-12);
    }

    @Test
    void injectionInMidPathIsNegativeAtThePapersGain() {
        Coefficients k = Coefficients.of(Mix.coupled(Weights.ofPair(0.5)), 0, Injection.PAPER);
        assertTrue(k.mus().get(0) - k.alphas().get(0) < 0);
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new NoiseDiffusion(1.01, 2, BoundaryPlacement.BOTH, Injection.PAPER));
        assertThrows(
                IllegalArgumentException.class,
                () -> new NoiseDiffusion(Double.NaN, 2, BoundaryPlacement.BOTH, Injection.PAPER));
        assertThrows(
                IllegalArgumentException.class,
                () -> new NoiseDiffusion(0, 0, BoundaryPlacement.BOTH, Injection.PAPER));
        assertThrows(IllegalArgumentException.class, () -> Injection.ofGain(-1));
        assertThrows(IllegalArgumentException.class, () -> Weights.ofPair(1.5));
        assertThrows(IllegalArgumentException.class, () -> new Weights(List.of(0.5, 0.4)));
    }
}
