package dev.noisediffusion.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelsTest {
    private static final Shape SHAPE = Shape.of(1, 4, 32, 32);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void slerpKeepsTheNormOfEquallyLongFieldsAndTurnsByTheFractionOfTheAngle(long seed) {
        var random = new Random(seed);
        Tensor x = unit(Kernels.gaussian(SHAPE, random.nextLong()));
        Tensor y = unit(Kernels.linear(0.3, x, 1, Kernels.gaussian(SHAPE, random.nextLong())));
        double f = random.nextDouble();
        double theta = Math.acos(Kernels.dot(x, y));

        Tensor between = Kernels.slerp(x, y, f);

        assertEquals(1, Kernels.norm(between), 1e-5);
        assertEquals(f * theta, Math.acos(Kernels.dot(x, between)), 1e-4);
        assertEquals((1 - f) * theta, Math.acos(Kernels.dot(between, y)), 1e-4);
    }

    @Test
    void slerpFromTheOtherEndIsTheSame() {
        Tensor x = Kernels.gaussian(SHAPE, 1);
        Tensor y = Kernels.gaussian(SHAPE, 2);
        assertTrue(Kernels.maxAbsDifference(Kernels.slerp(x, y, 0.3), Kernels.slerp(y, x, 0.7)) < 1e-6);
    }

    @Test
    void slerpIsExactAtItsEnds() {
        Tensor x = Kernels.gaussian(SHAPE, 1);
        Tensor y = Kernels.gaussian(SHAPE, 2);
        assertSame(x, Kernels.slerp(x, y, 0));
        assertSame(y, Kernels.slerp(x, y, 1));
    }

    @Test
    void slerpOfParallelOppositeAndZeroFieldsIsFinite() {
        Tensor x = Kernels.gaussian(SHAPE, 1);
        Tensor zero = Tensor.zeros(SHAPE);
        assertEquals(0, Kernels.maxAbsDifference(Kernels.slerp(x, x, 0.4), x), 1e-6);
        for (Tensor other : List.of(Kernels.linear(-1, x, 0, x), zero)) {
            assertTrue(Double.isFinite(Kernels.norm(Kernels.slerp(x, other, 0.5))));
        }
    }

    @Test
    void clippingStandardNormalNoiseAtTwoTouchesItsTailsAndLeavesTheKnownSpread() {
        Tensor noise = Kernels.gaussian(Shape.of(1, 16, 256, 256), 7);
        Tensor clipped = Kernels.clip(noise, 2);
        int touched = 0;
        for (int i = 0; i < noise.size(); i++) {
            touched += noise.get(i) == clipped.get(i) ? 0 : 1;
        }
        assertEquals(0.0455, (double) touched / noise.size(), 0.001);
        assertEquals(0.959, Kernels.norm(clipped) / Math.sqrt(clipped.size()), 0.002);
    }

    @Test
    void anInfiniteBoundaryChangesNothing() {
        Tensor noise = Kernels.gaussian(SHAPE, 7);
        assertSame(noise, Kernels.clip(noise, Double.POSITIVE_INFINITY));
    }

    @Test
    void aTermOfWeightZeroCannotSpoilASum() {
        Tensor x = Kernels.gaussian(SHAPE, 1);
        Tensor broken = Tensor.wrap(SHAPE, filled(SHAPE.size(), Float.NaN));
        assertEquals(x, Kernels.weightedSum(new double[] {1, 0}, List.of(x, broken)));
    }

    @Test
    void oneValueThatIsNoNumberIsFound() {
        Tensor x = Kernels.gaussian(SHAPE, 1);
        assertTrue(Kernels.isFinite(x));
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] values = x.toArray();
            values[values.length - 1] = value;
            assertFalse(Kernels.isFinite(Tensor.wrap(SHAPE, values)));
        }
    }

    @Test
    void noiseIsStandardNormalAndRepeatable() {
        Tensor noise = Kernels.gaussian(Shape.of(1, 16, 128, 128), 42);
        assertEquals(noise, Kernels.gaussian(noise.shape(), 42));
        double mean = 0;
        for (int i = 0; i < noise.size(); i++) {
            mean += noise.get(i);
        }
        assertEquals(0, mean / noise.size(), 0.01);
        assertEquals(1, Kernels.norm(noise) / Math.sqrt(noise.size()), 0.01);
    }

    @Test
    void tensorsOfDifferentShapesDoNotMix() {
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> Kernels.linear(1, Tensor.zeros(SHAPE), 1, Tensor.zeros(Shape.of(1, 4, 16, 16))));
        assertTrue(error.toString().contains("[1x4x32x32]") && error.toString().contains("[1x4x16x16]"));
    }

    private static Tensor unit(Tensor x) {
        return Kernels.linear(1 / Kernels.norm(x), x, 0, x);
    }

    private static float[] filled(int length, float value) {
        var values = new float[length];
        Arrays.fill(values, value);
        return values;
    }
}
