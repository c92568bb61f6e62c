package dev.noisediffusion.lab;

import dev.noisediffusion.job.LabRefusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The gauges of a run, and what is asked of them. */
public final class Gauges {
    private final List<Gauge> gauges = new ArrayList<>();
    private final List<Metric> metrics = new ArrayList<>();

    /**
     * Some gauges.
     *
     * @param wanted keys of metrics; none for all
     * @throws LabException if one is not known
     */
    Gauges(List<Gauge> all, @Nullable List<String> wanted) throws LabException {
        List<String> known = all.stream()
                .flatMap(gauge -> gauge.metrics().stream())
                .map(Metric::key)
                .toList();
        if (wanted != null) {
            Set<String> unknown = new HashSet<>(wanted);
            known.forEach(unknown::remove);
            if (!unknown.isEmpty() || wanted.isEmpty()) {
                String missing = String.join(", ", unknown.stream().sorted().toList());
                String there = String.join(", ", known);
                throw new LabException(
                        LabRefusal.UNKNOWN_METRICS.with(missing, there),
                        "The experiment asks for metrics that are not known here: " + missing + "; there are " + there
                                + ".",
                        null);
            }
        }
        for (Gauge gauge : all) {
            List<Metric> own = gauge.metrics().stream()
                    .filter(metric -> wanted == null || wanted.contains(metric.key()))
                    .toList();
            if (!own.isEmpty()) {
                gauges.add(gauge);
                metrics.addAll(own);
            }
        }
    }

    /** Those that need nothing but the pictures. */
    public static List<Gauge> standard() {
        return List.of(new SimilarityGauge(), new LookGauge(), new EndGauge(), new PathGauge(), new NoiseGauge());
    }

    List<Metric> metrics() {
        return List.copyOf(metrics);
    }

    /** All that is wanted and finite. */
    Map<String, Double> measure(MorphSample sample) {
        var values = new HashMap<String, Double>();
        for (Gauge gauge : gauges) {
            gauge.measure(sample).forEach((key, value) -> {
                if (Double.isFinite(value)
                        && metrics.stream().anyMatch(metric -> metric.key().equals(key))) {
                    values.put(key, value);
                }
            });
        }
        return values;
    }
}
