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

/** The Q-Q plot: the noise in order of size against natural noise; the nearer to the diagonal, the more natural. */
final class QuantileView extends Region {
    private final Line diagonal = Nodes.styled(new Line(), "chart-natural");
    private final Path filled = Nodes.styled(new Path(), "chart-accent");
    private final List<Path> lines = IntStream.range(0, NoiseChart.MOST_LINES)
            .mapToObj(i -> Nodes.styled(new Path(), "chart-line", "line-" + i % 2))
            .toList();
    private final Rectangle clip = new Rectangle();
    private @Nullable NoiseChart chart;

    QuantileView(ObservableValue<@Nullable NoiseChart> shown) {
        getStyleClass().add("chart");
        getChildren().add(diagonal);
        getChildren().addAll(lines);
        getChildren().add(filled);
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
        diagonal.setStartY(getHeight());
        diagonal.setEndX(getWidth());
        NoiseChart drawn = chart;
        if (drawn == null) {
            return;
        }
        NoiseChart.Curve main = drawn.filled();
        draw(filled, main == null ? List.of() : main.quantiles());
        for (int i = 0; i < lines.size(); i++) {
            boolean there = i < drawn.lines().size();
            draw(lines.get(i), there ? drawn.lines().get(i).quantiles() : List.of());
        }
    }

    private void draw(Path path, List<Double> quantiles) {
        path.getElements().clear();
        for (int i = 0; i < quantiles.size(); i++) {
            double x = getWidth() * i / (quantiles.size() - 1);
            double y = getHeight() * (0.5 - quantiles.get(i) / (2 * NoiseChart.QUANTILE_RANGE));
            path.getElements().add(i == 0 ? new MoveTo(x, y) : new LineTo(x, y));
        }
    }
}
