package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.measure.Interval;
import org.junit.jupiter.api.Test;

class LabMarkTest {
    private static boolean isSure(double... differences) {
        Interval difference = Interval.student(differences, differences.length - 1, 1);
        return LabMark.of(difference, difference, 1).sure();
    }

    @Test
    void aFewDifferencesOfOneSignMayBeChanceAndManyAreNot() {
        assertFalse(isSure(0.2));
        assertFalse(isSure(0.1, 0.2));
        assertFalse(isSure(0.1, 0.2, 0.6));
        assertFalse(isSure(-0.1, -0.2, -0.6));
        assertTrue(isSure(0.1, 0.2, 0.6, 0.1, 0.2, 0.6, 0.1, 0.2, 0.6));
        assertTrue(isSure(-0.1, -0.2, -0.6, -0.1, -0.2, -0.6, -0.1, -0.2, -0.6));
    }
}
