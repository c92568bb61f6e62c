package dev.noisediffusion.lab;

import dev.noisediffusion.measure.Look;
import java.util.List;
import java.util.Map;

/** Whether frames are as sharp and as bright as the pictures they lie between. */
final class LookGauge implements Gauge {
    private static final Metric SHARPNESS = new Metric(
            "sharpness",
            "Sharpness",
            "variance of the Laplacian, over that of the pictures weighted by the fraction; 1 is as sharp");
    private static final Metric BRIGHTNESS = new Metric(
            "brightness", "Brightness drift", "mean L*, less that of the pictures weighted by the fraction; 0 is none");

    @Override
    public List<Metric> metrics() {
        return List.of(SHARPNESS, BRIGHTNESS);
    }

    @Override
    public Map<String, Double> measure(MorphSample sample) {
        double sharpFirst = Look.sharpness(sample.first());
        double sharpSecond = Look.sharpness(sample.second());
        double brightFirst = Look.brightness(sample.first());
        double brightSecond = Look.brightness(sample.second());
        var means = new Means();
        for (MorphSample.Shot shot : sample.within()) {
            double f = shot.fraction();
            means.add(SHARPNESS, Look.sharpness(shot.picture()) / ((1 - f) * sharpFirst + f * sharpSecond));
            means.add(BRIGHTNESS, Look.brightness(shot.picture()) - (1 - f) * brightFirst - f * brightSecond);
        }
        return means.values();
    }
}
