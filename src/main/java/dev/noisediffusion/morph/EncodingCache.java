package dev.noisediffusion.morph;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps the encodings used last, up to a size, so that moving a slider decodes only. Safe for use by many threads. */
public final class EncodingCache {
    /** Room for the encodings of hundreds of pictures of a Stable Diffusion model. */
    public static final long DEFAULT_BYTES = 256L << 20;

    private final long limit;
    private final Map<Encoding.Key, Encoding> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    public EncodingCache() {
        this(DEFAULT_BYTES);
    }

    /**
     * A cache with room of its own choice.
     *
     * @param limit in bytes; the newest entry stays even where it alone is larger
     */
    public EncodingCache(long limit) {
        this.limit = limit;
    }

    public synchronized Optional<Encoding> find(Encoding.Key key) {
        return Optional.ofNullable(entries.get(key));
    }

    synchronized void put(Encoding.Key key, Encoding encoding) {
        Encoding before = entries.put(key, encoding);
        bytes += encoding.bytes() - (before == null ? 0 : before.bytes());
        Iterator<Encoding> eldest = entries.values().iterator();
        while (bytes > limit && entries.size() > 1) {
            bytes -= eldest.next().bytes();
            eldest.remove();
        }
    }

    synchronized int size() {
        return entries.size();
    }
}
