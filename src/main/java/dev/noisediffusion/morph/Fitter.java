package dev.noisediffusion.morph;

import dev.noisediffusion.image.Crop;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Resampler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Brings keyframes to the model's size, and remembers the ones used last, up to a size: a slider that moves asks for the
 * same ones again and again. Safe for use by many threads.
 */
final class Fitter {
    /** Room for over a hundred pictures of a Stable Diffusion model. */
    private static final long DEFAULT_BYTES = 128L << 20;
    /** Each is short; far more than a morph has keyframes. */
    private static final int MOST_HASHES = 10_000;

    /** By the hash, so that no photograph stays in memory for having been fitted. */
    private record Key(String picture, Crop crop) {
        static Key of(Keyframe keyframe) {
            return new Key(keyframe.picture().hash(), keyframe.crop());
        }
    }

    private final int width;
    private final int height;
    private final int mostPictures;
    private final LinkedHashMap<Key, Picture> pictures = new LinkedHashMap<>(16, 0.75f, true);
    private final LinkedHashMap<Key, String> hashes = new LinkedHashMap<>(16, 0.75f, true);

    /** Both in pixels. */
    Fitter(int width, int height) {
        this(width, height, DEFAULT_BYTES);
    }

    /** @param limit of the pictures that are kept, in bytes; one is kept even where it alone is larger */
    Fitter(int width, int height, long limit) {
        this.width = width;
        this.height = height;
        this.mostPictures = Math.clamp(limit / (3L * width * height), 1, Integer.MAX_VALUE);
    }

    /** The part of the keyframe's picture that is used, at the model's size. */
    Picture fit(Keyframe keyframe) {
        Key key = Key.of(keyframe);
        return find(pictures, key).orElseGet(() -> {
            Picture fitted = Resampler.crop(keyframe.picture(), keyframe.crop(), width, height);
            keep(pictures, key, fitted, mostPictures);
            return fitted;
        });
    }

    /** The hash of what {@link #fit} gives; it is known of many more keyframes than there is room for pictures. */
    String hash(Keyframe keyframe) {
        Key key = Key.of(keyframe);
        return find(hashes, key).orElseGet(() -> {
            String hash = fit(keyframe).hash();
            keep(hashes, key, hash, MOST_HASHES);
            return hash;
        });
    }

    private synchronized <T> Optional<T> find(Map<Key, T> entries, Key key) {
        return Optional.ofNullable(entries.get(key));
    }

    private synchronized <T> void keep(SequencedMap<Key, T> entries, Key key, T value, int most) {
        entries.put(key, value);
        if (entries.size() > most) {
            entries.pollFirstEntry();
        }
    }
}
