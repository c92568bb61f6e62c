package dev.noisediffusion.lab;

import dev.noisediffusion.image.CieLabPicture;
import dev.noisediffusion.measure.PathLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How far the pixels travel from frame to frame, and how evenly; of morphs with three frames or more. */
final class PathGauge implements Gauge {
    private static final Metric LENGTH = new Metric(
            "path",
            "Pixel path length",
            "sum of the RMS Delta E between frames from 0 to 1, over that between the pictures; 1 is straight");
    private static final Metric UNEVENNESS =
            new Metric("unevenness", "Path unevenness", "variance of those steps over their squared mean; 0 is even");

    @Override
    public List<Metric> metrics() {
        return List.of(LENGTH, UNEVENNESS);
    }

    @Override
    public Map<String, Double> measure(MorphSample sample) {
        if (sample.frames().size() < MorphSample.FEWEST_OF_PATH) {
            return Map.of();
        }
        var steps = new ArrayList<Double>();
        CieLabPicture before = CieLabPicture.of(sample.frames().getFirst().picture());
        for (MorphSample.Shot shot : sample.frames().subList(1, sample.frames().size())) {
            CieLabPicture now = CieLabPicture.of(shot.picture());
            steps.add(before.distance(now));
            before = now;
        }
        PathLength path = PathLength.of(steps);
        if (!sample.isWholeWay()) {
            return Map.of(UNEVENNESS.key(), path.unevenness());
        }
        double straight = CieLabPicture.of(sample.first()).distance(CieLabPicture.of(sample.second()));
        return Map.of(LENGTH.key(), path.length() / straight, UNEVENNESS.key(), path.unevenness());
    }
}
