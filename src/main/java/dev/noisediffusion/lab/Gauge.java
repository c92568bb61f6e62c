package dev.noisediffusion.lab;

import java.util.List;
import java.util.Map;

/**
 * Measures morphs. Those of {@link Gauges#standard()} need nothing but the pictures; others may bring networks with them,
 * which stay their owner's to close.
 */
public interface Gauge {
    /** What it measures; keys differ from those of all other gauges of a run. */
    List<Metric> metrics();

    /**
     * Measures one morph. Must give the same numbers for the same morph, whatever was measured before.
     *
     * @return by the keys of the metrics; those that do not apply are left out, and so may numbers be that are not finite
     */
    Map<String, Double> measure(MorphSample sample);
}
