package dev.noisediffusion.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Means over frames, by metric. */
final class Means {
    private final Map<String, List<Double>> all = new HashMap<>();

    void add(Metric metric, double value) {
        all.computeIfAbsent(metric.key(), added -> new ArrayList<>()).add(value);
    }

    Map<String, Double> values() {
        var means = new HashMap<String, Double>();
        all.forEach((key, values) ->
                means.put(key, values.stream().mapToDouble(Double::doubleValue).sum() / values.size()));
        return means;
    }
}
