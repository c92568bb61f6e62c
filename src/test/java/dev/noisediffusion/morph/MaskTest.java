package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskTest {
    private static Mask random(long seed) {
        var steps = new byte[12 * 7];
        var random = new Random(seed);
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (byte) random.nextInt(Mask.LAST_STEP + 1);
        }
        return Mask.of(12, 7, steps);
    }

    @Test
    void masksOfEqualStrengthsAreEqual() {
        assertEquals(random(1), random(1));
        assertEquals(random(1).hashCode(), random(1).hashCode());
        assertNotEquals(random(1), random(2));
        assertNotEquals(Mask.of(2, 3, new byte[6]), Mask.of(3, 2, new byte[6]));
    }

    @Test
    void whatItIsMadeOfAndWhatItGivesAwayCanBeWrittenTo() {
        var steps = new byte[] {1, 2};
        Mask mask = Mask.of(2, 1, steps);
        steps[0] = 9;
        mask.toBytes()[1] = 9;
        assertArrayEquals(new byte[] {1, 2}, mask.toBytes());
    }

    @Test
    void gridsThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Mask.of(2, 2, new byte[3]));
        assertThrows(IllegalArgumentException.class, () -> Mask.of(0, 0, new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> Mask.of(129, 1, new byte[129]));
        assertThrows(IllegalArgumentException.class, () -> Mask.of(1, 1, new byte[] {(byte) 255}));
    }

    @Test
    void invertedTwiceItIsTheSame() {
        assertNotEquals(random(3), random(3).inverted());
        assertEquals(random(3), random(3).inverted().inverted());
        assertTrue(Mask.NEUTRAL.inverted().isNeutral());
    }

    @Test
    void softeningKeepsWhatIsEvenAndTheMeanOfASpotAndLowersItsPeak() {
        Mask even = Mask.of(9, 5, filled(45, 200));
        assertEquals(even, even.softened());
        byte[] spot = filled(31 * 21, 0);
        spot[10 * 31 + 15] = (byte) Mask.LAST_STEP;
        Mask soft = Mask.of(31, 21, spot).softened();
        int peak = soft.step(15, 10);
        assertTrue(peak > 10 && peak < Mask.LAST_STEP / 4, "peak " + peak);
        assertEquals(soft.step(13, 10), soft.step(17, 10));
        assertEquals(soft.step(15, 8), soft.step(17, 10));
        assertEquals(0, soft.step(15, 15));
        int sum = 0;
        for (byte step : soft.toBytes()) {
            sum += step & 0xff;
        }
        assertEquals(Mask.LAST_STEP, sum, Mask.LAST_STEP * 0.1);
    }

    private static byte[] filled(int size, int step) {
        var steps = new byte[size];
        java.util.Arrays.fill(steps, (byte) step);
        return steps;
    }

    @Test
    void overAFrameOfItsOwnSizeEveryPixelHasItsCell() {
        Tensor strengths = random(4).over(12, 7);
        for (int i = 0; i < strengths.size(); i++) {
            assertEquals((random(4).toBytes()[i] & 0xff) / 127.0, strengths.get(i), 1e-6);
        }
    }

    @Test
    void overAFrameOfAnotherShapeItIsStretched() {
        Mask leftToRight = Mask.of(2, 1, new byte[] {0, (byte) Mask.LAST_STEP});
        Tensor strengths = leftToRight.over(8, 3);
        float[] row = {0, 0, 0.25f, 0.75f, 1.25f, 1.75f, 2, 2};
        for (int i = 0; i < strengths.size(); i++) {
            assertEquals(row[i % 8], strengths.get(i), 1e-6);
        }
    }

    @Test
    void masksThatWereClearedAreNone() {
        Masks painted = Masks.NONE.with(MaskTarget.INJECTION, random(5));
        assertTrue(painted.isActive(MaskTarget.INJECTION));
        assertFalse(painted.areNone());
        assertEquals(Masks.NONE, painted.with(MaskTarget.INJECTION, Mask.of(2, 2, filled(4, Mask.NEUTRAL_STEP))));
    }
}
