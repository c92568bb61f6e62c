package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import java.util.LinkedHashMap;

/** Keeps the enlarged frames shown last, so that a loop is enlarged once. Safe for use by many threads. */
final class RasterCache {
    /** About 64 MB of the preview's size. */
    private static final int LIMIT = 64;

    /** A picture by identity: comparing pixels would cost more than it saves. */
    private record Key(Picture picture) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(Object other) {
            return other instanceof Key key && key.picture == picture;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(picture);
        }
    }

    private final LinkedHashMap<Key, Raster> entries = new LinkedHashMap<>(16, 0.75f, true);

    Raster enlarged(Picture picture) {
        var key = new Key(picture);
        synchronized (entries) {
            Raster cached = entries.get(key);
            if (cached != null) {
                return cached;
            }
        }
        Raster made = Raster.enlarged(picture);
        synchronized (entries) {
            entries.put(key, made);
            if (entries.size() > LIMIT) {
                entries.pollFirstEntry();
            }
        }
        return made;
    }
}
