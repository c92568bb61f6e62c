package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseStatisticsTest {
    private static final double OFF = Double.POSITIVE_INFINITY;
    private static final Tensor NORMAL = Kernels.gaussian(Shape.of(1, 16, 256, 256), 11);

    private static Tensor scaled(double factor) {
        return Kernels.linear(factor, NORMAL, 0, NORMAL);
    }

    private static Tensor of(float... values) {
        return Tensor.wrap(Shape.of(1, 1, 1, values.length), values);
    }

    @ParameterizedTest
    @CsvSource({"-3, 0.0013498980", "-1, 0.1586552539", "0, 0.5", "0.5, 0.6914624613", "2, 0.9772498681"})
    void theNormalCurveHasItsKnownValues(double x, double below) {
        assertEquals(below, NormalCurve.below(x), 1e-7);
    }

    @Test
    void clippingAtTwoTouchesFourAndAHalfPercent() {
        assertEquals(0.0455003, NormalCurve.beyond(2), 1e-6);
    }

    /** What is left of N(0, 1) when it is clipped: the root of {@code E min(x^2, b^2)}, summed over a fine grid. */
    private static double clippedSigma(double boundary) {
        double integral = 0;
        double step = 1e-4;
        for (double x = -9; x < 9; x += step) {
            double clipped = Math.clamp(x, -boundary, boundary);
            integral += clipped * clipped * NormalCurve.density(x) * step;
        }
        return Math.sqrt(integral);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.8, 1.4, 2, 3})
    void clippedNoiseMeasuresWhatTheFormulasSay(double boundary) {
        NoiseStatistics before = NoiseStatistics.of(NORMAL, boundary);
        NoiseStatistics after = NoiseStatistics.of(Kernels.clip(NORMAL, boundary), boundary);
        assertEquals(NormalCurve.beyond(boundary), before.beyond(), 2e-3);
        assertEquals(before.beyond(), after.beyond());
        assertEquals(1, before.sigma(), 2e-3);
        assertEquals(clippedSigma(boundary), after.sigma(), 2e-3);
    }

    @Test
    void validNoiseScoresOneAndNoNoiseScoresZero() {
        NoiseStatistics valid = NoiseStatistics.of(NORMAL, OFF);
        assertEquals(0, valid.mean(), 3e-3);
        assertEquals(0, valid.kurtosis(), 0.02);
        assertEquals(1, valid.length(), 2e-3);
        assertEquals(0, valid.beyond());
        assertEquals(1, valid.validity(), 5e-3);
        NoiseStatistics nothing = NoiseStatistics.of(Tensor.zeros(Shape.of(1, 1, 8, 8)), OFF);
        assertEquals(0, nothing.validity(), 0.02);
        assertEquals(0, nothing.kurtosis());
    }

    /** W1 between N(0, 1) and N(0, s^2) is |1 - s| sqrt(2 / pi), between N(0, 1) and N(m, 1) it is |m|. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9, 1.2, 3})
    void theDistanceFromOtherNormalNoiseIsKnown(double sigma) {
        assertEquals(
                Math.abs(1 - sigma) * Math.sqrt(2 / Math.PI),
                NoiseStatistics.of(scaled(sigma), OFF).distance(),
                5e-3);
        Tensor shifted = Kernels.linear(1, NORMAL, 0.4, Kernels.linear(0, NORMAL, 1, Kernels.beyond(NORMAL, 0)));
        assertEquals(0.4, NoiseStatistics.of(shifted, OFF).distance(), 5e-3);
    }

    @Test
    void aHandfulOfValuesMeasuresAsByHand() {
        NoiseStatistics noise = NoiseStatistics.of(of(-1, 0, 0, 1, 0, 0, 0, 0), 1);
        assertEquals(0, noise.mean());
        assertEquals(0.5, noise.sigma(), 1e-12);
        assertEquals(0.5, noise.length(), 1e-12);
        assertEquals(1, noise.kurtosis(), 1e-12);
        assertEquals(0.25, noise.beyond());
    }

    @Test
    void uniformNoiseHasItsKnownKurtosis() {
        var random = new Random(3);
        var values = new float[200_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextDouble() * 2 - 1);
        }
        assertEquals(-1.2, NoiseStatistics.of(of(values), OFF).kurtosis(), 0.01);
    }

    @Test
    void theHistogramFollowsTheNormalCurveAndHoldsEverything() {
        List<Double> densities = NoiseStatistics.of(scaled(1), OFF).densities();
        double width = 2 * NoiseStatistics.RANGE / NoiseStatistics.BARS;
        double sum = 0;
        for (int bar = 0; bar < densities.size(); bar++) {
            double centre = (bar - (NoiseStatistics.BARS - 1) / 2) * width;
            assertEquals(NormalCurve.density(centre), densities.get(bar), 0.006);
            sum += densities.get(bar) * width;
        }
        assertEquals(1, sum, 1e-9);
        double wildest = NoiseStatistics.of(of(-100, 100), OFF).densities().getFirst() * width;
        assertEquals(0.5, wildest, 1e-9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-2, -1, 0, 0.5, 1.5})
    void theQuantilesOfOtherNormalNoiseLieOnItsLine(double z) {
        assertEquals(0.7 * z, NoiseStatistics.of(scaled(0.7), OFF).quantile(z), 0.03);
    }

    @Test
    void nothingCannotBeMeasured() {
        assertThrows(IllegalArgumentException.class, () -> NoiseStatistics.of(Tensor.zeros(Shape.of(1, 0, 8, 8)), OFF));
    }

    @Test
    void eachFaultHasItsVerdict() {
        assertEquals(NoiseVerdict.HEALTHY, verdict(NORMAL, 2));
        assertEquals(NoiseVerdict.HEALTHY, verdict(Kernels.clip(NORMAL, 2), 2));
        assertEquals(NoiseVerdict.FLAT, verdict(scaled(0.7), 2));
        assertEquals(NoiseVerdict.WILD, verdict(scaled(1.3), OFF));
        assertEquals(NoiseVerdict.CLIPPED_HARD, verdict(Kernels.clip(NORMAL, 1), 1));
        Tensor marks = Kernels.beyond(NORMAL, 2.5);
        assertEquals(NoiseVerdict.HEAVY_TAILS, verdict(product(NORMAL, Kernels.linear(1, ones(), 2, marks)), OFF));
        assertEquals(NoiseVerdict.PATCHY, verdict(product(scaled(0.4), Kernels.linear(1, ones(), 2, marks)), OFF));
        assertEquals(NoiseVerdict.LEANING, verdict(Kernels.linear(1, NORMAL, 0.5, ones()), OFF));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void aValueThatIsNoNumberIsAFault(float value) {
        assertEquals(NoiseVerdict.WILD, verdict(of(-1, value, 0, 1), 2));
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, HEALTHY, HEALTHY",
        "BEFORE, CLIPPED_HARD, HEALTHY",
        "AFTER, HEALTHY, CLIPPED_HARD",
        "BOTH, CLIPPED_HARD, CLIPPED_HARD"
    })
    void whatABoundaryCutsOffCountsWhereItIsPlaced(
            BoundaryPlacement placement, NoiseVerdict ofEncodings, NoiseVerdict ofMixture) {
        var method = new NoiseDiffusion(0, 1, placement, Injection.PAPER);
        MaskLayout layout = MaskLayout.plain(NORMAL.shape());
        NoiseStatistics encodings = NoiseStatistics.of(NORMAL, method.encodingBoundaries(layout));
        NoiseStatistics mixture = NoiseStatistics.of(NORMAL, method.mixtureBoundaries(layout));
        assertEquals(ofEncodings, NoiseVerdict.of(encodings));
        assertEquals(ofMixture, NoiseVerdict.of(mixture));
        assertEquals(placement.clipsEncodings() ? 0.3173 : 0, encodings.beyond(), 2e-3);
        assertEquals(placement.clipsMixture() ? 0.3173 : 0, mixture.beyond(), 2e-3);
        assertEquals(method.mixtureBoundary(), mixture.boundary());
    }

    private static NoiseVerdict verdict(Tensor noise, double boundary) {
        return NoiseVerdict.of(NoiseStatistics.of(noise, boundary));
    }

    private static Tensor ones() {
        return Kernels.beyond(NORMAL, 0);
    }

    private static Tensor product(Tensor x, Tensor y) {
        var out = x.toArray();
        for (int i = 0; i < out.length; i++) {
            out[i] *= y.get(i);
        }
        return Tensor.wrap(x.shape(), out);
    }
}
