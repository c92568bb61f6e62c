package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.morph.Mask;
import org.junit.jupiter.api.Test;

class BrushStrokeTest {
    private static final int SIDE = Mask.MOST_CELLS;
    private static final int NEUTRAL = Mask.NEUTRAL_STEP;

    private static Brush brush(double softness, double strength, BrushMode mode) {
        return new Brush(0.1, softness, strength, mode);
    }

    private static Mask dab(Mask mask, Brush brush, double x, double y) {
        return new BrushStroke(mask, brush, 1, x, y).mask();
    }

    private static int cells(Mask mask, int step) {
        int count = 0;
        for (byte each : mask.toBytes()) {
            count += Byte.toUnsignedInt(each) == step ? 1 : 0;
        }
        return count;
    }

    @Test
    void coverageFallsFromTheCoreToTheRimWithoutAnEdge() {
        Brush brush = brush(0.5, 1, BrushMode.MORE);
        assertEquals(1, brush.coverage(0));
        assertEquals(1, brush.coverage(0.05));
        assertEquals(0.5, brush.coverage(0.075), 1e-12);
        assertEquals(0, brush.coverage(0.1));
        double last = 1;
        for (double distance = 0; distance < 0.12; distance += 0.001) {
            double coverage = brush.coverage(distance);
            assertTrue(coverage <= last && last - coverage < 0.04, "at " + distance);
            last = coverage;
        }
    }

    @Test
    void aHardBrushWithoutSoftnessHasNoFade() {
        Brush hard = brush(0, 1, BrushMode.MORE);
        assertEquals(1, hard.coverage(0.0999));
        assertEquals(0, hard.coverage(0.1001));
    }

    @Test
    void aHardDabIsADiscOfItsSize() {
        Mask mask = dab(Mask.NEUTRAL, brush(0, 1, BrushMode.MORE), 0.5, 0.5);
        double area = Math.PI * 0.1 * 0.1 * SIDE * SIDE;
        assertEquals(area, cells(mask, Mask.LAST_STEP), 0.05 * area);
        assertEquals(SIDE * SIDE, cells(mask, Mask.LAST_STEP) + cells(mask, NEUTRAL));
    }

    @Test
    void inAWideFrameTheDabIsRoundAllTheSame() {
        Mask mask = new BrushStroke(Mask.NEUTRAL, brush(0, 1, BrushMode.MORE), 2, 0.5, 0.5).mask();
        int wide = 0;
        int high = 0;
        for (int i = 0; i < SIDE; i++) {
            wide += mask.step(i, SIDE / 2) == Mask.LAST_STEP ? 1 : 0;
            high += mask.step(SIDE / 2, i) == Mask.LAST_STEP ? 1 : 0;
        }
        assertEquals(0.2 * SIDE, high, 2);
        assertEquals(0.1 * SIDE, wide, 2);
    }

    @Test
    void theStrengthSaysHowFarOneStrokeGoes() {
        assertEquals(
                191, dab(Mask.NEUTRAL, brush(0, 0.5, BrushMode.MORE), 0.5, 0.5).step(64, 64));
        assertEquals(
                63, dab(Mask.NEUTRAL, brush(0, 0.5, BrushMode.LESS), 0.5, 0.5).step(64, 64));
        assertEquals(0, dab(Mask.NEUTRAL, brush(0, 1, BrushMode.LESS), 0.5, 0.5).step(64, 64));
    }

    @Test
    void withinAStrokeTheSamePlaceIsPaintedOnce() {
        var stroke = new BrushStroke(Mask.NEUTRAL, brush(0.6, 0.4, BrushMode.MORE), 1, 0.4, 0.5);
        stroke.moveTo(0.6, 0.5);
        Mask once = stroke.mask();
        stroke.moveTo(0.4, 0.5);
        stroke.moveTo(0.6, 0.5);
        assertEquals(once, stroke.mask());
        Mask twice = dab(once, brush(0.6, 0.4, BrushMode.MORE), 0.5, 0.5);
        assertTrue(twice.step(64, 64) > once.step(64, 64));
    }

    @Test
    void aFastHandLeavesNoGaps() {
        var fast = new BrushStroke(Mask.NEUTRAL, brush(0.5, 1, BrushMode.MORE), 1, 0.1, 0.2);
        fast.moveTo(0.9, 0.7);
        var slow = new BrushStroke(Mask.NEUTRAL, brush(0.5, 1, BrushMode.MORE), 1, 0.1, 0.2);
        for (int i = 1; i <= 100; i++) {
            slow.moveTo(0.1 + 0.8 * i / 100, 0.2 + 0.5 * i / 100);
        }
        assertEquals(fast.mask(), slow.mask());
        assertEquals(Mask.LAST_STEP, fast.mask().step(SIDE / 2, (int) (0.45 * SIDE)));
    }

    @Test
    void weakStrokesOneOverTheOtherReachTheirTarget() {
        for (BrushMode mode : BrushMode.values()) {
            Mask mask = Mask.of(1, 1, new byte[] {60});
            for (int i = 0; i < 100; i++) {
                mask = dab(mask, brush(0.3, 0.2, mode), 0.5, 0.5);
            }
            assertEquals(mode.target(), mask.step(64, 64));
        }
    }

    @Test
    void erasingEverythingLeavesNoMask() {
        Mask painted = dab(Mask.NEUTRAL, brush(1, 0.8, BrushMode.LESS), 0.3, 0.3);
        assertTrue(dab(painted, new Brush(2, 0, 1, BrushMode.ERASE), 0.5, 0.5).isNeutral());
    }

    @Test
    void aHandBeyondTheEdgePaintsWhatTheBrushStillCovers() {
        Mask mask = dab(Mask.NEUTRAL, brush(0, 1, BrushMode.MORE), -0.05, 0.5);
        assertEquals(Mask.LAST_STEP, mask.step(0, 64));
        assertEquals(NEUTRAL, mask.step(12, 64));
        assertTrue(dab(Mask.NEUTRAL, brush(0, 1, BrushMode.MORE), 1.5, -2).isNeutral());
    }
}
