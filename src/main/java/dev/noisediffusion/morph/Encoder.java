package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.DdimSampler;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.Phrase;
import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.tensor.Tensor;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Pictures to encodings, through the cache. Safe for use by many threads; two that want the same one share the work. */
final class Encoder {
    /** How soon a wait for another thread's work hears that it is no longer wanted. */
    private static final long PATIENCE_MILLIS = 20;

    private final DiffusionModel model;
    private final EncodingCache cache;
    private final DdimSampler sampler;
    private final ConcurrentHashMap<Encoding.Key, ReentrantLock> inMaking = new ConcurrentHashMap<>();

    Encoder(DiffusionModel model, EncodingCache cache) {
        this.model = model;
        this.cache = cache;
        this.sampler = new DdimSampler(model.settings());
    }

    /** What the cache would have to hold for {@link #encode} to take no network call. */
    Encoding.Key key(Picture fitted, Phrase said, MorphSettings settings, Timetable timetable) {
        Phrase words = model.network().readsPrompts() ? said : Phrase.of("");
        return new Encoding.Key(
                fitted.hash(), model.id(), settings.steps(), timetable.startTimestep(), timetable.length(), words);
    }

    boolean isCached(Encoding.Key key) {
        return cache.find(key).isPresent();
    }

    /**
     * The encoding of a picture of the model's size.
     *
     * @param said to be shown by it
     */
    Encoding encode(Picture fitted, Phrase said, MorphSettings settings, Timetable timetable, StepListener listener) {
        Encoding.Key key = key(fitted, said, settings, timetable);
        return cache.find(key)
                .orElseGet(() -> shared(key, () -> {
                    Denoiser denoiser = model.denoiser(Prompting.encoding(said));
                    Tensor clean = clean(fitted);
                    return new Encoding(clean, sampler.encode(denoiser, clean, timetable, listener));
                }));
    }

    /** Makes an encoding, unless another thread has it in hand. */
    private Encoding shared(Encoding.Key key, Supplier<Encoding> maker) {
        ReentrantLock lock = inMaking.computeIfAbsent(key, wanted -> new ReentrantLock());
        await(lock);
        try {
            return cache.find(key).orElseGet(() -> {
                Encoding made = maker.get();
                cache.put(key, made);
                return made;
            });
        } finally {
            lock.unlock();
            inMaking.remove(key, lock);
        }
    }

    /** Waits for a lock under the current token. */
    private static void await(ReentrantLock lock) {
        CancellationToken cancellation = CancellationToken.current();
        try {
            while (!lock.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                cancellation.throwIfCancelled();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted");
        }
    }

    /** The codec's latents of a picture of the model's size, without a network call of the denoiser. */
    Tensor clean(Picture fitted) {
        return model.codec().encode(fitted.toTensor());
    }
}
