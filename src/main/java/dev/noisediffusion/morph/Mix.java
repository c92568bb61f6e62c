package dev.noisediffusion.morph;

import java.util.OptionalInt;

/**
 * How much of each keyframe a frame shows. In the paper noise and pictures are mixed by one fraction; here each may
 * have its own.
 *
 * @param noise decides alpha and beta, the shares of the encodings
 * @param image decides mu and nu, the injection of the raw pictures; of as many keyframes
 */
public record Mix(Weights noise, Weights image) {
    public Mix {
        if (noise.count() != image.count()) {
            throw new IllegalArgumentException(
                    "Expected weights of the same keyframes, found " + noise.count() + " and " + image.count());
        }
    }

    /** Noise and pictures by the same weights, as in the paper. */
    public static Mix coupled(Weights weights) {
        return new Mix(weights, weights);
    }

    public int count() {
        return noise.count();
    }

    /** Whether a keyframe takes any part. */
    public boolean uses(int keyframe) {
        return noise.get(keyframe) > 0 || image.get(keyframe) > 0;
    }

    /** The keyframe that has all the weight in both, if one has. */
    public OptionalInt soleKeyframe() {
        return noise.soleKeyframe().equals(image.soleKeyframe()) ? noise.soleKeyframe() : OptionalInt.empty();
    }
}
