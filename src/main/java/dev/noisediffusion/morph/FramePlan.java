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

    /**
     * The plan of a path.
     *
     * @param keyframes at least 2
     * @param frames at least as many
     */
    public static FramePlan of(MorphPath path, int keyframes, int frames) {
        int segments = path.closed() ? keyframes : keyframes - 1;
        int last = path.closed() ? frames : frames - 1;
        var spots = new ArrayList<Spot>(frames);
        for (int segment = 0; segment < segments; segment++) {
            int start = keyframeIndex(segment, segments, last);
            int end = keyframeIndex(segment + 1, segments, last);
            for (int index = start; index < end; index++) {
                double f = path.easing().apply((double) (index - start) / (end - start));
                Weights weights = Weights.between(keyframes, segment, (segment + 1) % keyframes, f);
                spots.add(new Spot(index, (segment + f) / segments, weights));
            }
        }
        if (!path.closed()) {
            spots.add(new Spot(last, 1, Weights.only(keyframes, segments)));
        }
        return new FramePlan(spots);
    }

    private static int keyframeIndex(int keyframe, int segments, int last) {
        return (int) Math.round((double) keyframe * last / segments);
    }
}
