package dev.noisediffusion.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.measure.AndersonDarling.Critical;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AndersonDarlingTest {
    @Test
    void aFieldOfZerosHasItsClosedForm() {
        // F = 1/2 everywhere, so that A^2 = -n + n 2 ln 2.
        assertEquals(10 * (2 * Math.log(2) - 1), AndersonDarling.statistic(new double[10]), 1e-12);
    }

    @ParameterizedTest
    @EnumSource
    void theTableAndTheDistributionAgree(Critical critical) {
        assertEquals(1 - critical.level(), AndersonDarling.probabilityBelow(critical.value()), 3e-4);
    }

    @ParameterizedTest
    @EnumSource
    void samplesOfTheNormalDistributionExceedItAsOftenAsTheTableSays(Critical critical) {
        int samples = 4000;
        int beyond = 0;
        for (int i = 0; i < samples; i++) {
            beyond += AndersonDarling.statistic(Kernels.gaussian(Shape.of(50), i)) > critical.value() ? 1 : 0;
        }
        double error = Math.sqrt(critical.level() * (1 - critical.level()) / samples);
        assertEquals(critical.level(), (double) beyond / samples, 4 * error);
    }

    @Test
    void flatNoiseAndHeavyTailsAreFound() {
        var noise = Kernels.gaussian(Shape.of(2000), 1);
        assertTrue(AndersonDarling.statistic(noise) < Critical.TEN_PERCENT.value());
        assertTrue(AndersonDarling.statistic(Kernels.affine(0.8, noise, 0)) > Critical.ONE_PERCENT.value());
        assertTrue(AndersonDarling.statistic(Kernels.affine(1, noise, 0.2)) > Critical.ONE_PERCENT.value());
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
