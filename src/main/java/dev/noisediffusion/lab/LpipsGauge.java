package dev.noisediffusion.lab;

import dev.noisediffusion.measure.Lpips;
import java.util.List;
import java.util.Map;

/** Morphs by LPIPS. Needs two network calls for each frame within, and one for each step. */
public final class LpipsGauge implements Gauge {
    private final PerceptualGauge gauge;

    public LpipsGauge(Lpips lpips) {
        gauge = new PerceptualGauge(
                "lpips", "LPIPS", "Zhang et al. 2018, by the network in the recipe", lpips::distance);
    }

    @Override
    public List<Metric> metrics() {
        return gauge.metrics();
    }

    @Override
    public Map<String, Double> measure(MorphSample sample) {
        return gauge.measure(sample);
    }
}
