package dev.noisediffusion.lab;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.measure.Lpips;
import dev.noisediffusion.measure.PathLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/** Morphs by a perceptual distance: how near frames are to the pictures, how near the ends, and how even the path is. */
public final class PerceptualGauge implements Gauge {
    private final Metric kept;
    private final Metric ends;
    private final Metric length;
    private final Metric unevenness;
    private final ToDoubleBiFunction<Picture, Picture> distance;

    /**
     * A gauge for one distance.
     *
     * @param key of the metrics, which begin with it
     * @param title of the distance
     * @param meaning what it is measured with, in a few words
     * @param distance between pictures of one size
     */
    PerceptualGauge(String key, String title, String meaning, ToDoubleBiFunction<Picture, Picture> distance) {
        this.kept = new Metric(
                key,
                title + " to the pictures",
                "(1 - f) distance to the first + f distance to the second, frames within; 0 is equal; " + meaning);
        this.ends = new Metric(
                "end-" + key,
                title + " at the ends",
                "of the method's frames at 0 and 1 to the pictures; 0 is equal; " + meaning);
        this.length = new Metric(
                key + "-path",
                title + " path length",
                "sum of the steps between frames from 0 to 1, over the straight way; " + meaning);
        this.unevenness = new Metric(
                key + "-unevenness",
                title + " path unevenness",
                "variance of those steps over their squared mean; 0 is even; " + meaning);
        this.distance = distance;
    }

    /** Morphs by LPIPS. Needs two network calls for each frame within, and one for each step. */
    public static Gauge lpips(Lpips lpips) {
        return new PerceptualGauge(
                "lpips", "LPIPS", "Zhang et al. 2018, by the network in the recipe", lpips::distance);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(kept, ends, length, unevenness);
    }

    @Override
    public Map<String, Double> measure(MorphSample sample) {
        var means = new Means();
        for (MorphSample.Shot shot : sample.within()) {
            means.add(
                    kept,
                    (1 - shot.fraction()) * distance.applyAsDouble(shot.picture(), sample.first())
                            + shot.fraction() * distance.applyAsDouble(shot.picture(), sample.second()));
        }
        for (MorphSample.Shot shot : sample.ends()) {
            means.add(
                    ends,
                    distance.applyAsDouble(shot.picture(), shot.fraction() == 0 ? sample.first() : sample.second()));
        }
        if (sample.frames().size() >= MorphSample.FEWEST_OF_PATH) {
            var steps = new ArrayList<Double>();
            for (int i = 1; i < sample.frames().size(); i++) {
                steps.add(distance.applyAsDouble(
                        sample.frames().get(i).picture(),
                        sample.frames().get(i - 1).picture()));
            }
            PathLength path = PathLength.of(steps);
            if (sample.isWholeWay()) {
                means.add(length, path.length() / distance.applyAsDouble(sample.first(), sample.second()));
            }
            means.add(unevenness, path.unevenness());
        }
        return means.values();
    }
}
