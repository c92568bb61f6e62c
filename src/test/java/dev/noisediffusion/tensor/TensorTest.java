package dev.noisediffusion.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {
    @Test
    void slicesOfAConcatenationAreItsParts() {
        Tensor x = Kernels.gaussian(Shape.of(1, 2, 3, 4), 1);
        Tensor y = Kernels.gaussian(Shape.of(2, 2, 3, 4), 2);
        Tensor both = Tensor.concat(List.of(x, y));
        assertEquals(Shape.of(3, 2, 3, 4), both.shape());
        assertEquals(x, both.slice(0));
        assertEquals(y.slice(1), both.slice(2));
    }

    @Test
    void valuesSurviveTheWayThroughABuffer() {
        Tensor x = Kernels.gaussian(Shape.of(1, 2, 3, 4), 1);
        FloatBuffer buffer = FloatBuffer.allocate(x.size());
        x.copyTo(buffer);
        assertEquals(x, Tensor.copyOf(x.shape(), buffer.flip()));
    }

    @Test
    void aTensorWithTooFewValuesIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Tensor.wrap(Shape.of(2, 3), new float[5]));
    }

    @Test
    void theArrayHandedOutIsACopy() {
        Tensor x = Kernels.gaussian(Shape.of(2, 2), 1);
        float before = x.get(0);
        x.toArray()[0] = before + 1;
        assertEquals(before, x.get(0));
    }
}
