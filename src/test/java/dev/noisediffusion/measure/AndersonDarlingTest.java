package dev.noisediffusion.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AndersonDarlingTest {
    /** What a sample of N(0, 1) exceeds so often (D'Agostino and Stephens 1986, table 4.2, case 0; from five values on). */
    private static final double TEN_PERCENT = 1.933;

    private static final double FIVE_PERCENT = 2.492;
    private static final double ONE_PERCENT = 3.857;

    @Test
    void aFieldOfZerosHasItsClosedForm() {
        // F = 1/2 everywhere, so that A^2 = -n + n 2 ln 2.
        assertEquals(10 * (2 * Math.log(2) - 1), AndersonDarling.statistic(new double[10]), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"0.10, " + TEN_PERCENT, "0.05, " + FIVE_PERCENT, "0.01, " + ONE_PERCENT})
    void samplesOfTheNormalDistributionExceedItAsOftenAsTheTableSays(double level, double critical) {
        int samples = 4000;
        int beyond = 0;
        for (int i = 0; i < samples; i++) {
            beyond += AndersonDarling.statistic(Kernels.gaussian(Shape.of(50), i)) > critical ? 1 : 0;
        }
        double error = Math.sqrt(level * (1 - level) / samples);
        assertEquals(level, (double) beyond / samples, 4 * error);
    }

    @Test
    void flatNoiseAndHeavyTailsAreFound() {
        var noise = Kernels.gaussian(Shape.of(2000), 1);
        assertTrue(AndersonDarling.statistic(noise) < TEN_PERCENT);
        assertTrue(AndersonDarling.statistic(Kernels.affine(0.8, noise, 0)) > ONE_PERCENT);
        assertTrue(AndersonDarling.statistic(Kernels.affine(1, noise, 0.2)) > ONE_PERCENT);
    }

    @Test
    void valuesFarOutStayFinite() {
        assertEquals(AndersonDarling.logBelow(-35.999999), AndersonDarling.logBelow(-36.000001), 1e-2);
        assertEquals(Math.log(2.866515718791933e-7), AndersonDarling.logBelow(-5), 1e-12, "tabled for z = -5");
        assertTrue(Double.isFinite(AndersonDarling.statistic(-1000, -1, 0, 1, 1000)));
    }

    @Test
    void tooFewValuesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> AndersonDarling.statistic(1, 2, 3, 4));
    }

    /** As of a network that overflows. */
    @Test
    void ofValuesThatAreNoNumbersThereIsNone() {
        assertTrue(Double.isNaN(AndersonDarling.statistic(1, 2, 3, 4, Double.NaN)));
    }
}
