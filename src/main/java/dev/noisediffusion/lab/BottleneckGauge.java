package dev.noisediffusion.lab;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.measure.BottleneckFeatures;
import dev.noisediffusion.measure.Features;
import dev.noisediffusion.measure.PathLength;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far frames are from the pictures they lie between, as the narrowest block of the model's own network sees them. Needs a
 * network call for each frame, and one for each picture of a pair.
 */
public final class BottleneckGauge implements Gauge {
    private static final Metric DISTANCE = new Metric(
            "bottleneck",
            "Bottleneck distance to the pictures",
            "(1 - f) distance to the first + f distance to the second, in the denoiser's own features; 0 is equal; not LPIPS");
    private static final Metric STEPS = new Metric(
            "bottleneck-path", "Bottleneck path length", "sum of the steps between frames, over the straight way");
    private static final Metric UNEVENNESS = new Metric(
            "bottleneck-unevenness", "Bottleneck path unevenness", "variance of those steps over their squared mean");
    private static final int KEPT = 64;

    private final BottleneckFeatures bottleneck;
    private final Map<Picture, Features> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Picture, Features> eldest) {
            return size() > KEPT;
        }
    };

    /** @param bottleneck stays the caller's */
    public BottleneckGauge(BottleneckFeatures bottleneck) {
        this.bottleneck = bottleneck;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(DISTANCE, STEPS, UNEVENNESS);
    }

    @Override
    public Map<String, Double> measure(MorphSample sample) {
        var means = new Means();
        for (MorphSample.Shot shot : sample.within()) {
            Features seen = features(shot.picture());
            means.add(
                    DISTANCE,
                    (1 - shot.fraction()) * seen.distance(features(sample.first()))
                            + shot.fraction() * seen.distance(features(sample.second())));
        }
        if (sample.frames().size() >= 3) {
            var steps = new ArrayList<Double>();
            for (int i = 1; i < sample.frames().size(); i++) {
                steps.add(features(sample.frames().get(i).picture())
                        .distance(features(sample.frames().get(i - 1).picture())));
            }
            PathLength path = PathLength.of(steps);
            means.add(STEPS, path.length() / features(sample.first()).distance(features(sample.second())));
            means.add(UNEVENNESS, path.unevenness());
        }
        return means.values();
    }

    /** The means over all places, as little-endian float32 in Base64. */
    String vector(Picture picture) {
        float[] pooled = features(picture).pooled();
        ByteBuffer bytes = ByteBuffer.allocate(pooled.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : pooled) {
            bytes.putFloat(value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** What {@link #vector} has written. */
    static float[] vector(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text)).order(ByteOrder.LITTLE_ENDIAN);
        var vector = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(vector);
        return vector;
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
