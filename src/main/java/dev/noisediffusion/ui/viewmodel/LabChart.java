package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.lab.PathChart;
import dev.noisediffusion.measure.PathPlot;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The ways of one pair through all settings, among the photographs, on one plane.
 *
 * @param title for people
 * @param plane what is shown, in a sentence
 * @param photographs all of them, those of the pair too
 * @param first picture of the pair
 * @param second picture of the pair
 * @param ways of the settings that have one already
 * @param low the corner at the lower left of all that is drawn
 * @param high the corner at the upper right
 */
public record LabChart(
        String title, String plane, List<Dot> photographs, Dot first, Dot second, List<Way> ways, Dot low, Dot high) {
    /**
     * A point of the plane.
     *
     * @param x to the right
     * @param y upwards
     */
    public record Dot(double x, double y) {
        static List<Dot> of(List<PathPlot.Point> points) {
            return points.stream().map(Dot::of).toList();
        }

        static Dot of(PathPlot.Point point) {
            return new Dot(point.x(), point.y());
        }
    }

    /**
     * The way with one setting.
     *
     * @param line of the setting in the table
     * @param hidden how far its frames lie off the plane, in words
     * @param frames in order, without the pictures of the pair
     * @param middles the frames in the middle of all pairs
     */
    public record Way(LabLine line, String hidden, List<Dot> frames, List<Dot> middles) {}

    /**
     * A chart for the screen.
     *
     * @param lines of the chart's kind of pairs, one for each cell
     */
    static LabChart of(PathChart chart, List<LabLine> lines, LabWords words) {
        PathChart.Extent all = chart.extent();
        return new LabChart(
                words.title(chart),
                words.plane(chart),
                Dot.of(chart.photographs()),
                Dot.of(chart.first()),
                Dot.of(chart.second()),
                IntStream.range(0, lines.size())
                        .filter(cell -> !chart.ways().get(cell).frames().isEmpty())
                        .mapToObj(
                                cell -> way(lines.get(cell), chart, chart.ways().get(cell), words))
                        .toList(),
                new Dot(all.lowX(), all.lowY()),
                new Dot(all.highX(), all.highY()));
    }

    private static Way way(LabLine line, PathChart chart, PathChart.Way way, LabWords words) {
        return new Way(line, words.hidden(chart, way), Dot.of(way.frames()), Dot.of(way.middles()));
    }
}
