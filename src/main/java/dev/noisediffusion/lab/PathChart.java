package dev.noisediffusion.lab;

import dev.noisediffusion.measure.PathPlot;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ways of one pair through all cells on one plane, among the photographs of the experiment.
 *
 * @param generated whether the pair and all pictures here were made by the model
 * @param space whose features these are
 * @param ofPhotographs whether the plane is that of the photographs alone; where they are few it is that of photographs and
 *     frames together
 * @param explained the share of the variance of those that the plane shows, in [0, 1]
 * @param photographs of the pairs that are measured, each once, of the first {@value #MOST_PAIRS} pairs
 * @param first picture of the pair; never right of the second
 * @param second picture of the pair
 * @param ways a way for each cell, in order
 */
public record PathChart(
        boolean generated,
        FeatureSpace space,
        boolean ofPhotographs,
        double explained,
        List<PathPlot.Point> photographs,
        PathPlot.Point first,
        PathPlot.Point second,
        List<Way> ways) {
    /** More would not be seen apart. */
    static final int MOST_PAIRS = 250;

    /**
     * The way through one cell.
     *
     * @param frames in order, without the pictures of the pair; empty until the cell is measured
     * @param middles the frames in the middle of all pairs that are measured, of the first {@value #MOST_PAIRS}
     */
    public record Way(List<PathPlot.Point> frames, List<PathPlot.Point> middles) {
        public Way {
            frames = List.copyOf(frames);
            middles = List.copyOf(middles);
        }
    }

    public PathChart {
        photographs = List.copyOf(photographs);
        ways = List.copyOf(ways);
    }

    /** What the points that are drawn lie within. */
    public record Extent(double lowX, double highX, double lowY, double highY) {}

    /** What all points of the chart but the pair's, which are photographs too, lie within. */
    public Extent extent() {
        List<PathPlot.Point> drawn = Stream.concat(
                        photographs.stream(),
                        ways.stream().flatMap(way -> Stream.concat(way.frames().stream(), way.middles().stream())))
                .toList();
        DoubleSummaryStatistics x =
                drawn.stream().mapToDouble(PathPlot.Point::x).summaryStatistics();
        DoubleSummaryStatistics y =
                drawn.stream().mapToDouble(PathPlot.Point::y).summaryStatistics();
        return new Extent(x.getMin(), x.getMax(), y.getMin(), y.getMax());
    }

    /** How far some points lie off the plane: the root of the mean square; 0 of none. */
    public static double offPlane(List<PathPlot.Point> points) {
        return Math.sqrt(points.stream()
                .mapToDouble(point -> point.distance() * point.distance())
                .average()
                .orElse(0));
    }
}
