package dev.noisediffusion.lab;

import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.image.ImageException;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.morph.Keyframe;
import dev.noisediffusion.morph.MorphProbe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The pictures of pairs at the model's size: photographs are read, others made; the ones used last are kept. */
final class PairPictures {
    private static final int KEPT = 128;

    /** A picture by kind and index. */
    record Key(boolean generated, int index) {}

    private final PictureSet photographs;
    private final MorphProbe probe;
    private final Experiment.PairCounts counts;
    private final Map<Key, Keyframe> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Keyframe> eldest) {
            return size() > KEPT;
        }
    };

    PairPictures(PictureSet photographs, MorphProbe probe, Experiment.PairCounts counts) {
        this.photographs = photographs;
        this.probe = probe;
        this.counts = counts;
    }

    static List<Key> keys(PicturePair pair) {
        return List.of(new Key(pair.generated(), pair.first()), new Key(pair.generated(), pair.second()));
    }

    Keyframe get(Key key, StepListener listener, CancellationToken cancellation) throws ImageException {
        Keyframe known = kept.get(key);
        if (known == null) {
            known = new Keyframe(key.toString(), picture(key, listener, cancellation));
            kept.put(key, known);
        }
        return known;
    }

    private Picture picture(Key key, StepListener listener, CancellationToken cancellation) throws ImageException {
        if (!key.generated()) {
            return probe.fitted(new Keyframe(photographs.names().get(key.index()), photographs.load(key.index())));
        }
        long seed = new SplittableRandom(counts.seed() + 0x9E3779B97F4A7C15L * (key.index() + 1L)).nextLong();
        return probe.generated(seed, counts.generatedSteps(), listener, cancellation);
    }
}
