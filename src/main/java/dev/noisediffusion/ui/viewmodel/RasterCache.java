package dev.noisediffusion.ui.viewmodel;

import java.util.LinkedHashMap;

/** Keeps the pictures shown last, so that a loop is enlarged once. Safe for use by many threads. */
final class RasterCache {
    /** About 80 MB of the preview's size: a grid of four films of the usual length. */
    private static final int LIMIT = 80;

    private final LinkedHashMap<PreviewSource, Raster> entries = new LinkedHashMap<>(16, 0.75f, true);

    Raster get(PreviewSource source) {
        synchronized (entries) {
            Raster cached = entries.get(source);
            if (cached != null) {
                return cached;
            }
        }
        Raster made = source.make();
        synchronized (entries) {
            entries.put(source, made);
            if (entries.size() > LIMIT) {
                entries.pollFirstEntry();
            }
        }
        return made;
    }
}
