package dev.noisediffusion.lab;

import dev.noisediffusion.measure.FeatureSet;
import dev.noisediffusion.measure.Gaussian;
import dev.noisediffusion.measure.Interval;
import dev.noisediffusion.measure.KernelDistance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Results by kind of pair and by cell: means over pairs with their 95 % bootstrap intervals.
 *
 * @param done lines there are
 * @param wanted lines of the finished run
 * @param groups natural pairs, generated ones, or both
 */
record Summary(int done, int wanted, List<Group> groups) {
    /** Pairs of one kind. */
    record Group(String name, List<CellSummary> cells) {}

    /**
     * One cell.
     *
     * @param values by metric; those that no pair has are left out
     * @param differences from the baseline, pair by pair, by metric; empty for the baseline, and where there is none
     * @param distance of its frames from the photographs as sets; absent without features, or with too few pairs
     */
    record CellSummary(
            String label,
            Map<String, Interval> values,
            Map<String, Interval> differences,
            @Nullable SetDistance distance) {}

    /**
     * How far the frames in the middle of a cell's morphs are, as a set, from the set of the pictures of all pairs, in the
     * denoiser's own bottleneck features.
     *
     * @param frechet compares only with numbers from as many pairs; it is not the FID
     * @param kernel the squared maximum mean discrepancy, times 1000; it is not the KID
     * @param kernelError its standard error by the jackknife over pairs, times 1000
     */
    record SetDistance(double frechet, double kernel, double kernelError) {}

    private static final int FEWEST_PAIRS = 4;

    static Summary of(ResultsFile.Content content) throws LabException {
        WorkPlan plan = content.header().plan();
        var natural = new ArrayList<Row>();
        var generated = new ArrayList<Row>();
        for (Row row : content.rows()) {
            (plan.pairs().get(row.pair()).generated() ? generated : natural).add(row);
        }
        var groups = new ArrayList<Group>();
        if (!natural.isEmpty()) {
            groups.add(group("natural", natural, content.header(), plan));
        }
        if (!generated.isEmpty()) {
            groups.add(group("generated", generated, content.header(), plan));
        }
        return new Summary(content.rows().size(), plan.size(), List.copyOf(groups));
    }

    private static Group group(String name, List<Row> rows, Header header, WorkPlan plan) {
        @Nullable FeatureSet pictures = pictures(rows);
        int baseline = baseline(header, plan);
        var cells = new ArrayList<CellSummary>();
        for (int cell = 0; cell < plan.cells().size(); cell++) {
            var values = new LinkedHashMap<String, Interval>();
            var differences = new LinkedHashMap<String, Interval>();
            for (Metric metric : header.metrics()) {
                Map<Integer, Double> own = byPair(rows, cell, metric);
                if (!own.isEmpty()) {
                    values.put(metric.key(), interval(own));
                    Map<Integer, Double> paired =
                            baseline < 0 || cell == baseline ? Map.of() : less(own, byPair(rows, baseline, metric));
                    if (!paired.isEmpty()) {
                        differences.put(metric.key(), interval(paired));
                    }
                }
            }
            cells.add(new CellSummary(
                    plan.cells().get(cell).label(), values, differences, distance(rows, cell, pictures)));
        }
        return new Group(name, List.copyOf(cells));
    }

    private static int baseline(Header header, WorkPlan plan) {
        for (int cell = 0; cell < plan.cells().size(); cell++) {
            if (plan.cells().get(cell).label().equals(header.experiment().baseline())) {
                return cell;
            }
        }
        return -1;
    }

    /** Means over seeds. */
    private static Map<Integer, Double> byPair(List<Row> rows, int cell, Metric metric) {
        var sums = new TreeMap<Integer, List<Double>>();
        for (Row row : rows) {
            Double value = row.values().get(metric.key());
            if (row.cell() == cell && value != null) {
                sums.computeIfAbsent(row.pair(), added -> new ArrayList<>()).add(value);
            }
        }
        var means = new TreeMap<Integer, Double>();
        sums.forEach((pair, values) ->
                means.put(pair, values.stream().mapToDouble(Double::doubleValue).sum() / values.size()));
        return means;
    }

    private static Map<Integer, Double> less(Map<Integer, Double> own, Map<Integer, Double> baseline) {
        var differences = new TreeMap<Integer, Double>();
        own.forEach((pair, value) -> {
            Double other = baseline.get(pair);
            if (other != null) {
                differences.put(pair, value - other);
            }
        });
        return differences;
    }

    private static Interval interval(Map<Integer, Double> byPair) {
        return Interval.bootstrap(
                byPair.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The features of the pictures themselves, each once; null without any. */
    private static @Nullable FeatureSet pictures(List<Row> rows) {
        List<String> texts = rows.stream()
                .map(Row::vectors)
                .filter(vectors -> vectors != null && vectors.size() == 3)
                .flatMap(vectors -> vectors.subList(1, 3).stream())
                .distinct()
                .toList();
        return texts.size() < FEWEST_PAIRS
                ? null
                : FeatureSet.of(texts.stream().map(BottleneckGauge::vector).toList());
    }

    private static @Nullable SetDistance distance(List<Row> rows, int cell, @Nullable FeatureSet pictures) {
        List<float[]> frames = rows.stream()
                .filter(row -> row.cell() == cell && row.vectors() != null)
                .map(row -> BottleneckGauge.vector(
                        Present.of(row.vectors(), "vectors").getFirst()))
                .toList();
        if (pictures == null || frames.size() < FEWEST_PAIRS) {
            return null;
        }
        KernelDistance kernel = KernelDistance.of(
                frames.stream().map(frame -> FeatureSet.of(List.of(frame))).toList(), pictures);
        double frechet = Gaussian.fittedTo(FeatureSet.of(frames)).frechetDistance(Gaussian.fittedTo(pictures));
        return new SetDistance(frechet, 1000 * kernel.value(), 1000 * kernel.error());
    }
}
