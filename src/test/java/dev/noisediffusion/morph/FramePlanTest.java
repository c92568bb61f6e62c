package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramePlanTest {
    @ParameterizedTest
    @CsvSource({"2, 2", "2, 17", "3, 3", "3, 17", "4, 18", "5, 100", "7, 8"})
    void everyKeyframeHasAFrameAndThePathNeverTurnsBack(int keyframes, int frames) {
        List<FramePlan.Spot> spots =
                FramePlan.of(MorphPath.STRAIGHT, keyframes, frames).frames();
        assertEquals(frames, spots.size());
        var seen = new HashSet<Integer>();
        for (int i = 0; i < frames; i++) {
            assertEquals(i, spots.get(i).index());
            assertTrue(i == 0 || spots.get(i).position() > spots.get(i - 1).position());
            spots.get(i).weights().soleKeyframe().ifPresent(seen::add);
        }
        assertEquals(keyframes, seen.size());
        assertEquals(0, spots.getFirst().position());
        assertEquals(1, spots.getLast().position());
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "2, 16", "3, 3", "3, 17", "4, 100"})
    void aClosedPathComesBackWithoutShowingTheFirstPictureTwice(int keyframes, int frames) {
        List<FramePlan.Spot> spots = FramePlan.of(new MorphPath(Easing.Preset.LINEAR, true), keyframes, frames)
                .frames();
        assertEquals(frames, spots.size());
        long keyframesShown = spots.stream()
                .filter(spot -> spot.weights().soleKeyframe().isPresent())
                .count();
        assertEquals(keyframes, keyframesShown);
        Weights last = spots.getLast().weights();
        assertTrue(frames == keyframes || (last.get(0) > 0 && last.get(keyframes - 1) > 0));
        assertTrue(spots.getLast().position() < 1);
    }

    @ParameterizedTest
    @CsvSource({"2, 16, true", "3, 24, true", "2, 17, false"})
    void noiseThatTravelsMovesALittleFromFrameToFrameAlsoWhereAFilmBeginsAnew(
            int keyframes, int frames, boolean closed) {
        List<FramePlan.Spot> spots = FramePlan.of(new MorphPath(Easing.Preset.LINEAR, closed), keyframes, frames)
                .frames();
        for (int i = closed ? 0 : 1; i < frames; i++) {
            double before = spots.get((i + frames - 1) % frames).drift();
            assertTrue(Math.abs(spots.get(i).drift() - before) < 0.25, "frame " + i);
        }
        assertEquals(0, spots.getFirst().drift());
        assertEquals(1, spots.get(closed ? frames / 2 : frames - 1).drift(), 1e-12);
    }

    @ParameterizedTest
    @EnumSource(Easing.Preset.class)
    void everyEasingKeepsItsEndsAndNeverTurnsBack(Easing easing) {
        assertEquals(0, easing.apply(0));
        assertEquals(1, easing.apply(1));
        for (int i = 1; i <= 100; i++) {
            assertTrue(easing.apply(i / 100.0) > easing.apply((i - 1) / 100.0));
        }
        assertEquals(
                3,
                FramePlan.of(new MorphPath(easing, false), 3, 17).frames().stream()
                        .filter(spot -> spot.weights().soleKeyframe().isPresent())
                        .count());
    }

    @Test
    void easingInIsSlowAtTheStartAndEasingOutAtTheEnd() {
        assertTrue(Easing.Preset.EASE_IN.apply(0.2) < 0.2 && Easing.Preset.EASE_IN_OUT.apply(0.2) < 0.2);
        assertTrue(Easing.Preset.EASE_OUT.apply(0.2) > 0.2 && Easing.Preset.EASE_IN_OUT.apply(0.8) > 0.8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 16, 17, 100, 1000})
    void bothOrdersHaveEveryFrameOnce(int count) {
        for (FrameOrder order : FrameOrder.values()) {
            List<Integer> indices = order.indices(count);
            assertEquals(count, indices.size());
            assertEquals(count, new HashSet<>(indices).size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 8, 16})
    void aFrameThatIsWaitedForComesFirstAndTheOthersInTheirOrder(int first) {
        for (FrameOrder order : FrameOrder.values()) {
            var expected = new ArrayList<>(order.indices(17));
            expected.remove(Integer.valueOf(first));
            expected.addFirst(first);
            assertEquals(expected, order.indices(17, first));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 17, 100})
    void bisectionNeverLeavesAGapMuchLargerThanAnother(int count) {
        List<Integer> indices = FrameOrder.BISECTION.indices(count);
        for (int done = 3; done <= count; done++) {
            var sorted = indices.subList(0, done).stream().sorted().toList();
            int largest = 0;
            for (int i = 1; i < done; i++) {
                largest = Math.max(largest, sorted.get(i) - sorted.get(i - 1));
            }
            assertTrue(largest <= 4.0 * count / done, "a gap of " + largest + " after " + done + " of " + count);
        }
    }
}
