package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentPlanTest {
    private static Segment frames(int count) {
        return Segment.PLAIN.withFrames(OptionalInt.of(count));
    }

    private static MorphPath path(boolean closed, Segment... segments) {
        return new MorphPath(Easing.Preset.LINEAR, closed, List.of(segments));
    }

    /** The numbers of the frames that show one keyframe alone. */
    private static List<Integer> keyframesOf(FramePlan plan) {
        return plan.frames().stream()
                .filter(spot -> spot.mix().soleKeyframe().isPresent())
                .map(FramePlan.Spot::index)
                .toList();
    }

    @Test
    void aSegmentHasTheFramesItWasGivenAndTheOthersShareTheRest() {
        FramePlan plan = FramePlan.of(path(false, frames(3), Segment.PLAIN, Segment.PLAIN), 4, 20);
        assertEquals(20, plan.frames().size());
        assertEquals(List.of(0, 3, 11, 19), keyframesOf(plan));
    }

    @Test
    void whereEverySegmentHasItsOwnTheFilmHasTheirSum() {
        assertEquals(List.of(0, 5, 7), keyframesOf(FramePlan.of(path(false, frames(5), frames(2)), 3, 100)));
        FramePlan closed = FramePlan.of(path(true, frames(5), frames(2), frames(4)), 3, 100);
        assertEquals(11, closed.frames().size());
        assertEquals(List.of(0, 5, 7), keyframesOf(closed));
    }

    @Test
    void aWishTooSmallStillLeavesEveryKeyframeItsFrame() {
        FramePlan plan = FramePlan.of(path(false, frames(30), Segment.PLAIN), 3, 10);
        assertEquals(32, plan.frames().size());
        assertEquals(List.of(0, 30, 31), keyframesOf(plan));
    }

    @Test
    void everySegmentMovesInItsOwnWayAndPicturesApartFromNoise() {
        Segment first = frames(4).withEasing(Optional.of(Easing.Preset.EASE_IN), Optional.empty());
        Segment second = frames(4).withEasing(Optional.empty(), Optional.of(new Easing.Hold(0.5, 0)));
        List<FramePlan.Spot> spots =
                FramePlan.of(path(false, first, second), 3, 9).frames();
        assertEquals(new Weights(List.of(0.75, 0.25, 0.0)), spots.get(2).mix().noise());
        assertEquals(spots.get(2).mix().noise(), spots.get(2).mix().image());
        assertEquals(new Weights(List.of(0.0, 0.5, 0.5)), spots.get(6).mix().noise());
        assertEquals(new Weights(List.of(0.0, 1.0, 0.0)), spots.get(6).mix().image());
        assertTrue(spots.get(6).mix().soleKeyframe().isEmpty());
    }

    @Test
    void pictureWeightsDecideMuAndNuAndNoiseWeightsTheRest() {
        Coefficients apart = Coefficients.of(new Mix(Weights.ofPair(0.25), Weights.ofPair(0.75)), 0.3, Injection.PAPER);
        Coefficients early = Coefficients.of(Mix.coupled(Weights.ofPair(0.25)), 0.3, Injection.PAPER);
        Coefficients late = Coefficients.of(Mix.coupled(Weights.ofPair(0.75)), 0.3, Injection.PAPER);
        assertEquals(early.alphas(), apart.alphas());
        assertEquals(late.mus(), apart.mus());
    }

    @Test
    void aRemovedFrameLeavesTheOthersWhereTheyAre() {
        FrameEdits edits = FrameEdits.NONE.with(new Moment(1, 4), FrameEdit.NONE.withRemoved(true));
        List<FramePlan.Spot> all = FramePlan.of(path(false, frames(4)), 2, 5).frames();
        List<FramePlan.Spot> left =
                FramePlan.of(path(false, frames(4).withEdits(edits)), 2, 5).frames();
        assertEquals(4, left.size());
        for (int i = 0; i < 4; i++) {
            assertEquals(i, left.get(i).index());
            assertEquals(all.get(i == 0 ? 0 : i + 1).place(), left.get(i).place());
            assertEquals(all.get(i == 0 ? 0 : i + 1).mix(), left.get(i).mix());
        }
    }

    @Test
    void twoFramesAlwaysStay() {
        FrameEdits gone = FrameEdits.NONE.with(Moment.START, FrameEdit.NONE.withRemoved(true));
        MorphPath path = path(false, frames(1).withEdits(gone), Segment.PLAIN.withEdits(gone));
        assertEquals(2, FramePlan.of(path, 2, 2).frames().size());
    }

    @Test
    void anEditStaysAtItsMomentWhenTheSegmentGetsMoreFrames() {
        var own = FreshNoise.ofSeed(42);
        FrameEdits edits = FrameEdits.NONE.with(new Moment(2, 4), FrameEdit.NONE.withTake(own));
        for (int count : new int[] {2, 4, 8}) {
            List<FramePlan.Spot> spots = FramePlan.of(path(false, frames(count).withEdits(edits)), 2, 5)
                    .frames();
            assertEquals(Optional.of(own), spots.get(count / 2).ownNoise());
            assertEquals(
                    1,
                    spots.stream().filter(spot -> spot.ownNoise().isPresent()).count());
        }
        assertTrue(FramePlan.of(path(false, frames(5).withEdits(edits)), 2, 5).frames().stream()
                .allMatch(spot -> spot.ownNoise().isEmpty()));
    }

    @Test
    void aPathTurnedRoundIsTheSameFilmBackwards() {
        var own = FreshNoise.ofSeed(1);
        List<Segment> segments = List.of(
                frames(4)
                        .withEasing(Optional.of(Easing.Preset.EASE_IN), Optional.of(new Easing.Hold(0.25, 0)))
                        .withEdits(FrameEdits.NONE
                                .with(new Moment(1, 4), FrameEdit.NONE.withTake(own))
                                .with(Moment.START, FrameEdit.NONE.withTake(own))),
                frames(3),
                Segment.PLAIN);
        var turned = IntStream.of(2, 1, 0)
                .mapToObj(i -> segments.get(i).turnedRound(segments.get((i + 2) % 3)))
                .toList();
        List<FramePlan.Spot> forwards = FramePlan.of(new MorphPath(Easing.Preset.LINEAR, false, segments), 3, 8)
                .frames();
        List<FramePlan.Spot> backwards = FramePlan.of(new MorphPath(Easing.Preset.LINEAR, false, turned), 3, 8)
                .frames();
        for (int i = 0; i < 8; i++) {
            FramePlan.Spot there = forwards.get(i);
            FramePlan.Spot back = backwards.get(7 - i);
            assertEquals(there.ownNoise(), back.ownNoise());
            for (int k = 0; k < 3; k++) {
                assertEquals(there.mix().noise().get(k), back.mix().noise().get(2 - k), 1e-9);
                assertEquals(there.mix().image().get(k), back.mix().image().get(2 - k), 1e-9);
            }
        }
    }

    @Test
    void theFavouriteOutlivesTheTakesAroundIt() {
        FrameEdit edit = FrameEdit.NONE.withFavourite(FreshNoise.ofSeed(0));
        for (int seed = 1; seed < 40; seed++) {
            edit = edit.withTake(FreshNoise.ofSeed(seed));
        }
        assertEquals(FrameEdit.MOST_TAKES, edit.takes().size());
        assertTrue(edit.takes().contains(FreshNoise.ofSeed(0)));
        assertEquals(Optional.of(FreshNoise.ofSeed(39)), edit.noise());
    }
}
