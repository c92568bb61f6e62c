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
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Pictures to encodings, through the cache. Safe for use by many threads; two that want the same one share the work. */
final class Encoder {
    private final DiffusionModel model;
    private final EncodingCache cache;
    private final DdimSampler sampler;
    private final Map<Encoding.Origin, Shared> underWay = new HashMap<>();

    /** A lock, which stays the one of what is made as long as a thread has it or waits for it. */
    private static final class Shared {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    Encoder(DiffusionModel model, EncodingCache cache) {
        this.model = model;
        this.cache = cache;
        this.sampler = new DdimSampler(model.settings());
    }

    /** What the cache would have to hold for {@link #encode} to take no network call. */
    Encoding.Key key(Picture fitted, Phrase said, MorphSettings settings, Timetable timetable) {
        Phrase words = model.network().readsPrompts() ? said : Phrase.of("");
        return new Encoding.Key(source(fitted), settings.steps(), timetable.startTimestep(), timetable.length(), words);
    }

    private Encoding.Source source(Picture fitted) {
        return new Encoding.Source(fitted.hash(), model.cacheKey());
    }

    boolean isCached(Encoding.Key key) {
        return cache.find(key).isPresent();
    }

    /**
     * The encoding of a picture of the model's size.
     *
     * @param said to be shown by it
     * @throws OverflowException if the model makes infinite values or NaN
     */
    Encoding encode(Picture fitted, Phrase said, MorphSettings settings, Timetable timetable, StepListener listener) {
        Encoding.Key key = key(fitted, said, settings, timetable);
        Supplier<Encoding> maker = () -> {
            Denoiser denoiser = model.denoiser(Prompting.encoding(said));
            Tensor clean = clean(fitted);
            var made = new Encoding(clean, Finite.require(sampler.encode(denoiser, clean, timetable, listener)));
            cache.put(key, made);
            return made;
        };
        return cache.find(key).orElseGet(() -> inTurn(key, () -> cache.find(key).orElseGet(maker)));
    }

    /** Does work when no other thread does the same. */
    private <T> T inTurn(Encoding.Origin wanted, Supplier<T> work) {
        Shared shared = enter(wanted);
        try {
            CancellationToken.current().take(shared.lock);
            try {
                return work.get();
            } finally {
                shared.lock.unlock();
            }
        } finally {
            leave(wanted, shared);
        }
    }

    private Shared enter(Encoding.Origin wanted) {
        synchronized (underWay) {
            Shared shared = underWay.computeIfAbsent(wanted, added -> new Shared());
            shared.users++;
            return shared;
        }
    }

    private void leave(Encoding.Origin wanted, Shared shared) {
        synchronized (underWay) {
            shared.users--;
            if (shared.users == 0) {
                underWay.remove(wanted);
            }
        }
    }

    /**
     * The codec's latents of a picture of the model's size, without a network call of the denoiser.
     *
     * @throws OverflowException if the codec makes infinite values or NaN
     */
    Tensor clean(Picture fitted) {
        Encoding.Source source = source(fitted);
        Supplier<Tensor> maker = () -> {
            Tensor made = Finite.require(model.codec().encode(fitted.toTensor()));
            cache.put(source, made);
            return made;
        };
        return cache.find(source)
                .orElseGet(() -> inTurn(source, () -> cache.find(source).orElseGet(maker)));
    }
}
