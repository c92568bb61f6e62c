package dev.noisediffusion.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetDistanceTest {
    private static FeatureSet random(int count, int dimensions, double scale, double shift, long seed) {
        Tensor values = Kernels.affine(scale, Kernels.gaussian(Shape.of(count, dimensions), seed), shift);
        var vectors = new ArrayList<float[]>();
        for (int i = 0; i < count; i++) {
            vectors.add(values.slice(i).toArray());
        }
        return FeatureSet.of(vectors);
    }

    @Test
    void twoGaussiansWithIndependentDimensionsHaveTheirClosedForm() {
        Gaussian a = Gaussian.of(new double[] {1, 2, 3}, new double[][] {{4, 0, 0}, {0, 9, 0}, {0, 0, 1}});
        Gaussian b = Gaussian.of(new double[] {2, 0, 3}, new double[][] {{1, 0, 0}, {0, 25, 0}, {0, 0, 0}});
        // |m1 - m2|^2 = 5; (2-1)^2 + (3-5)^2 + (1-0)^2 = 6.
        assertEquals(11, a.frechetDistance(b), 1e-9);
        assertEquals(0, a.frechetDistance(a), 1e-9);
    }

    @Test
    void covariancesThatDoNotCommuteHaveTheClosedFormOfTwoDimensions() {
        double[][] p = {{3, 1}, {1, 2}};
        double[][] q = {{1, -0.5}, {-0.5, 4}};
        // tr (PQ)^1/2 = sqrt(tr PQ + 2 sqrt(det PQ)) for 2x2.
        double trace = 3 * 1 + 1 * -0.5 + 1 * -0.5 + 2 * 4;
        double determinant = (3 * 2 - 1) * (1 * 4 - 0.25);
        double expected = 5 + 5 - 2 * Math.sqrt(trace + 2 * Math.sqrt(determinant));
        Gaussian a = Gaussian.of(new double[2], p);
        Gaussian b = Gaussian.of(new double[2], q);
        assertEquals(expected, a.frechetDistance(b), 1e-9);
        assertEquals(expected, b.frechetDistance(a), 1e-9);
    }

    @Test
    void fittedGaussiansHaveTheUnbiasedCovariance() {
        FeatureSet two = FeatureSet.of(List.of(new float[] {0, 0}, new float[] {2, 4}));
        Gaussian same = Gaussian.of(new double[] {1, 2}, new double[][] {{2, 4}, {4, 8}});
        assertEquals(0, Gaussian.fittedTo(two).frechetDistance(same), 1e-9);
        Gaussian wide = Gaussian.fittedTo(random(4000, 3, 2, 0, 1));
        Gaussian narrow = Gaussian.fittedTo(random(4000, 3, 1, 1, 2));
        // |m|^2 + sum (2 - 1)^2 = 3 + 3.
        assertEquals(6, wide.frechetDistance(narrow), 0.3);
    }

    @Test
    void featuresThatAreNoNumbersHaveNoGaussian() {
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            FeatureSet set = FeatureSet.of(List.of(new float[] {0, 1}, new float[] {1, value}, new float[] {2, 0}));
            assertThrows(IllegalArgumentException.class, () -> Gaussian.fittedTo(set));
        }
    }

    @Test
    void fewVectorsOfManyDimensionsHaveTheDistanceOfTheirFullCovariances() {
        FeatureSet few = random(7, 12, 2, 0, 3);
        FeatureSet many = random(40, 12, 1, 0.5, 4);
        double expected = full(few).frechetDistance(full(many));
        assertEquals(expected, Gaussian.fittedTo(few).frechetDistance(Gaussian.fittedTo(many)), 1e-6);
        assertEquals(expected, Gaussian.fittedTo(many).frechetDistance(Gaussian.fittedTo(few)), 1e-6);
    }

    /** Fitted by the textbook's sums. */
    private static Gaussian full(FeatureSet set) {
        int n = set.size();
        int d = set.dimensions();
        var mean = new double[d];
        var covariance = new double[d][d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                mean[j] += set.get(i, j) / n;
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < d; k++) {
                    covariance[j][k] += (set.get(i, j) - mean[j]) * (set.get(i, k) - mean[k]) / (n - 1);
                }
            }
        }
        return Gaussian.of(mean, covariance);
    }

    @Test
    void theKernelDistanceIsItsFormulaByHand() {
        FeatureSet one = FeatureSet.of(List.of(new float[] {1}));
        FeatureSet x = FeatureSet.of(List.of(new float[] {1}, new float[] {2}));
        FeatureSet y = FeatureSet.of(List.of(new float[] {0}, new float[] {3}));
        // k(x, y) = (xy + 1)^3: k(1,2) = 27; k(0,3) = 1; k(1,0) = 1, k(1,3) = 64, k(2,0) = 1, k(2,3) = 343.
        assertThrows(IllegalArgumentException.class, () -> unrelated(one, y), "one vector has no others");
        assertEquals(27 + 1 - 2 * (1 + 64 + 1 + 343) / 4.0, unrelated(x, y).value(), 1e-9);
    }

    private static KernelDistance unrelated(FeatureSet set, FeatureSet reference) {
        return KernelDistance.of(set, Collections.nCopies(set.size(), List.of()), reference);
    }

    @Test
    void theJackknifeLeavesOutAVectorWithItsSharesOfWhatItWasMadeOf() {
        FeatureSet set = random(4, 4, 1, 0, 1);
        FeatureSet reference = random(6, 4, 1, 0.5, 5);
        List<List<Integer>> sources = List.of(List.of(0, 1), List.of(1, 2), List.of(), List.of(3));
        double[][] kept = {{0, 0.5, 1, 1, 1, 1}, {1, 0.5, 0, 1, 1, 1}, {1, 1, 1, 1, 1, 1}, {1, 1, 1, 0, 1, 1}};
        var left = new double[4];
        double mean = 0;
        for (int i = 0; i < 4; i++) {
            var rest = new double[] {1, 1, 1, 1};
            rest[i] = 0;
            left[i] = kernel(set, rest, set, rest)
                    + kernel(reference, kept[i], reference, kept[i])
                    - 2 * kernel(set, rest, reference, kept[i]);
            mean += left[i] / 4;
        }
        double squares = 0;
        for (double value : left) {
            squares += (value - mean) * (value - mean);
        }

        KernelDistance distance = KernelDistance.of(set, sources, reference);

        assertEquals(Math.sqrt(squares * 3 / 4), distance.error(), 1e-9);
        assertEquals(unrelated(set, reference).value(), distance.value(), 1e-12);
        assertThrows(
                IllegalArgumentException.class,
                () -> KernelDistance.of(set, sources.subList(0, 3), reference),
                "the sources of one are missing");
    }

    /** The weighted mean kernel between two sets; within one, of different vectors. */
    private static double kernel(FeatureSet a, double[] ofA, FeatureSet b, double[] ofB) {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < a.size(); i++) {
            for (int j = 0; j < b.size(); j++) {
                double weight = a == b && i == j ? 0 : ofA[i] * ofB[j];
                sum += weight * a.kernel(i, b, j);
                weights += weight;
            }
        }
        return sum / weights;
    }

    /** Of vectors so short the kernel is almost linear, so that shifted copies hardly scatter against their originals. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theStandardErrorIsTheScatterOverDraws(boolean copies) {
        int draws = 1000;
        var random = new Random(3);
        List<List<Integer>> sources =
                IntStream.range(0, 20).mapToObj(i -> List.of(i)).toList();
        var values = new double[draws];
        double error = 0;
        for (int draw = 0; draw < draws; draw++) {
            List<float[]> pictures = drawn(random);
            List<float[]> frames = shifted(copies ? pictures : drawn(random));
            KernelDistance distance = KernelDistance.of(FeatureSet.of(frames), sources, FeatureSet.of(pictures));
            values[draw] = distance.value();
            error += distance.error() / draws;
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double scatter = Math.sqrt(squares / (draws - 1));
        assertEquals(1, error / scatter, 0.2);
    }

    private static List<float[]> drawn(Random random) {
        var vectors = new ArrayList<float[]>();
        for (int i = 0; i < 20; i++) {
            var vector = new float[4];
            for (int j = 0; j < vector.length; j++) {
                vector[j] = (float) (0.1 * random.nextGaussian());
            }
            vectors.add(vector);
        }
        return vectors;
    }

    private static List<float[]> shifted(List<float[]> vectors) {
        var shifted = new ArrayList<float[]>();
        for (float[] vector : vectors) {
            float[] moved = vector.clone();
            for (int j = 0; j < moved.length; j++) {
                moved[j] += 0.1f;
            }
            shifted.add(moved);
        }
        return shifted;
    }

    @Test
    void samplesOfOneDistributionAreAboutZeroApart() {
        FeatureSet reference = random(200, 8, 1, 0, 999);
        KernelDistance same = unrelated(random(120, 8, 1, 0, 1), reference);
        KernelDistance shifted = unrelated(random(120, 8, 1, 0.5, 2), reference);
        assertEquals(0, same.value(), 4 * same.error());
        assertTrue(shifted.value() > 4 * shifted.error(), shifted::toString);
    }

    @Test
    void featuresAreComparedByDirectionAtEachPlace() {
        var a = new Features(Tensor.wrap(Shape.of(1, 2, 1, 2), new float[] {3, 1, 0, 0}));
        var b = new Features(Tensor.wrap(Shape.of(1, 2, 1, 2), new float[] {0, 5, 2, 0}));
        // (1,0) against (0,1): sqrt 2 apart; (1,0) against (1,0): 0.
        assertEquals(1, a.distance(b), 1e-6);
        assertEquals(0, a.distance(a), 1e-9);
        assertEquals(2, a.pooled()[0], 1e-6);
    }
}
