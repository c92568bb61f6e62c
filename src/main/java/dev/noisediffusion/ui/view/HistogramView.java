package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.NoiseChart;
import java.util.List;
import java.util.stream.IntStream;
import javafx.beans.value.ObservableValue;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/** How often each value occurs in the noise, against the bell curve of natural noise. */
final class HistogramView extends Region {
    /** The top of the chart is at least this density, a little above the bell curve's 0.4, and at most the other. */
    private static final double LEAST_TOP = 0.46;

    /** Six times the bell curve, which is still seen then; what peaks higher is cut off. */
    private static final double MOST_TOP = 2.4;

    private static final int CURVE_POINTS = 91;

    private final Path bars = Nodes.styled(new Path(), "chart-filled");
    private final Path natural = Nodes.styled(new Path(), "chart-natural");
    private final List<Path> lines = IntStream.range(0, NoiseChart.MOST_LINES)
            .mapToObj(i -> Nodes.styled(new Path(), "chart-line", "line-" + i % 2))
            .toList();
    private final List<Line> boundaries =
            List.of(Nodes.styled(new Line(), "chart-boundary"), Nodes.styled(new Line(), "chart-boundary"));
    private final Rectangle clip = new Rectangle();
    private @Nullable NoiseChart chart;

    HistogramView(ObservableValue<@Nullable NoiseChart> shown) {
        getStyleClass().add("chart");
        getChildren().add(bars);
        getChildren().addAll(boundaries);
        getChildren().add(natural);
        getChildren().addAll(lines);
        getChildren().forEach(child -> child.setManaged(false));
        setClip(clip);
        Nodes.follow(shown, next -> {
            chart = next;
            requestLayout();
        });
    }

    @Override
    protected void layoutChildren() {
        clip.setWidth(getWidth());
        clip.setHeight(getHeight());
        NoiseChart drawn = chart;
        if (drawn == null) {
            return;
        }
        double top = top(drawn);
        NoiseChart.Curve filled = drawn.filled();
        drawSteps(bars, filled == null ? List.of() : filled.densities(), top, true);
        for (int i = 0; i < lines.size(); i++) {
            boolean there = i < drawn.lines().size();
            drawSteps(lines.get(i), there ? drawn.lines().get(i).densities() : List.of(), top, false);
        }
        drawNatural(top);
        placeBoundaries(drawn.boundary());
    }

    private static double top(NoiseChart chart) {
        double highest = chart.lines().stream()
                .limit(NoiseChart.MOST_LINES)
                .mapToDouble(HistogramView::peak)
                .max()
                .orElse(0);
        NoiseChart.Curve filled = chart.filled();
        if (filled != null) {
            highest = Math.max(highest, peak(filled));
        }
        return Math.clamp(highest * 1.05, LEAST_TOP, MOST_TOP);
    }

    private static double peak(NoiseChart.Curve curve) {
        return curve.densities().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    private double x(double value) {
        return (value + NoiseChart.RANGE) / (2 * NoiseChart.RANGE) * getWidth();
    }

    private double y(double density, double top) {
        return getHeight() * (1 - density / top);
    }

    /** Bars as one outline; a line goes through the middles of their tops. */
    private void drawSteps(Path path, List<Double> densities, double top, boolean filled) {
        path.getElements().clear();
        if (densities.isEmpty()) {
            return;
        }
        double width = getWidth() / densities.size();
        var elements = path.getElements();
        elements.add(new MoveTo(0, filled ? getHeight() : y(densities.getFirst(), top)));
        for (int bar = 0; bar < densities.size(); bar++) {
            double y = y(densities.get(bar), top);
            if (filled) {
                elements.add(new LineTo(bar * width, y));
                elements.add(new LineTo((bar + 1) * width, y));
            } else {
                elements.add(new LineTo((bar + 0.5) * width, y));
            }
        }
        if (filled) {
            elements.add(new LineTo(getWidth(), getHeight()));
        }
    }

    private void drawNatural(double top) {
        natural.getElements().clear();
        for (int i = 0; i < CURVE_POINTS; i++) {
            double value = NoiseChart.RANGE * (2.0 * i / (CURVE_POINTS - 1) - 1);
            double y = y(NoiseChart.natural(value), top);
            natural.getElements().add(i == 0 ? new MoveTo(x(value), y) : new LineTo(x(value), y));
        }
    }

    private void placeBoundaries(double boundary) {
        for (int side = 0; side < 2; side++) {
            Line line = boundaries.get(side);
            line.setVisible(boundary < NoiseChart.RANGE);
            if (line.isVisible()) {
                double x = Math.round(x(side == 0 ? -boundary : boundary)) + 0.5;
                line.setStartX(x);
                line.setEndX(x);
                line.setEndY(getHeight());
            }
        }
    }
}
