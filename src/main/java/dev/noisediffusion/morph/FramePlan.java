package dev.noisediffusion.morph;

import java.util.ArrayList;
import java.util.List;

/**
 * Where each frame of a morph lies on the path through the keyframes. Every keyframe gets a frame of its own; the rest
 * are spread evenly, at most one more in one segment than in another.
 *
 * @param frames in order of time
 */
public record FramePlan(List<Spot> frames) {
    /**
     * The place of one frame.
     *
     * @param index in [0, frames)
     * @param position in the whole morph, in [0, 1]
     * @param weights of the keyframes
     */
    public record Spot(int index, double position, Weights weights) {}

    public FramePlan {
        frames = List.copyOf(frames);
    }

    /** The plan for a number of keyframes and frames, at least as many of these. */
    public static FramePlan even(int keyframes, int frames) {
        int segments = keyframes - 1;
        var spots = new ArrayList<Spot>(frames);
        for (int segment = 0; segment < segments; segment++) {
            int start = keyframeIndex(segment, segments, frames);
            int end = keyframeIndex(segment + 1, segments, frames);
            for (int index = start; index < end; index++) {
                double f = (double) (index - start) / (end - start);
                spots.add(new Spot(index, (segment + f) / segments, Weights.between(keyframes, segment, f)));
            }
        }
        spots.add(new Spot(frames - 1, 1, Weights.between(keyframes, segments, 0)));
        return new FramePlan(spots);
    }

    private static int keyframeIndex(int keyframe, int segments, int frames) {
        return (int) Math.round((double) keyframe * (frames - 1) / segments);
    }
}
