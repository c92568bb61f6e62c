package dev.noisediffusion.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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
        FeatureSet x1 = FeatureSet.of(List.of(new float[] {1}));
        FeatureSet x2 = FeatureSet.of(List.of(new float[] {2}));
        FeatureSet y = FeatureSet.of(List.of(new float[] {0}, new float[] {3}));
        // k(x, y) = (xy + 1)^3: k(1,2) = 27; k(0,3) = 1; k(1,0) = 1, k(1,3) = 64, k(2,0) = 1, k(2,3) = 343.
        assertThrows(
                IllegalArgumentException.class,
                () -> KernelDistance.of(List.of(x1), y),
                "one group has no standard error");
        assertEquals(27 + 1 - 2 * (1 + 64 + 1 + 343) / 4.0, distance(List.of(x1, x2), y), 1e-9);
    }

    private static double distance(List<FeatureSet> groups, FeatureSet reference) {
        return KernelDistance.of(groups, reference).value();
    }

    @Test
    void theJackknifeLeavesOneGroupOutAtATime() {
        List<FeatureSet> groups =
                List.of(random(2, 4, 1, 0, 1), random(3, 4, 1, 0, 2), random(2, 4, 1, 0, 3), random(4, 4, 1, 0, 4));
        FeatureSet reference = random(5, 4, 1, 0.5, 5);
        var left = new double[4];
        double mean = 0;
        for (int i = 0; i < 4; i++) {
            var rest = new ArrayList<>(groups);
            rest.remove(i);
            left[i] = distance(rest, reference);
            mean += left[i] / 4;
        }
        double squares = 0;
        for (double value : left) {
            squares += (value - mean) * (value - mean);
        }
        assertEquals(
                Math.sqrt(squares * 3 / 4), KernelDistance.of(groups, reference).error(), 1e-9);
    }

    @Test
    void samplesOfOneDistributionAreAboutZeroApart() {
        var groups = new ArrayList<FeatureSet>();
        var others = new ArrayList<FeatureSet>();
        for (int i = 0; i < 40; i++) {
            groups.add(random(3, 8, 1, 0, i));
            others.add(random(3, 8, 1, 0.5, 100 + i));
        }
        FeatureSet reference = random(200, 8, 1, 0, 999);
        KernelDistance same = KernelDistance.of(groups, reference);
        KernelDistance shifted = KernelDistance.of(others, reference);
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
