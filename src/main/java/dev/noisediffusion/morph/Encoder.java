package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.DdimSampler;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.tensor.Tensor;

/** Pictures to encodings, through the cache. */
final class Encoder {
    private final DiffusionModel model;
    private final EncodingCache cache;
    private final DdimSampler sampler;

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
            Tensor clean = clean(fitted);
            var encoding = new Encoding(clean, sampler.encode(model.denoiser(), clean, timetable, listener));
            cache.put(key, encoding);
            return encoding;
        });
    }

    /** The codec's latents of a picture of the model's size, without a network call of the denoiser. */
    Tensor clean(Picture fitted) {
        return model.codec().encode(fitted.toTensor());
    }
}
