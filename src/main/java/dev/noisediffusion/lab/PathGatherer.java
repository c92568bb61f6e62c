package dev.noisediffusion.lab;

import dev.noisediffusion.measure.FeatureSet;
import dev.noisediffusion.measure.PathPlot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what a {@link PathChart} is made of from the rows of one kind of pair. */
final class PathGatherer {
    /** The plane of fewer photographs says little about others. */
    static final int FEWEST_PHOTOGRAPHS = 8;

    private final WorkPlan plan;
    private final boolean generated;
    private final int firstPair;
    private final Map<Integer, float[]> photographs = new LinkedHashMap<>();
    private final List<List<float[]>> paths = new ArrayList<>();
    private final List<List<float[]>> middles = new ArrayList<>();
    private @Nullable FeatureSpace space;
    private @Nullable PathPlot plane;

    PathGatherer(WorkPlan plan, boolean generated) {
        this.plan = plan;
        this.generated = generated;
        this.firstPair = plan.firstPair(generated);
        for (int cell = 0; cell < plan.cells().size(); cell++) {
            paths.add(List.of());
            middles.add(new ArrayList<>());
        }
    }

    /** The charts of a run: of natural pairs, then of generated ones; those that there are results for. */
    static List<PathChart> charts(ResultsFile.Content content) throws LabException {
        WorkPlan plan = content.header().plan();
        var natural = new PathGatherer(plan, false);
        var generated = new PathGatherer(plan, true);
        for (Row row : content.rows()) {
            (plan.pairs().get(row.pair()).generated() ? generated : natural).add(row);
        }
        return Stream.of(natural, generated)
                .flatMap(gatherer -> gatherer.chart().stream())
                .toList();
    }

    /** Takes what there is of a row of this kind. */
    void add(Row row) {
        if (row.vectors() == null || row.pair() - firstPair >= PathChart.MOST_PAIRS) {
            return;
        }
        for (FeatureSpace known : FeatureSpace.values()) {
            List<String> vectors = row.vectors().get(known.key());
            if (vectors != null) {
                space = known;
                middles.get(row.cell()).addAll(Vectors.finite(vectors.subList(0, 1)));
                PicturePair pair = plan.pairs().get(row.pair());
                if (vectors.size() == 3) {
                    keep(pair.first(), vectors.get(1));
                    keep(pair.second(), vectors.get(2));
                }
                break;
            }
        }
        if (row.path() != null) {
            paths.set(row.cell(), Vectors.finite(row.path()));
            plane = null;
        }
    }

    private void keep(int picture, String vector) {
        List<float[]> seen = photographs.containsKey(picture) ? List.of() : Vectors.finite(List.of(vector));
        if (!seen.isEmpty()) {
            photographs.put(picture, seen.getFirst());
            plane = null;
        }
    }

    /** The chart of what there is; empty while no way is known, or its features are too few for a plane. */
    Optional<PathChart> chart() {
        if (space == null || paths.stream().allMatch(List::isEmpty)) {
            return Optional.empty();
        }
        PicturePair pair = plan.pairs().get(firstPair);
        float[] one = photographs.get(pair.first());
        float[] other = photographs.get(pair.second());
        if (one == null || other == null) {
            return Optional.empty();
        }
        boolean ofPhotographs = photographs.size() >= FEWEST_PHOTOGRAPHS;
        // The photographs come first, so that they are the first points of the plane.
        List<float[]> basis = new ArrayList<>(photographs.values());
        if (!ofPhotographs) {
            paths.forEach(basis::addAll);
        }
        if (basis.size() < 3 || basis.getFirst().length < 2) {
            return Optional.empty();
        }
        PathPlot plot = plane == null ? PathPlot.of(FeatureSet.of(basis)) : plane;
        plane = plot;
        PathPlot.Point first = points(plot, List.of(one)).getFirst();
        PathPlot.Point second = points(plot, List.of(other)).getFirst();
        double side = first.x() > second.x() ? -1 : 1;
        var ways = new ArrayList<PathChart.Way>();
        for (int cell = 0; cell < paths.size(); cell++) {
            ways.add(new PathChart.Way(
                    turned(points(plot, paths.get(cell)), side), turned(points(plot, middles.get(cell)), side)));
        }
        return Optional.of(new PathChart(
                generated,
                space,
                ofPhotographs,
                plot.explained(),
                turned(plot.photographs().subList(0, photographs.size()), side),
                turned(List.of(first), side).getFirst(),
                turned(List.of(second), side).getFirst(),
                ways));
    }

    private static List<PathPlot.Point> points(PathPlot plot, List<float[]> vectors) {
        return vectors.isEmpty() ? List.of() : plot.points(FeatureSet.of(vectors));
    }

    /** A direction has no side of its own: the first picture is shown on the left. */
    private static List<PathPlot.Point> turned(List<PathPlot.Point> points, double side) {
        return points.stream()
                .map(point -> new PathPlot.Point(side * point.x(), point.y(), point.distance()))
                .toList();
    }
}
