package dev.noisediffusion.morph;

import dev.noisediffusion.image.Crop;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Resampler;
import java.util.LinkedHashMap;

/**
 * Brings keyframes to the model's size, and remembers the ones used last: a slider that moves asks for the same ones
 * again and again. Safe for use by many threads.
 */
final class Fitter {
    private static final int LIMIT = 32;

    /** By the hash, so that no photograph stays in memory for having been fitted. */
    private record Key(String picture, Crop crop) {}

    private final int width;
    private final int height;
    private final LinkedHashMap<Key, Picture> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** Both in pixels. */
    Fitter(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** The part of the keyframe's picture that is used, at the model's size. */
    Picture fit(Keyframe keyframe) {
        var key = new Key(keyframe.picture().hash(), keyframe.crop());
        synchronized (entries) {
            Picture known = entries.get(key);
            if (known != null) {
                return known;
            }
        }
        Picture fitted = Resampler.crop(keyframe.picture(), keyframe.crop(), width, height);
        synchronized (entries) {
            entries.put(key, fitted);
            if (entries.size() > LIMIT) {
                entries.pollFirstEntry();
            }
        }
        return fitted;
    }
}
