package dev.noisediffusion.lab;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.measure.BottleneckFeatures;
import dev.noisediffusion.measure.Features;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Morphs as the narrowest block of the model's own network sees them. Needs a network call for each frame, and one for each
 * picture of a pair.
 */
public final class BottleneckGauge implements Gauge, Eye {
    private static final int KEPT = 64;

    private final BottleneckFeatures bottleneck;
    private final PerceptualGauge gauge;
    private final Map<Picture, Features> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Picture, Features> eldest) {
            return size() > KEPT;
        }
    };

    /** @param bottleneck stays the caller's */
    public BottleneckGauge(BottleneckFeatures bottleneck) {
        this.bottleneck = bottleneck;
        this.gauge = new PerceptualGauge(
                "bottleneck",
                "Bottleneck distance",
                "in the denoiser's own features, not LPIPS",
                (a, b) -> features(a).distance(features(b)));
    }

    @Override
    public List<Metric> metrics() {
        return gauge.metrics();
    }

    @Override
    public Map<String, Double> measure(MorphSample sample) {
        return gauge.measure(sample);
    }

    @Override
    public FeatureSpace space() {
        return FeatureSpace.BOTTLENECK;
    }

    /** The means over all places. */
    @Override
    public float[] vector(Picture picture) {
        return features(picture).pooled();
    }

    /** One by one, so that no number depends on the company that a picture had. */
    private Features features(Picture picture) {
        Features known = kept.get(picture);
        if (known == null) {
            known = bottleneck.of(picture);
            kept.put(picture, known);
        }
        return known;
    }
}
