package dev.noisediffusion.lab;

import dev.noisediffusion.measure.PathPlot;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A small plot of the path in each cell, all on one plane and at one scale, as HTML with SVG. */
final class PathPanels {
    private static final int WIDTH = 240;
    private static final int HEIGHT = 190;
    private static final int MARGIN = 14;

    private final Header header;
    private final PathChart chart;
    private final String cloud;
    private final double left;
    private final double top;
    private final double scale;

    PathPanels(Header header, PathChart chart) {
        this.header = header;
        this.chart = chart;
        this.cloud = chart.generated() ? "cloud-generated" : "cloud-natural";
        PathChart.Extent all = chart.extent();
        double room = Math.min(
                (WIDTH - 2 * MARGIN) / (all.highX() - all.lowX()), (HEIGHT - 2 * MARGIN) / (all.highY() - all.lowY()));
        this.scale = Double.isFinite(room) ? room : 1;
        this.left = WIDTH / 2.0 - scale * (all.lowX() + all.highX()) / 2;
        this.top = HEIGHT / 2.0 + scale * (all.lowY() + all.highY()) / 2;
    }

    /** A heading, what the plots mean, and the plots. */
    String html() throws LabException {
        WorkPlan plan = header.plan();
        int baseline = Summary.baseline(header, plan);
        var html = new StringBuilder("<h3>Paths among the ")
                .append(chart.generated() ? "pictures" : "photographs")
                .append("</h3>\n<p class=\"quiet\">")
                .append(ReportPage.text(meaning(plan, baseline)))
                .append("</p>\n<div class=\"paths\">\n");
        boolean first = true;
        for (int cell = 0; cell < chart.ways().size(); cell++) {
            PathChart.Way way = chart.ways().get(cell);
            if (!way.frames().isEmpty()) {
                String label = ReportPage.text(plan.cells().get(cell).label());
                List<PathPlot.Point> dashed = baseline < 0 || baseline == cell
                        ? List.of()
                        : chart.ways().get(baseline).frames();
                html.append("<figure>")
                        .append(svg(label, way, dashed, first))
                        .append("<figcaption>")
                        .append(label)
                        .append("<br><span class=\"quiet\">")
                        .append(ReportPage.number(PathChart.offPlane(way.frames()), ""))
                        .append(" off the plane</span></figcaption></figure>\n");
                first = false;
            }
        }
        return html.append("</div>\n").toString();
    }

    private String meaning(WorkPlan plan, int baseline) {
        PicturePair pair = plan.pairs().get(plan.firstPair(chart.generated()));
        String pictures = chart.generated() ? "pictures" : "photographs";
        String plane = chart.ofPhotographs() ? "these " + pictures : "these few " + pictures + " and the frames";
        String dashes = baseline < 0
                ? ""
                : " Dashed: the way in the baseline, " + header.experiment().baseline() + ".";
        return String.format(
                Locale.ROOT,
                "Line: the first pair's way from A (%s) to B (%s), a dot for each frame. Faint dots: the frames in the middle"
                        + " of all pairs. Grey: the %d %s of the pairs.%s All plots show one plane at one scale: the two main"
                        + " directions (PCA) of %s in %s. It holds %.0f\u00a0%% of their variance; how far the frames lie off it"
                        + " (root mean square) is below each plot, and is %s for the %s.",
                header.nameOf(pair, pair.first()),
                header.nameOf(pair, pair.second()),
                chart.photographs().size(),
                pictures,
                dashes,
                plane,
                chart.space().featureName(),
                100 * chart.explained(),
                ReportPage.number(PathChart.offPlane(chart.photographs()), ""),
                pictures);
    }

    private String svg(String label, PathChart.Way way, List<PathPlot.Point> baseline, boolean first) {
        var svg = new StringBuilder("<svg class=\"path\" viewBox=\"0 0 " + WIDTH + ' ' + HEIGHT
                + "\" role=\"img\" aria-label=\"Path, " + label + "\">\n");
        if (first) {
            svg.append("<defs><path id=\"").append(cloud).append("\" d=\"").append(dots(chart.photographs()));
            svg.append("\"/></defs>\n");
        }
        svg.append("<use class=\"cloud\" href=\"#").append(cloud).append("\"/>\n");
        svg.append(path("middles", dots(way.middles())));
        if (!baseline.isEmpty()) {
            svg.append(path("baseline", line(baseline)));
        }
        svg.append(path("way", line(way.frames())))
                .append(path("frames", dots(way.frames())))
                .append(path("ends", dots(List.of(chart.first(), chart.second()))))
                .append(letter(chart.first(), "A", -9))
                .append(letter(chart.second(), "B", 9));
        return svg.append("</svg>").toString();
    }

    private static String path(String style, String commands) {
        return "<path class=\"" + style + "\" d=\"" + commands + "\"/>\n";
    }

    /** From the first picture through the frames to the second. */
    private String line(List<PathPlot.Point> frames) {
        return Stream.of(List.of(chart.first()), frames, List.of(chart.second()))
                .flatMap(List::stream)
                .map(point -> at(point))
                .collect(Collectors.joining("L", "M", ""));
    }

    /** Lines without length, which round ends make dots of. */
    private String dots(List<PathPlot.Point> points) {
        return points.stream().map(point -> "M" + at(point) + "h0").collect(Collectors.joining());
    }

    private String at(PathPlot.Point point) {
        return String.format(Locale.ROOT, "%.1f %.1f", x(point), y(point));
    }

    private double x(PathPlot.Point point) {
        return left + scale * point.x();
    }

    private double y(PathPlot.Point point) {
        return top - scale * point.y();
    }

    private String letter(PathPlot.Point point, String letter, int aside) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
                x(point) + aside,
                y(point) + 4,
                aside < 0 ? "end" : "start",
                letter);
    }
}
