package dev.noisediffusion.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noisediffusion.image.Picture;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class LookTest {
    private static Picture picture(int side, IntBinaryOperator grey) {
        var rgb = new byte[3 * side * side];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) grey.applyAsInt(i / 3 % side, i / 3 / side);
        }
        return Picture.wrap(side, side, rgb);
    }

    @Test
    void theLaplacianOfACheckerboardIsFourTimesItsContrast() {
        Picture board = picture(10, (x, y) -> (x + y) % 2 * 255);
        assertEquals(4.0 * 255 * 4 * 255, Look.sharpness(board), 1e-6);
    }

    @Test
    void aRampHasNoSharpness() {
        assertEquals(0, Look.sharpness(picture(10, (x, y) -> 10 * x + 5 * y)), 1e-9);
        assertThrows(IllegalArgumentException.class, () -> Look.sharpness(picture(2, (x, y) -> 0)));
    }

    @Test
    void brightnessIsTheMeanLightness() {
        assertEquals(0, Look.brightness(picture(4, (x, y) -> 0)), 1e-9);
        assertEquals(100, Look.brightness(picture(4, (x, y) -> 255)), 1e-4);
        assertEquals(50, Look.brightness(picture(4, (x, y) -> x % 2 * 255)), 1e-4);
        assertEquals(50.03, Look.brightness(picture(4, (x, y) -> 119)), 0.01, "sRGB 119 is the middle grey");
    }

    @Test
    void aPathIsAsLongAsItsStepsAndAsEven() {
        assertEquals(new PathLength(6, 0), PathLength.of(List.of(2.0, 2.0, 2.0)));
        PathLength uneven = PathLength.of(List.of(1.0, 3.0));
        assertEquals(4, uneven.length(), 1e-12);
        assertEquals(0.25, uneven.unevenness(), 1e-12);
        assertEquals(new PathLength(0, 0), PathLength.of(List.of(0.0)));
        assertThrows(IllegalArgumentException.class, () -> PathLength.of(List.of()));
    }
}
