package dev.noisediffusion.morph;

import java.util.List;

/**
 * A morph, asked for.
 *
 * @param keyframes the pictures, in order, at least 2
 * @param path how the morph passes through them
 * @param settings everything else
 */
public record MorphRequest(List<Keyframe> keyframes, MorphPath path, MorphSettings settings) {
    public MorphRequest {
        keyframes = List.copyOf(keyframes);
        if (keyframes.size() < 2) {
            throw new IllegalArgumentException("A morph needs at least 2 pictures, found " + keyframes.size());
        }
        if (settings.frames() < keyframes.size()) {
            throw new IllegalArgumentException("A morph through " + keyframes.size()
                    + " pictures needs at least as many" + " frames, found " + settings.frames());
        }
    }

    /** From the first picture to the last at one speed. */
    public MorphRequest(List<Keyframe> keyframes, MorphSettings settings) {
        this(keyframes, MorphPath.STRAIGHT, settings);
    }

    /** The same morph by another method. */
    public MorphRequest withMethod(MorphMethod method) {
        return new MorphRequest(keyframes, path, settings.withMethod(method));
    }

    /** The same morph along another path. */
    public MorphRequest withPath(MorphPath other) {
        return new MorphRequest(keyframes, other, settings);
    }

    /** Where its frames lie. */
    public FramePlan plan() {
        return FramePlan.of(path, keyframes.size(), settings.frames());
    }
}
