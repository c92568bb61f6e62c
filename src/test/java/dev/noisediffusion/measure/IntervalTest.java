package dev.noisediffusion.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {
    private static Interval independent(double... values) {
        return Interval.student(values, values.length - 1, 1);
    }

    @ParameterizedTest
    @CsvSource({"1, 12.706205", "2, 4.302653", "3, 3.182446", "59, 2.000995", "1000000, 1.959966"})
    void theErrorIsMultipliedByTheTabledTOfStudent(int freedom, double t) {
        Interval interval = Interval.student(10, 2, freedom, 7);
        assertEquals(10, interval.mean());
        assertEquals(10 - 2 * t, interval.low(), 5e-6);
        assertEquals(10 + 2 * t, interval.high(), 5e-6);
        assertEquals(7, interval.count());
    }

    @Test
    void theErrorOfAMeanIsThatOfItsValues() {
        Interval interval = independent(0, 1, 2);
        assertEquals(1, interval.mean());
        assertEquals(1 + 4.302653 / Math.sqrt(3), interval.high(), 1e-6);
        Interval widened = Interval.student(new double[] {0, 1, 2}, 2, 1.5);
        assertEquals(1 - 1.5 * 4.302653 / Math.sqrt(3), widened.low(), 1e-6);
        assertEquals(new Interval(3, 3, 3, 2), independent(3, 3));
    }

    @Test
    void ofASingleValueNobodyKnowsTheInterval() {
        Interval interval = independent(5);
        assertEquals(5, interval.mean());
        assertEquals(1, interval.count());
        assertFalse(interval.known());
        assertTrue(independent(5, 6).known());
        assertThrows(IllegalArgumentException.class, () -> Interval.student(new double[0], 0, 1));
    }

    /** The percentile bootstrap held it in three of four cases. */
    @Test
    void theIntervalOfThreeValuesHoldsTheTrueMeanInNineteenOfTwentyCases() {
        var random = new Random(11);
        int held = 0;
        for (int i = 0; i < 4000; i++) {
            Interval interval = independent(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
            held += interval.low() < 0 && interval.high() > 0 ? 1 : 0;
        }
        assertEquals(0.95, held / 4000.0, 0.02);
    }
}
