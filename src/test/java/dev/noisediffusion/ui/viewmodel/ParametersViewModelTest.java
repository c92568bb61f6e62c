package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.Crossfade;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.project.MethodName;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersViewModelTest {
    private final ParametersViewModel parameters = new ParametersViewModel(new SplittableRandom(1));

    @Test
    void theDefaultsAreTheEnginesDefaults() {
        assertEquals(MorphSettings.DEFAULT, parameters.settings(2));
    }

    @Test
    void everySettingReachesTheRequest() {
        parameters.gamma().set(0.25);
        parameters.boundary().set(1.5);
        parameters.placement().set(BoundaryPlacement.AFTER);
        parameters.gainsApartProperty().set(true);
        parameters.muGain().set(0.8);
        parameters.nuGain().set(1.4);
        assertEquals(
                new NoiseDiffusion(0.25, 1.5, BoundaryPlacement.AFTER, new Injection(0.8, 1.4)),
                parameters.settings(2).method());
    }

    @Test
    void withTheBoundaryOffNothingIsClipped() {
        parameters.boundaryOffProperty().set(true);
        assertEquals(
                new NoiseDiffusion(0, Double.POSITIVE_INFINITY, BoundaryPlacement.NONE, Injection.PAPER),
                parameters.settings(2).method());
    }

    @Test
    void gainsSetApartBeginAtTheCommonGain() {
        parameters.gain().set(1.5);
        parameters.gainsApartProperty().set(true);
        assertEquals(1.5, parameters.muGain().get());
        assertEquals(1.5, parameters.nuGain().get());
    }

    @Test
    void typedNumbersAreKeptWithinLimitsAndNonsenseChangesNothing() {
        parameters.gamma().type(" 0,333 ");
        assertEquals(0.33, parameters.gamma().get());
        parameters.gamma().type("7");
        assertEquals(1, parameters.gamma().get());
        parameters.gamma().type("a lot");
        assertEquals(1, parameters.gamma().get());
        parameters.gamma().type("NaN");
        assertEquals(1, parameters.gamma().get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,234,567", "1.234.567", "1 234 567", "1'234'567", "1’234’567", "1\u00a0234\u202f567"})
    void aWholeNumberMayBeWrittenWithItsThousandsApart(String typed) {
        parameters.seed().type(typed);
        assertEquals(1_234_567, parameters.seed().get());
    }

    @Test
    void aPointOrACommaPartsThousandsOnlyWhereItCan() {
        parameters.frames().type("1,000");
        assertEquals(1000, parameters.frames().get());
        parameters.frames().type("12,5");
        assertEquals(13, parameters.frames().get());
        parameters.boundary().type("1,234");
        assertEquals(1.23, parameters.boundary().get());
        parameters.steps().type("0,700");
        assertEquals(1, parameters.steps().get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,500", "1.001", "1'200"})
    void aNumberWithItsThousandsApartThatIsTooMuchIsTheMostThereIs(String typed) {
        parameters.frames().type(typed);
        assertEquals(1000, parameters.frames().get());
        parameters.steps().type(typed);
        assertEquals(1000, parameters.steps().get());
    }

    @Test
    void aRateOfFilmsWithThreeDecimalsIsNoNumberOfThousands() {
        var rate = new NumberParameter("rate", NumberParameter.Range.of(1, 60, 0), 12);
        rate.type("23.976");
        assertEquals(24, rate.get());
        rate.type("29,970");
        assertEquals(30, rate.get());
    }

    @Test
    void theDiceGiveAnotherSeed() {
        for (int i = 0; i < 50; i++) {
            double before = parameters.seed().get();
            parameters.rollSeed();
            assertNotEquals(before, parameters.seed().get());
        }
    }

    @Test
    void seedsOfTheCommandLineAreTakenAsTheyAreAndRolledOnesAreShort() {
        for (long seed : new long[] {20_261_123, (1L << 53) - 1}) {
            parameters.seed().type(String.valueOf(seed));
            assertEquals(seed, parameters.settings(2).seed());
            parameters.rollSeed();
            assertTrue(parameters.settings(2).seed() < 1_000_000);
        }
    }

    @Test
    void theSeedMattersOnlyWhereFreshNoiseIsMixedIn() {
        assertFalse(parameters.seed().relevant().get());
        parameters.gamma().set(0.1);
        assertTrue(parameters.seed().relevant().get());
        parameters.method().set(MethodName.SLERP);
        assertFalse(parameters.seed().relevant().get());
        parameters.method().set(MethodName.NOISE_INTRODUCTION);
        assertTrue(parameters.seed().relevant().get());
    }

    @Test
    void everyChangeIsHeardOf() {
        long before = parameters.revision().get();
        parameters.gamma().set(0.1);
        parameters.gamma().set(0.2);
        parameters.gamma().set(0.3);
        parameters.boundaryOffProperty().set(true);
        parameters.boundaryOffProperty().set(false);
        assertEquals(before + 5, parameters.revision().get());
    }

    @Test
    void resetBringsEverythingBack() {
        parameters.method().set(MethodName.CROSSFADE);
        assertEquals(new Crossfade(), parameters.settings(2).method());
        parameters.depth().set(0.8);
        parameters.boundaryOffProperty().set(true);
        parameters.reset();
        assertEquals(MorphSettings.DEFAULT, parameters.settings(2));
    }

    @Test
    void thereAreAtLeastAsManyFramesAsPictures() {
        parameters.frames().set(2);
        assertEquals(5, parameters.settings(5).frames());
    }
}
