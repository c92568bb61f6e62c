package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.LabChart;
import dev.noisediffusion.ui.viewmodel.LabTableViewModel;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A path plot for each kind of pair, with what it shows in words: below each other, or side by side. */
final class LabPaths extends GridPane {
    /** Room for the lines of words in a narrow and in a broad place, so that the plot keeps its size while they change. */
    private static final double THREE_LINES = 52;

    private static final double TWO_LINES = 36;

    private final LabTableViewModel table;
    private final List<LabPathPlot> plots = new ArrayList<>();
    private final List<Label> captions = new ArrayList<>();
    private boolean below = true;

    LabPaths(LabTableViewModel table) {
        this.table = table;
        setId("lab-paths");
        getStyleClass().add("lab-paths");
        setMinSize(0, 0);
        Nodes.follow(table.chartsProperty(), this::show);
        Nodes.follow(table.shown(), spot -> {
            plots.forEach(plot -> plot.mark(spot));
            say();
        });
    }

    /** Whether plots lie below each other. */
    void stack(boolean now) {
        if (below != now) {
            below = now;
            arrange();
        }
    }

    private void show(List<LabChart> charts) {
        if (charts.size() != plots.size()) {
            plots.clear();
            captions.clear();
            getChildren().clear();
            for (LabChart chart : charts) {
                add(chart);
            }
            arrange();
        } else {
            for (int i = 0; i < charts.size(); i++) {
                plots.get(i).show(charts.get(i));
            }
        }
        say();
    }

    private void add(LabChart chart) {
        var plot = new LabPathPlot(table, chart);
        VBox.setVgrow(plot, Priority.ALWAYS);
        Label caption = Nodes.label("", "hint");
        Nodes.wrap(caption);
        caption.setAlignment(Pos.TOP_LEFT);
        caption.setMaxWidth(Double.MAX_VALUE);
        plots.add(plot);
        captions.add(caption);
        var box = Nodes.styled(new VBox(Nodes.label(chart.title(), "panel-title"), plot, caption), "lab-path");
        box.setMinSize(0, 0);
        // Kinds share the room in equal parts, whatever their words are.
        box.setPrefSize(1, 1);
        GridPane.setHgrow(box, Priority.ALWAYS);
        GridPane.setVgrow(box, Priority.ALWAYS);
        getChildren().add(box);
    }

    private void arrange() {
        for (int i = 0; i < getChildren().size(); i++) {
            GridPane.setConstraints(getChildren().get(i), below ? 0 : i, below ? i : 0);
            double words = below || plots.size() > 1 ? THREE_LINES : TWO_LINES;
            captions.get(i).setMinHeight(words);
            captions.get(i).setPrefHeight(words);
        }
    }

    private void say() {
        for (int i = 0; i < plots.size(); i++) {
            captions.get(i).setText(plots.get(i).caption(table.shown().getValue()));
        }
    }
}
