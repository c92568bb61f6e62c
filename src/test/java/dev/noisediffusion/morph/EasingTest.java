package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EasingTest {
    static List<Easing> easings() {
        return List.of(
                Easing.Preset.LINEAR,
                Easing.Preset.EASE_IN,
                Easing.Preset.EASE_OUT,
                Easing.Preset.EASE_IN_OUT,
                new Easing.Curve(0.42, 0, 0.58, 1),
                new Easing.Curve(0.9, 0, 0.1, 1),
                new Easing.Curve(0, 1, 1, 0),
                new Easing.Hold(0.25, 0),
                new Easing.Hold(0.3, 0.2),
                new Easing.ConstantSpeed(),
                new Easing.Measured(List.of(0.0, 0.1, 0.4, 0.9, 1.0)));
    }

    @ParameterizedTest
    @MethodSource("easings")
    void everyEasingKeepsItsEndsAndNeverTurnsBack(Easing easing) {
        assertEquals(0, easing.apply(0));
        assertEquals(1, easing.apply(1));
        for (int i = 1; i <= 200; i++) {
            double f = easing.apply(i / 200.0);
            assertTrue(f >= easing.apply((i - 1) / 200.0) && f <= 1, "at " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("easings")
    void aReversedEasingIsTheSameFilmBackwards(Easing easing) {
        for (int i = 0; i <= 20; i++) {
            assertEquals(1 - easing.apply(1 - i / 20.0), easing.reversed().apply(i / 20.0), 1e-9);
        }
    }

    /** CSS names these curves; the values are solved from the two cubics by hand. */
    @Test
    void aCurveIsThatOfCss() {
        var thirds = new Easing.Curve(1 / 3.0, 1 / 3.0, 2 / 3.0, 2 / 3.0);
        var square = new Easing.Curve(1 / 3.0, 0, 2 / 3.0, 1 / 3.0);
        var inOut = new Easing.Curve(0.42, 0, 0.58, 1);
        for (int i = 0; i <= 10; i++) {
            double t = i / 10.0;
            assertEquals(t, thirds.apply(t), 1e-12);
            assertEquals(t * t, square.apply(t), 1e-12);
            assertEquals(1 - inOut.apply(1 - t), inOut.apply(t), 1e-12);
        }
        // x(0.25) = 3*0.5625*0.25*0.42 + 3*0.75*0.0625*0.58 + 0.015625; y(0.25) = 3*0.75*0.0625 + 0.015625
        assertEquals(0.15625, inOut.apply(0.2743750), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0", "0.3, 0", "0.5, 0.5", "0.7, 1", "0.9, 1", "0.4, 0.25"})
    void aHoldStaysThenMovesAtOneSpeed(double t, double f) {
        assertEquals(f, new Easing.Hold(0.3, 0.3).apply(t), 1e-12);
    }

    @Test
    void aMeasuredEasingInvertsTheDistance() {
        var measured = new Easing.Measured(List.of(0.0, 0.1, 0.5, 1.0));
        assertEquals(1 / 3.0, measured.apply(0.1), 1e-12);
        assertEquals(2 / 3.0, measured.apply(0.5), 1e-12);
        assertEquals(0.5, measured.apply(0.3), 1e-12);
        assertEquals(1 / 6.0, measured.apply(0.05), 1e-12);
    }

    @Test
    void whatLeavesTheWayIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Easing.Curve(0.1, -0.5, 0.5, 1));
        assertThrows(IllegalArgumentException.class, () -> new Easing.Hold(0.5, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Easing.Hold(Double.NaN, 0));
        assertThrows(IllegalArgumentException.class, () -> new Easing.Measured(List.of(0.0, 0.5, 0.5, 1.0)));
    }
}
