package dev.noisediffusion.morph;

import java.util.List;

/**
 * A morph, asked for.
 *
 * @param keyframes the pictures, in order, at least 2
 * @param settings everything else
 */
public record MorphRequest(List<Keyframe> keyframes, MorphSettings settings) {
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
}
