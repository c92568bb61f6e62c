package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.morph.FrameIdentity;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Keeps the frames that were seen last, up to a size, so that what is undone or tried again is there at once. */
final class FrameCache {
    /** Thousands of frames of a small model, over a hundred of Stable Diffusion's. */
    static final long DEFAULT_BYTES = 128L << 20;

    /** A finished frame, and a small picture of it. */
    record Finished(Picture picture, Raster thumbnail) {
        long bytes() {
            return 3L * picture.width() * picture.height() + 4L * thumbnail.width() * thumbnail.height();
        }
    }

    private final long limit;
    private final LinkedHashMap<FrameIdentity, Finished> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    FrameCache(long limit) {
        this.limit = limit;
    }

    Optional<Finished> find(FrameIdentity identity) {
        return Optional.ofNullable(entries.get(identity));
    }

    void put(FrameIdentity identity, Finished frame) {
        Finished before = entries.put(identity, frame);
        bytes += frame.bytes() - (before == null ? 0 : before.bytes());
        Iterator<Finished> eldest = entries.values().iterator();
        while (bytes > limit && entries.size() > 1) {
            bytes -= eldest.next().bytes();
            eldest.remove();
        }
    }
}
