package dev.noisediffusion.morph;

import java.util.ArrayList;
import java.util.List;

/**
 * How a morph passes through its keyframes.
 *
 * @param easing from each keyframe to the next, where a segment has none of its own
 * @param closed whether it returns to the first keyframe; the last frame then lies one step before it, so that the film
 *     loops without showing the first picture twice
 * @param segments what lies behind each keyframe; those that the list lacks are plain. Behind the last one lies the way
 *     back to the first, of an open path nothing but the last frame
 */
public record MorphPath(Easing easing, boolean closed, List<Segment> segments) {
    /** From the first keyframe to the last at one speed. */
    public static final MorphPath STRAIGHT = new MorphPath(Easing.Preset.LINEAR, false);

    public MorphPath {
        segments = List.copyOf(segments);
    }

    /** With plain segments. */
    public MorphPath(Easing easing, boolean closed) {
        this(easing, closed, List.of());
    }

    /** What lies behind a keyframe. */
    public Segment segment(int keyframe) {
        return keyframe < segments.size() ? segments.get(keyframe) : Segment.PLAIN;
    }

    /** Segments that have frames between two keyframes. */
    public int length(int keyframes) {
        return closed ? keyframes : keyframes - 1;
    }

    /** How the noise moves behind a keyframe. */
    public Easing noiseEasing(int keyframe) {
        return segment(keyframe).noise().orElse(easing);
    }

    /** How the raw pictures move behind a keyframe. */
    public Easing imageEasing(int keyframe) {
        return segment(keyframe).image().orElseGet(() -> noiseEasing(keyframe));
    }

    /** The path with another segment behind a keyframe. */
    public MorphPath withSegment(int keyframe, Segment segment) {
        var others = new ArrayList<>(segments);
        while (others.size() <= keyframe) {
            others.add(Segment.PLAIN);
        }
        others.set(keyframe, segment);
        return new MorphPath(easing, closed, others);
    }
}
