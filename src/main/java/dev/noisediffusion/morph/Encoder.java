package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.DdimSampler;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.Phrase;
import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    Encoding.Key key(Picture fitted, Phrase said, Timetable timetable) {
        return key(fitted.hash(), said, timetable);
    }

    /** The same of a picture that is known by its {@linkplain Picture#hash() hash}. */
    Encoding.Key key(String fittedHash, Phrase said, Timetable timetable) {
        Phrase words = model.network().readsPrompts() ? said : Phrase.of("");
        return new Encoding.Key(source(fittedHash), timetable.timesteps(), words);
    }

    private Encoding.Source source(String fittedHash) {
        return new Encoding.Source(fittedHash, model.cacheKey());
    }

    /** The states that {@link #encode} would have to make, each in one network call: those behind the last one that is known. */
    Set<Encoding.Key> missing(Encoding.Key key) {
        var missing = new HashSet<Encoding.Key>();
        int calls = key.calls();
        while (calls > 0 && cache.state(key.after(calls)).isEmpty()) {
            missing.add(key.after(calls));
            calls--;
        }
        return missing;
    }

    /**
     * The encoding of a picture of the model's size. Goes on from the last state on its way that is known, and keeps those it
     * passes through, also where it is cancelled.
     *
     * @param said to be shown by it
     * @param listener hears of the steps that are made
     * @throws OverflowException if the model makes infinite values or NaN
     */
    Encoding encode(Picture fitted, Phrase said, Timetable timetable, StepListener listener) {
        Encoding.Key key = key(fitted, said, timetable);
        Supplier<Encoding> maker = () -> {
            Tensor clean = clean(fitted);
            var made = new Encoding(clean, Finite.require(noisy(key, clean, said, timetable, listener)));
            cache.put(key, made);
            return made;
        };
        return cache.find(key).orElseGet(() -> inTurn(key, () -> cache.find(key).orElseGet(maker)));
    }

    private Tensor noisy(Encoding.Key key, Tensor clean, Phrase said, Timetable timetable, StepListener listener) {
        int known = key.calls() - missing(key).size();
        Optional<Tensor> state = cache.state(key.after(known));
        if (state.isPresent() && known == key.calls()) {
            return state.get();
        }
        // What was known may have been let go since.
        int done = state.isPresent() ? known : 0;
        return sampler.encode(
                model.denoiser(Prompting.encoding(said)), state.orElse(clean), done, timetable, keeping(key, listener));
    }

    private StepListener keeping(Encoding.Key key, StepListener listener) {
        return step -> {
            if (Kernels.isFinite(step.state())) {
                cache.pass(key.after(step.index() + 1), step.state());
            }
            listener.afterStep(step);
        };
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
        Encoding.Source source = source(fitted.hash());
        Supplier<Tensor> maker = () -> {
            Tensor made = Finite.require(model.codec().encode(fitted.toTensor()));
            cache.put(source, made);
            return made;
        };
        return cache.find(source)
                .orElseGet(() -> inTurn(source, () -> cache.find(source).orElseGet(maker)));
    }
}
