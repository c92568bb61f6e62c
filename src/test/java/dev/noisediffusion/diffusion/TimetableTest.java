package dev.noisediffusion.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimetableTest {
    private static DiffusionSettings settings(TimestepSpacing spacing, int offset) {
        return new DiffusionSettings(
                NoiseSchedule.of(BetaSchedule.LINEAR, 1000, 1e-4, 0.02),
                PredictionType.EPSILON,
                spacing,
                offset,
                1,
                Double.POSITIVE_INFINITY);
    }

    @Test
    void spacingsVisitTheTimestepsOfTheLiterature() {
        assertArrayEquals(new int[] {1, 201, 401, 601, 801}, TimestepSpacing.LEADING.ascending(1000, 5, 1));
        assertArrayEquals(new int[] {199, 399, 599, 799, 999}, TimestepSpacing.TRAILING.ascending(1000, 5, 0));
        assertArrayEquals(new int[] {0, 250, 500, 749, 999}, TimestepSpacing.LINSPACE.ascending(1000, 5, 0));
    }

    @Test
    void anOffsetNeverLeavesTheSchedule() {
        assertEquals(999, TimestepSpacing.LEADING.ascending(1000, 1000, 5)[999]);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.117, 0.29, 0.5, 0.9, 0.999})
    void theDepthIsTheNearestLevelOfTheRange(double level) {
        DiffusionSettings settings = settings(TimestepSpacing.LEADING, 0);
        Timetable timetable = Timetable.toDepth(settings, 100, level);
        double reached = Math.sqrt(timetable.startAlphaBar());
        for (int timestep = 0; timestep < 1000; timestep += 10) {
            double other = Math.sqrt(settings.schedule().alphaBar(timestep));
            assertEquals(true, Math.abs(reached - level) <= Math.abs(other - level) + 1e-12);
        }
    }

    /** Whole strides of 1 or 6 timesteps would end at 600 or 851, and a single one is no stride. */
    @ParameterizedTest
    @CsvSource({"601, 0.05", "501, 0.05", "999, 0.01", "143, 0.01", "30, 0.01", "1, 0.3", "1, 0.9"})
    void manyStepsReachTheDepthAsWell(int steps, double level) {
        DiffusionSettings settings = settings(TimestepSpacing.LEADING, 0);
        Timetable timetable = Timetable.toDepth(settings, steps, level);
        int wanted = settings.schedule().nearest(level);
        double farthest = steps == 1 ? 0.5 : Math.max(1000.0 / steps, 7);
        assertEquals(wanted, timetable.startTimestep(), farthest);
    }

    @Test
    void aTableIsKnownByItsTimesteps() {
        Timetable timetable = Timetable.toDepth(settings(TimestepSpacing.LEADING, 0), 5, 0.5);
        assertEquals(List.of(0, 200, 400), timetable.timesteps());
        assertEquals(
                timetable.timesteps(),
                timetable.encoding().stream().map(Timetable.Step::timestep).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 1000})
    void aCoarserTableKeepsTheDepth(int steps) {
        Timetable timetable = Timetable.toDepth(settings(TimestepSpacing.LEADING, 0), 40, 0.3);
        Timetable coarser = timetable.coarser(steps);
        assertEquals(Math.min(steps, timetable.length()), coarser.length());
        assertEquals(timetable.startTimestep(), coarser.startTimestep());
        assertEquals(1, coarser.encoding().getFirst().alphaBarFrom());
    }

    @Test
    void decodingComesBackByTheStepsThatEncodingClimbed() {
        Timetable timetable = Timetable.toDepth(settings(TimestepSpacing.TRAILING, 0), 40, 0.3);
        List<Timetable.Step> up = timetable.encoding();
        List<Timetable.Step> down = timetable.decoding().reversed();
        assertEquals(up.size(), down.size());
        for (int i = 0; i < up.size(); i++) {
            assertEquals(up.get(i).timestep(), down.get(i).timestep());
            assertEquals(up.get(i).alphaBarFrom(), down.get(i).alphaBarTo());
            assertEquals(up.get(i).alphaBarTo(), down.get(i).alphaBarFrom());
        }
        assertEquals(1, up.getFirst().alphaBarFrom());
        assertEquals(timetable.startAlphaBar(), up.getLast().alphaBarTo());
    }

    @Test
    void stepsBeyondTheScheduleAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Timetable.full(settings(TimestepSpacing.LEADING, 0), 1001));
        assertThrows(IllegalArgumentException.class, () -> Timetable.full(settings(TimestepSpacing.LEADING, 0), 0));
    }

    @Test
    void cosineBetasStayBelowTheirCap() {
        double[] betas = BetaSchedule.SQUAREDCOS_CAP_V2.betas(1000, 0, 0);
        assertEquals(0.999, betas[999]);
        // The first beta of the published formula, computed by hand: 1 - cos^2(.009/1.008 pi/2) / cos^2(.008/1.008
        // pi/2)
        assertEquals(4.1285e-5, betas[0], 1e-8);
    }
}
