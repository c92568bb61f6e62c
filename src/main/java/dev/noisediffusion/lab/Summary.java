package dev.noisediffusion.lab;

import dev.noisediffusion.measure.FeatureSet;
import dev.noisediffusion.measure.Gaussian;
import dev.noisediffusion.measure.Interval;
import dev.noisediffusion.measure.KernelDistance;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Results by kind of pair and by cell: means over pairs with their 95 % intervals by Student's t.
 *
 * @param done lines there are
 * @param wanted lines of the finished run
 * @param empty lines without a number: where the model overflowed, or no metric applies
 * @param groups natural pairs, generated ones, or both
 */
record Summary(int done, int wanted, int empty, List<Group> groups) {
    /** Pairs of one kind. */
    record Group(String name, List<CellSummary> cells) {
        boolean isGenerated() {
            return name.equals(PicturePair.GENERATED);
        }
    }

    /**
     * One cell.
     *
     * @param values by metric; those that no pair has are left out
     * @param differences from the baseline, pair by pair, of the seeds that both have, by metric; empty for the baseline, where
     *     there is none, and where other frames are measured than there
     * @param distances of its frames from the photographs as sets; only spaces that have finite features of enough pairs
     */
    record CellSummary(
            String label,
            Map<String, Interval> values,
            Map<String, Interval> differences,
            Map<FeatureSpace, SetDistance> distances) {}

    /**
     * How far the frames in the middle of a cell's morphs are, as a set, from the set of the pictures of all pairs.
     *
     * @param frechet compares only with numbers from as many pairs
     * @param kernel the squared maximum mean discrepancy, times 1000; likewise, since the frames were made of these pictures
     * @param kernelError its standard error by the jackknife over pairs, which take their shares of their pictures along, widened by
     *     their {@link Overlap}, times 1000; leaving out pictures, with every pair that they are in, would count each frame twice
     * @param kernelLow end of its 95 % interval, times 1000
     * @param kernelHigh end of its 95 % interval, times 1000
     * @param count of the frames, one of each pair that has not overflowed
     */
    record SetDistance(
            double frechet, double kernel, double kernelError, double kernelLow, double kernelHigh, int count) {}

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
            groups.add(group(PicturePair.NATURAL, natural, content.header(), plan));
        }
        if (!generated.isEmpty()) {
            groups.add(group(PicturePair.GENERATED, generated, content.header(), plan));
        }
        long empty =
                content.rows().stream().filter(row -> row.values().isEmpty()).count();
        return new Summary(content.rows().size(), plan.size(), Math.toIntExact(empty), List.copyOf(groups));
    }

    private static Group group(String name, List<Row> rows, Header header, WorkPlan plan) {
        Map<FeatureSpace, Photographs> pictures = new EnumMap<>(FeatureSpace.class);
        for (FeatureSpace space : FeatureSpace.values()) {
            Map<Integer, float[]> vectors = pictures(plan, rows, space);
            if (vectors.size() >= FEWEST_PAIRS) {
                pictures.put(space, Photographs.of(vectors));
            }
        }
        int baseline = baseline(header, plan);
        var cells = new ArrayList<CellSummary>();
        for (int cell = 0; cell < plan.cells().size(); cell++) {
            CellSummary alone = cell(plan, rows, cell, baseline, header.metrics());
            cells.add(new CellSummary(
                    alone.label(), alone.values(), alone.differences(), distances(plan, rows, cell, pictures)));
        }
        return new Group(name, List.copyOf(cells));
    }

    /**
     * A cell without its distances as a set.
     *
     * @param baseline number of the cell that others are compared with, -1 for none
     */
    static CellSummary cell(WorkPlan plan, List<Row> rows, int cell, int baseline, List<Metric> metrics) {
        Cell own = plan.cells().get(cell);
        boolean compared = baseline >= 0
                && cell != baseline
                && own.isComparableWith(plan.cells().get(baseline));
        var values = new LinkedHashMap<String, Interval>();
        var differences = new LinkedHashMap<String, Interval>();
        for (Metric metric : metrics) {
            Map<Integer, Map<Long, Double>> measured = bySeed(rows, cell, metric);
            if (!measured.isEmpty()) {
                values.put(metric.key(), interval(plan, measured));
                Map<Integer, Map<Long, Double>> paired =
                        compared ? less(measured, bySeed(rows, baseline, metric)) : Map.of();
                if (!paired.isEmpty()) {
                    differences.put(metric.key(), interval(plan, paired));
                }
            }
        }
        return new CellSummary(own.label(), values, differences, Map.of());
    }

    /** The number of the cell that others are compared with, -1 for none. */
    static int baseline(Header header, WorkPlan plan) {
        for (int cell = 0; cell < plan.cells().size(); cell++) {
            if (plan.cells().get(cell).label().equals(header.experiment().baseline())) {
                return cell;
            }
        }
        return -1;
    }

    /** The values of each pair by seed. */
    private static Map<Integer, Map<Long, Double>> bySeed(List<Row> rows, int cell, Metric metric) {
        var values = new TreeMap<Integer, Map<Long, Double>>();
        for (Row row : rows) {
            Double value = row.values().get(metric.key());
            if (row.cell() == cell && value != null) {
                values.computeIfAbsent(row.pair(), added -> new LinkedHashMap<>())
                        .put(row.seed(), value);
            }
        }
        return values;
    }

    /** Seed by seed, or the noise that only one of the two has would count as a difference. */
    private static Map<Integer, Map<Long, Double>> less(
            Map<Integer, Map<Long, Double>> own, Map<Integer, Map<Long, Double>> baseline) {
        var differences = new TreeMap<Integer, Map<Long, Double>>();
        own.forEach((pair, values) -> values.forEach((seed, value) -> {
            Double other = baseline.getOrDefault(pair, Map.of()).get(seed);
            if (other != null) {
                differences
                        .computeIfAbsent(pair, added -> new LinkedHashMap<>())
                        .put(seed, value - other);
            }
        }));
        return differences;
    }

    /** Over pairs, of their means over seeds. */
    private static Interval interval(WorkPlan plan, Map<Integer, Map<Long, Double>> byPair) {
        Overlap overlap =
                Overlap.of(byPair.keySet().stream().map(plan.pairs()::get).toList());
        return Interval.student(
                byPair.values().stream().mapToDouble(Summary::mean).toArray(), overlap.freedom(), overlap.widening());
    }

    private static double mean(Map<Long, Double> bySeed) {
        return bySeed.values().stream().mapToDouble(Double::doubleValue).sum() / bySeed.size();
    }

    /** The features of the pictures themselves, by their numbers. */
    private static Map<Integer, float[]> pictures(WorkPlan plan, List<Row> rows, FeatureSpace space) {
        var pictures = new LinkedHashMap<Integer, float[]>();
        for (Row row : rows) {
            List<String> vectors = vectors(row, space);
            if (vectors.size() == 3) {
                PicturePair pair = plan.pairs().get(row.pair());
                Vectors.finite(vectors.subList(1, 2)).forEach(vector -> pictures.putIfAbsent(pair.first(), vector));
                Vectors.finite(vectors.subList(2, 3)).forEach(vector -> pictures.putIfAbsent(pair.second(), vector));
            }
        }
        return pictures;
    }

    private static List<String> vectors(Row row, FeatureSpace space) {
        return row.vectors() == null ? List.of() : row.vectors().getOrDefault(space.key(), List.of());
    }

    private static Map<FeatureSpace, SetDistance> distances(
            WorkPlan plan, List<Row> rows, int cell, Map<FeatureSpace, Photographs> pictures) {
        List<Row> own = rows.stream().filter(row -> row.cell() == cell).toList();
        var distances = new EnumMap<FeatureSpace, SetDistance>(FeatureSpace.class);
        pictures.forEach((space, known) -> {
            var pairs = new ArrayList<PicturePair>();
            var frames = new ArrayList<float[]>();
            for (Row row : own) {
                List<String> first = vectors(row, space).stream().limit(1).toList();
                for (float[] frame : Vectors.finite(first)) {
                    pairs.add(plan.pairs().get(row.pair()));
                    frames.add(frame);
                }
            }
            if (frames.size() >= FEWEST_PAIRS) {
                distances.put(space, distance(frames, pairs, known));
            }
        });
        return distances;
    }

    /**
     * The pictures of all pairs as a set, which every cell is compared with.
     *
     * @param numbers of the pictures, in the order of the set
     */
    private record Photographs(List<Integer> numbers, FeatureSet set, Gaussian fitted) {
        static Photographs of(Map<Integer, float[]> pictures) {
            FeatureSet set = FeatureSet.of(List.copyOf(pictures.values()));
            return new Photographs(List.copyOf(pictures.keySet()), set, Gaussian.fittedTo(set));
        }

        /** Where in the set the pictures of a pair are; one that is not there is left out. */
        List<Integer> places(PicturePair pair) {
            return Stream.of(pair.first(), pair.second())
                    .map(numbers::indexOf)
                    .filter(place -> place >= 0)
                    .toList();
        }
    }

    /** @param pairs that the frames are of, in their order */
    private static SetDistance distance(List<float[]> frames, List<PicturePair> pairs, Photographs pictures) {
        Overlap overlap = Overlap.of(pairs);
        FeatureSet set = FeatureSet.of(frames);
        KernelDistance kernel =
                KernelDistance.of(set, pairs.stream().map(pictures::places).toList(), pictures.set());
        double frechet = Gaussian.fittedTo(set).frechetDistance(pictures.fitted());
        double error = 1000 * overlap.widening() * kernel.error();
        Interval range = Interval.student(1000 * kernel.value(), error, overlap.freedom(), frames.size());
        return new SetDistance(frechet, range.mean(), error, range.low(), range.high(), range.count());
    }
}
