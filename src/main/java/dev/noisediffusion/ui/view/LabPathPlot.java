package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.LabChart;
import dev.noisediffusion.ui.viewmodel.LabTableViewModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.geometry.NodeOrientation;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/** The ways of a pair as lines among the photographs; the setting that is pointed at or chosen stands out. */
final class LabPathPlot extends Region {
    private static final PseudoClass SHOWN = PseudoClass.getPseudoClass("shown");
    private static final PseudoClass ASIDE = PseudoClass.getPseudoClass("aside");
    private static final PseudoClass BASELINE = PseudoClass.getPseudoClass("baseline");
    private static final double MARGIN = 16;
    private static final double LETTER = 8;

    private final LabTableViewModel table;
    private final Path cloud = Nodes.styled(new Path(), "lab-cloud");
    private final Path middles = Nodes.styled(new Path(), "lab-middles");
    private final Path ends = Nodes.styled(new Path(), "lab-ends");
    private final Text first = Nodes.styled(new Text("A"), "lab-letter");
    private final Text second = Nodes.styled(new Text("B"), "lab-letter");
    private final Rectangle clip = new Rectangle();
    private final List<Line> lines = new ArrayList<>();
    private LabChart chart;

    /** A way on the screen: what is seen, and a broader one that the pointer finds. */
    private record Line(LabChart.Way way, Path line, Path frames, Path reach) {
        void mark(boolean shown, boolean aside) {
            for (Path path : List.of(line, frames)) {
                path.pseudoClassStateChanged(SHOWN, shown);
                path.pseudoClassStateChanged(ASIDE, aside);
                path.setViewOrder(shown ? -1 : 0);
            }
        }
    }

    LabPathPlot(LabTableViewModel table, LabChart chart) {
        this.table = table;
        this.chart = chart;
        getStyleClass().addAll("chart", "lab-plot");
        // A plane has no direction of reading.
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        setMinSize(0, 0);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setClip(clip);
        middles.setViewOrder(-0.5);
        Stream.of(ends, first, second).forEach(node -> node.setViewOrder(-2));
        Stream.of(cloud, middles, ends, first, second).forEach(node -> node.setMouseTransparent(true));
        show(chart);
    }

    void show(LabChart now) {
        chart = now;
        lines.clear();
        now.ways().forEach(way -> lines.add(line(way)));
        getChildren().setAll(cloud, middles, ends, first, second);
        lines.forEach(line -> getChildren().addAll(line.line(), line.frames(), line.reach()));
        getChildren().forEach(child -> child.setManaged(false));
        setAccessibleText(now.title() + ". " + now.plane());
        mark(table.shown().getValue());
    }

    private Line line(LabChart.Way way) {
        var line = new Line(
                way,
                Nodes.styled(new Path(), "lab-way"),
                Nodes.styled(new Path(), "lab-frames"),
                Nodes.styled(new Path(), "lab-reach"));
        Stream.of(line.line(), line.frames()).forEach(path -> path.setMouseTransparent(true));
        line.line().pseudoClassStateChanged(BASELINE, way.line().isBaseline());
        var spot = new LabTableViewModel.Spot(way.line(), null);
        line.reach().setOnMouseEntered(event -> table.point(spot));
        line.reach().setOnMouseExited(event -> table.point(null));
        line.reach().setOnMouseClicked(event -> table.choose(spot));
        return line;
    }

    /** Whether the chart has a way of the setting. */
    private @Nullable Line of(LabTableViewModel.@Nullable Spot spot) {
        return spot == null
                ? null
                : lines.stream()
                        .filter(line -> line.way().line() == spot.line())
                        .findFirst()
                        .orElse(null);
    }

    /** Lets the way of a setting stand out; null for none. */
    void mark(LabTableViewModel.@Nullable Spot spot) {
        Line shown = of(spot);
        for (Line line : lines) {
            boolean same = line.equals(shown);
            line.mark(same, shown != null && !same);
        }
        middles.setVisible(shown != null);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        clip.setWidth(getWidth());
        clip.setHeight(getHeight());
        Scale scale = scale();
        draw(cloud, scale, chart.photographs(), true);
        Line shown = of(table.shown().getValue());
        draw(middles, scale, shown == null ? List.of() : shown.way().middles(), true);
        draw(ends, scale, List.of(chart.first(), chart.second()), true);
        for (Line line : lines) {
            List<LabChart.Dot> way = Stream.of(
                            List.of(chart.first()), line.way().frames(), List.of(chart.second()))
                    .flatMap(List::stream)
                    .toList();
            draw(line.line(), scale, way, false);
            draw(line.frames(), scale, line.way().frames(), true);
            draw(line.reach(), scale, way, false);
        }
        place(first, scale, chart.first(), -LETTER - first.getLayoutBounds().getWidth());
        place(second, scale, chart.second(), LETTER);
    }

    private static void place(Text letter, Scale scale, LabChart.Dot dot, double aside) {
        letter.setX(scale.x(dot) + aside);
        letter.setY(scale.y(dot) + 4);
    }

    /** Dots are lines almost without length, which round ends make round. */
    private static void draw(Path path, Scale scale, List<LabChart.Dot> dots, boolean apart) {
        path.getElements().clear();
        for (int i = 0; i < dots.size(); i++) {
            double x = scale.x(dots.get(i));
            double y = scale.y(dots.get(i));
            path.getElements().add(apart || i == 0 ? new MoveTo(x, y) : new LineTo(x, y));
            if (apart) {
                path.getElements().add(new LineTo(x + 0.01, y));
            }
        }
    }

    /** Equal in both directions, so that distances are what they seem. */
    private record Scale(double left, double top, double factor) {
        double x(LabChart.Dot dot) {
            return left + factor * dot.x();
        }

        double y(LabChart.Dot dot) {
            return top - factor * dot.y();
        }
    }

    private Scale scale() {
        LabChart.Dot low = chart.low();
        LabChart.Dot high = chart.high();
        double factor = Math.min(
                Math.max(1, getWidth() - 2 * MARGIN) / (high.x() - low.x()),
                Math.max(1, getHeight() - 2 * MARGIN) / (high.y() - low.y()));
        double safe = Double.isFinite(factor) ? factor : 1;
        return new Scale(
                getWidth() / 2 - safe * (low.x() + high.x()) / 2,
                getHeight() / 2 + safe * (low.y() + high.y()) / 2,
                safe);
    }

    /** The shown setting and what the plane hides of it, else what all of it is. */
    String caption(LabTableViewModel.@Nullable Spot spot) {
        Line shown = of(spot);
        return shown == null
                ? chart.plane()
                : shown.way().line().label() + "\n" + shown.way().hidden();
    }
}
