package dev.noisediffusion.ui.viewmodel;

import java.util.Iterator;
import java.util.LinkedHashMap;

/** Keeps the pictures shown last, up to a size, so that a loop that fits is enlarged once. Safe for use by many threads. */
final class RasterCache {
    /** A loop of 128 frames of the preview's size or a grid of four films of 32; of frames of 1024 x 1024 pixels, 32. */
    static final long DEFAULT_BYTES = 128L << 20;

    private final long limit;
    private final LinkedHashMap<Object, Raster> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    RasterCache(long limit) {
        this.limit = limit;
    }

    Raster get(PreviewSource source) {
        Object key = source.key();
        synchronized (entries) {
            Raster cached = entries.get(key);
            if (cached != null) {
                return cached;
            }
        }
        Raster made = source.make();
        synchronized (entries) {
            keep(key, made);
        }
        return made;
    }

    private void keep(Object key, Raster made) {
        Raster before = entries.put(key, made);
        bytes += bytes(made) - (before == null ? 0 : bytes(before));
        Iterator<Raster> eldest = entries.values().iterator();
        while (bytes > limit && entries.size() > 1) {
            bytes -= bytes(eldest.next());
            eldest.remove();
        }
    }

    private static long bytes(Raster raster) {
        return 4L * raster.width() * raster.height();
    }
}
