package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.DdimSampler;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.tensor.Tensor;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Pictures to encodings, through the cache. Safe for use by many threads; two that want the same one share the work. */
final class Encoder {
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
    Encoding.Key key(Picture fitted, int steps, Timetable timetable) {
        return new Encoding.Key(fitted.hash(), model.id(), steps, timetable.startTimestep(), timetable.length());
    }

    boolean isCached(Encoding.Key key) {
        return cache.find(key).isPresent();
    }

    /** The encoding of a picture of the model's size. */
    Encoding encode(Picture fitted, int steps, Timetable timetable, StepListener listener) {
        Encoding.Key key = key(fitted, steps, timetable);
        return cache.find(key).orElseGet(() -> {
            ReentrantLock lock = inMaking.computeIfAbsent(key, made -> new ReentrantLock());
            lock.lock();
            try {
                return cache.find(key).orElseGet(() -> make(fitted, key, timetable, listener));
            } finally {
                lock.unlock();
                inMaking.remove(key, lock);
            }
        });
    }

    private Encoding make(Picture fitted, Encoding.Key key, Timetable timetable, StepListener listener) {
        Tensor clean = clean(fitted);
        var encoding = new Encoding(clean, sampler.encode(model.denoiser(), clean, timetable, listener));
        cache.put(key, encoding);
        return encoding;
    }

    /** The codec's latents of a picture of the model's size, without a network call of the denoiser. */
    Tensor clean(Picture fitted) {
        return model.codec().encode(fitted.toTensor());
    }
}
