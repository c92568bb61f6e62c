package dev.noisediffusion.morph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where each frame of a morph lies on the path through the keyframes. Every keyframe gets a frame of its own. Segments
 * without a number of frames share the rest evenly, at most one more in one than in another.
 *
 * @param frames in order of time, without those that were removed
 */
public record FramePlan(List<Spot> frames) {
    /**
     * The place of one frame.
     *
     * @param index in [0, frames)
     * @param position in the whole morph, in [0, 1]
     * @param drift how far noise that travels has come, in [0, 1]; on a path that returns it comes back as well
     * @param mix of the keyframes
     * @param place on the path
     * @param ownNoise fresh noise that belongs to this frame whatever the settings say
     */
    public record Spot(int index, double position, double drift, Mix mix, Place place, Optional<FreshNoise> ownNoise) {
        /** A frame that lies on no path, as in a grid. */
        public Spot(int index, double position, Weights weights) {
            this(index, position, position, Mix.coupled(weights), new Place(index, 0, Moment.START), Optional.empty());
        }

        /** Of the encodings. */
        public Weights weights() {
            return mix.noise();
        }
    }

    /**
     * A place on a path.
     *
     * @param number of the frame if none were removed
     * @param segment by the keyframe it begins at
     * @param moment in the segment
     */
    public record Place(int number, int segment, Moment moment) {}

    /** Frames that no film does without. */
    public static final int LEAST_FRAMES = 2;

    /**
     * Of the fractions of a way. So 1 - f has no rounding of its own, and the way back of a loop through two pictures passes
     * through the places of the way there, and a row of a grid through those of a film, to the bit.
     */
    private static final double GRAIN = 0x1p-40;

    public FramePlan {
        frames = List.copyOf(frames);
    }

    /**
     * The plan of a path.
     *
     * @param keyframes at least 2
     * @param frames that are wished for, at least as many; numbers that segments have of their own come first
     */
    public static FramePlan of(MorphPath path, int keyframes, int frames) {
        List<Integer> counts = segmentFrames(path, keyframes, frames);
        var all = new ArrayList<Spot>();
        for (int segment = 0; segment < counts.size(); segment++) {
            for (int step = 0; step < counts.get(segment); step++) {
                var place = new Place(all.size(), segment, new Moment(step, counts.get(segment)));
                all.add(spot(path, keyframes, place));
            }
        }
        if (!path.closed()) {
            all.add(spot(path, keyframes, new Place(all.size(), keyframes - 1, Moment.START)));
        }
        return new FramePlan(withoutRemoved(all, path));
    }

    /**
     * Frames of each segment, its first keyframe's included, together as near to the wish as the segments' own numbers
     * allow.
     *
     * @param keyframes at least 2
     * @param frames that are wished for, at least as many
     */
    public static List<Integer> segmentFrames(MorphPath path, int keyframes, int frames) {
        int segments = path.length(keyframes);
        int wished = path.closed() ? frames : frames - 1;
        int fixed = 0;
        int sharing = 0;
        for (int segment = 0; segment < segments; segment++) {
            fixed += path.segment(segment).frames().orElse(0);
            sharing += path.segment(segment).frames().isPresent() ? 0 : 1;
        }
        int rest = Math.max(wished - fixed, sharing);
        var counts = new ArrayList<Integer>();
        int shared = 0;
        for (int segment = 0; segment < segments; segment++) {
            if (path.segment(segment).frames().isPresent()) {
                counts.add(path.segment(segment).frames().getAsInt());
            } else {
                counts.add(share(shared + 1, sharing, rest) - share(shared, sharing, rest));
                shared++;
            }
        }
        return counts;
    }

    private static int share(int upTo, int sharing, int rest) {
        return (int) Math.round((double) upTo * rest / sharing);
    }

    private static Spot spot(MorphPath path, int keyframes, Place place) {
        int from = place.segment();
        int to = (from + 1) % keyframes;
        double time = place.moment().time();
        double f = rounded(path.noiseEasing(from).apply(time));
        var mix = new Mix(
                Weights.between(keyframes, from, to, f),
                Weights.between(
                        keyframes, from, to, rounded(path.imageEasing(from).apply(time))));
        double position = Math.min(1, (from + f) / path.length(keyframes));
        return new Spot(
                place.number(),
                position,
                drift(path, position),
                mix,
                place,
                path.segment(from).edits().at(place.moment()).noise());
    }

    /** The fraction of a way that a film has in place of one in [0, 1]. */
    static double rounded(double fraction) {
        return Math.rint(fraction / GRAIN) * GRAIN;
    }

    /**
     * How far noise that travels has come at a position, both in [0, 1]. On a closed path it goes to 1 and back, slow where it
     * turns, so that a loop shows no jolt; equally far at places equally far from the turn, and to the bit the same in the
     * middles of the two ways of a loop through two pictures.
     */
    static double drift(MorphPath path, double position) {
        return path.closed() ? (1 - Math.cos(2 * Math.PI * Math.min(position, 1 - position))) / 2 : position;
    }

    private static List<Spot> withoutRemoved(List<Spot> all, MorphPath path) {
        List<Spot> left = all.stream()
                .filter(spot -> !path.segment(spot.place().segment())
                        .edits()
                        .at(spot.place().moment())
                        .removed())
                .toList();
        if (left.size() == all.size() || left.size() < LEAST_FRAMES) {
            return all;
        }
        var renumbered = new ArrayList<Spot>();
        for (Spot spot : left) {
            renumbered.add(new Spot(
                    renumbered.size(), spot.position(), spot.drift(), spot.mix(), spot.place(), spot.ownNoise()));
        }
        return renumbered;
    }
}
