package dev.noisediffusion.lab;

import dev.noisediffusion.measure.Interval;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Means with their intervals, a line for each cell, as SVG. */
final class IntervalPlot {
    private static final int WIDTH = 1000;
    private static final int LABELS = 300;
    private static final int WIDEST_LABELS = 600;
    /** Between the labels and what is right of them. */
    private static final int GAP = 14;
    /** About as wide as a letter is, in pixels. */
    private static final double LETTER = 6.5;

    private static final int RIGHT = 20;
    private static final int ROW = 22;
    private static final int TICKS = 5;

    private IntervalPlot() {}

    /**
     * Draws cells that all have a value of the metric.
     *
     * @param baseline label of the cell whose mean is marked through all lines
     */
    static String svg(List<Summary.CellSummary> cells, Metric metric, @Nullable String baseline) {
        List<Interval> values = cells.stream()
                .map(cell -> Present.of(cell.values().get(metric.key()), metric.key()))
                .toList();
        DoubleSummaryStatistics ends =
                values.stream().flatMapToDouble(IntervalPlot::ends).summaryStatistics();
        double low = ends.getMin();
        double high = ends.getMax();
        int labels = widthOfLabels(cells);
        var scale = new Scale(low, high > low ? high : low + 1, labels);
        int height = ROW * cells.size() + ROW + 8;
        var svg = new StringBuilder("<svg class=\"plot\" viewBox=\"0 0 " + WIDTH + ' ' + height
                + "\" role=\"img\" aria-label=\"" + ReportPage.text(metric.title()) + "\">\n");
        for (double value : scale.ticks()) {
            svg.append(line(scale.x(value), 0, scale.x(value), height - ROW, ""))
                    .append(label(scale.x(value), height - 6, "middle", "quiet", ReportPage.tick(value)));
        }
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i).label().equals(baseline)) {
                double x = scale.x(values.get(i).mean());
                svg.append(line(x, 0, x, height - ROW, "baseline"));
            }
        }
        for (int i = 0; i < cells.size(); i++) {
            double y = ROW * i + ROW / 2.0;
            Interval value = values.get(i);
            svg.append(label(labels - GAP, y + 4, "end", "", cells.get(i).label()))
                    .append(value.known() ? line(scale.x(value.low()), y, scale.x(value.high()), y, "whisker") : "")
                    .append(String.format(
                            Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>\n", scale.x(value.mean()), y));
        }
        return svg.append("</svg>\n").toString();
    }

    private static int widthOfLabels(List<Summary.CellSummary> cells) {
        int longest =
                cells.stream().mapToInt(cell -> cell.label().length()).max().orElse(0);
        return Math.clamp((long) Math.ceil(longest * LETTER) + GAP, LABELS, WIDEST_LABELS);
    }

    private static DoubleStream ends(Interval value) {
        return value.known() ? DoubleStream.of(value.low(), value.high()) : DoubleStream.of(value.mean());
    }

    private record Scale(double low, double high, int left) {
        /** Round numbers: multiples of 1, 2 or 5 times a power of ten. */
        List<Double> ticks() {
            double rough = (high - low) / TICKS;
            double power = Math.pow(10, Math.floor(Math.log10(rough)));
            double digit = rough / power;
            double step = power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
            return LongStream.rangeClosed((long) Math.ceil(low / step), (long) Math.floor(high / step))
                    .mapToObj(multiple -> multiple * step)
                    .toList();
        }

        double x(double value) {
            return left + (value - low) / (high - low) * (WIDTH - left - RIGHT - 20) + 20;
        }
    }

    private static String line(double x1, double y1, double x2, double y2, String style) {
        return String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                style,
                x1,
                y1,
                x2,
                y2);
    }

    private static String label(double x, double y, String anchor, String style, String text) {
        return String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
                style,
                x,
                y,
                anchor,
                ReportPage.text(text));
    }
}
