package dev.noisediffusion.morph;

import dev.noisediffusion.tensor.Tensor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the encodings used last, up to a size, so that moving a slider decodes only. The clean latents of a picture are there
 * once for all its encodings, and serve for further ones. The states that encodings have passed through are kept too, from
 * which others go on, in the room that is left. Safe for use by many threads.
 */
public final class EncodingCache {
    /** Room for the encodings of hundreds of pictures of a Stable Diffusion model. */
    public static final long DEFAULT_BYTES = 256L << 20;

    /** Of the limit, for encodings and clean latents; a cache that is full of them would keep no state at all. */
    private static final double ENTRIES_SHARE = 0.75;

    private final long limit;
    private final Shelf entries = new Shelf();
    private final Shelf passed = new Shelf();

    /** Tensors, the one used last at the end. */
    private static final class Shelf {
        private final Map<Encoding.Origin, Tensor> tensors = new LinkedHashMap<>(16, 0.75f, true);
        private long bytes;

        Optional<Tensor> get(Encoding.Origin origin) {
            return Optional.ofNullable(tensors.get(origin));
        }

        void put(Encoding.Origin origin, Tensor tensor) {
            remove(origin);
            tensors.put(origin, tensor);
            bytes += size(tensor);
        }

        void remove(Encoding.Origin origin) {
            Tensor removed = tensors.remove(origin);
            bytes -= removed == null ? 0 : size(removed);
        }

        /** Makes room, as far as that many are left. */
        void evict(long most, int least) {
            Iterator<Tensor> eldest = tensors.values().iterator();
            while (bytes > most && tensors.size() > least) {
                bytes -= size(eldest.next());
                eldest.remove();
            }
        }

        private static long size(Tensor tensor) {
            return 4L * tensor.size();
        }
    }

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
        Optional<Tensor> noisy = entries.get(key);
        // Used after all encodings that share them, the clean latents are the last to go.
        Optional<Tensor> clean = entries.get(key.source());
        return clean.flatMap(x0 -> noisy.map(l -> new Encoding(x0, l)));
    }

    /** The clean latents of a picture. */
    synchronized Optional<Tensor> find(Encoding.Source source) {
        return entries.get(source);
    }

    /** The noisy latents alone, of an encoding or of a state that one has passed through. */
    synchronized Optional<Tensor> state(Encoding.Key key) {
        return find(key).map(Encoding::noisy).or(() -> passed.get(key));
    }

    /** Keeps a state on the way to an encoding. */
    synchronized void pass(Encoding.Key key, Tensor state) {
        if (find(key).isEmpty()) {
            passed.put(key, state);
            makeRoom();
        }
    }

    synchronized void put(Encoding.Key key, Encoding encoding) {
        passed.remove(key);
        entries.put(key, encoding.noisy());
        put(key.source(), encoding.clean());
    }

    synchronized void put(Encoding.Source source, Tensor clean) {
        entries.put(source, clean);
        makeRoom();
    }

    private void makeRoom() {
        // The newest encoding has two.
        entries.evict((long) (ENTRIES_SHARE * limit), 2);
        passed.evict(limit - entries.bytes, 0);
    }

    /** Tensors that are kept. */
    synchronized int size() {
        return entries.tensors.size() + passed.tensors.size();
    }

    /** Of all that is kept, in bytes. */
    synchronized long bytes() {
        return entries.bytes + passed.bytes;
    }
}
