package dev.noisediffusion.morph;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The way from one keyframe to the next.
 *
 * @param frames from the first keyframe, which counts, to the second, which does not; empty to share what is left
 *     evenly with the others
 * @param noise how the noise moves; empty for the path's own easing
 * @param image how the raw pictures move; empty for as the noise does, as in the paper
 * @param edits what was done to its frames
 */
public record Segment(OptionalInt frames, Optional<Easing> noise, Optional<Easing> image, FrameEdits edits) {
    /** As the path says. */
    public static final Segment PLAIN =
            new Segment(OptionalInt.empty(), Optional.empty(), Optional.empty(), FrameEdits.NONE);
    /** Frames of a segment at most. */
    public static final int MOST_FRAMES = 1000;

    public Segment {
        if (frames.isPresent() && (frames.getAsInt() < 1 || frames.getAsInt() > MOST_FRAMES)) {
            throw new IllegalArgumentException(
                    "Expected 1 to " + MOST_FRAMES + " frames in a segment, found " + frames.getAsInt());
        }
    }

    public Segment withFrames(OptionalInt count) {
        return new Segment(count, noise, image, edits);
    }

    public Segment withEasing(Optional<Easing> ofNoise, Optional<Easing> ofImage) {
        return new Segment(frames, ofNoise, ofImage, edits);
    }

    public Segment withEdits(FrameEdits other) {
        return new Segment(frames, noise, image, other);
    }

    /**
     * What lies behind a keyframe when the whole path is turned round.
     *
     * @param before the segment that led to the keyframe; this one began at it
     */
    public Segment turnedRound(Segment before) {
        var turned = new HashMap<Moment, FrameEdit>();
        before.edits.byMoment().forEach((moment, edit) -> turned.put(moment.reversed(), edit));
        turned.remove(Moment.START);
        FrameEdit own = edits.at(Moment.START);
        return new Segment(
                        before.frames,
                        before.noise.map(Easing::reversed),
                        before.image.map(Easing::reversed),
                        new FrameEdits(Map.copyOf(turned)))
                .withStart(own);
    }

    private Segment withStart(FrameEdit edit) {
        return withEdits(edits.with(Moment.START, edit));
    }
}
