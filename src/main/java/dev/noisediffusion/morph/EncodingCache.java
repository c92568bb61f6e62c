package dev.noisediffusion.morph;

import dev.noisediffusion.tensor.Tensor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the encodings used last, up to a size, so that moving a slider decodes only. The clean latents of a picture are there
 * once for all its encodings, and serve for further ones. Safe for use by many threads.
 */
public final class EncodingCache {
    /** Room for the encodings of hundreds of pictures of a Stable Diffusion model. */
    public static final long DEFAULT_BYTES = 256L << 20;

    private final long limit;
    private final Map<Encoding.Origin, Tensor> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    public EncodingCache() {
        this(DEFAULT_BYTES);
    }

    /**
     * A cache with room of its own choice.
     *
     * @param limit in bytes; the newest encoding stays even where it alone is larger
     */
    public EncodingCache(long limit) {
        this.limit = limit;
    }

    /** An encoding, whole. */
    public synchronized Optional<Encoding> find(Encoding.Key key) {
        Tensor noisy = entries.get(key);
        // Used after all encodings that share them, the clean latents are the last to go.
        Tensor clean = entries.get(key.source());
        return noisy == null || clean == null ? Optional.empty() : Optional.of(new Encoding(clean, noisy));
    }

    /** The clean latents of a picture. */
    synchronized Optional<Tensor> find(Encoding.Source source) {
        return Optional.ofNullable(entries.get(source));
    }

    synchronized void put(Encoding.Key key, Encoding encoding) {
        keep(key, encoding.noisy());
        put(key.source(), encoding.clean());
    }

    synchronized void put(Encoding.Source source, Tensor clean) {
        keep(source, clean);
        Iterator<Tensor> eldest = entries.values().iterator();
        // The newest encoding has two.
        while (bytes > limit && entries.size() > 2) {
            bytes -= bytes(eldest.next());
            eldest.remove();
        }
    }

    private void keep(Encoding.Origin origin, Tensor tensor) {
        Tensor before = entries.put(origin, tensor);
        bytes += bytes(tensor) - (before == null ? 0 : bytes(before));
    }

    private static long bytes(Tensor tensor) {
        return 4L * tensor.size();
    }

    /** Tensors that are kept. */
    synchronized int size() {
        return entries.size();
    }

    /** Of all that is kept, in bytes. */
    synchronized long bytes() {
        return bytes;
    }
}
