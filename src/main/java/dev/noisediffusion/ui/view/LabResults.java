package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.LabViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What was measured: numbers and, beside them or in their place where it is narrow, the paths. */
final class LabResults extends VBox {
    private static final double WIDE = 900;
    private static final double SHARE = 0.36;

    private final Texts texts;
    private final BooleanProperty paths = new SimpleBooleanProperty();
    private final BooleanBinding wide = widthProperty().greaterThanOrEqualTo(WIDE);
    private final BooleanBinding hasPaths;

    LabResults(LabViewModel lab, Texts texts) {
        this.texts = texts;
        getStyleClass().add("lab-results");
        setMinWidth(0);
        hasPaths = Bindings.createBooleanBinding(
                () -> !lab.table().chartsProperty().get().isEmpty(), lab.table().chartsProperty());
        var table = new LabTable(lab, texts);
        HBox.setHgrow(table, Priority.ALWAYS);
        Nodes.shownWhen(table, wide.or(hasPaths.not()).or(paths.not()));
        var plots = new LabPaths(lab.table());
        HBox.setHgrow(plots, Priority.ALWAYS);
        plots.maxWidthProperty()
                .bind(Bindings.when(wide).then(widthProperty().multiply(SHARE)).otherwise(Double.MAX_VALUE));
        plots.prefWidthProperty().bind(widthProperty().multiply(SHARE));
        plots.minWidthProperty()
                .bind(Bindings.when(wide).then(plots.maxWidthProperty()).otherwise(0));
        Nodes.shownWhen(plots, hasPaths.and(wide.or(paths)));
        Nodes.follow(wide, plots::stack);
        var both = Nodes.styled(new HBox(table, plots), "lab-both");
        both.setMinHeight(0);
        VBox.setVgrow(both, Priority.ALWAYS);
        getChildren().addAll(legend(), both, new LabDetails(lab, texts));
    }

    private Node legend() {
        var scale = Nodes.styled(new Region(), "lab-scale");
        var colours = Nodes.styled(
                new HBox(
                        Nodes.label(texts.get("lab.legend.lower"), "hint"),
                        scale,
                        Nodes.label(texts.get("lab.legend.higher"), "hint"),
                        Nodes.label(texts.get("lab.legend.faint"), "hint", "lab-faint")),
                "lab-legend");
        Nodes.shownWhen(colours, wide.or(hasPaths.not()).or(paths.not()));
        return Nodes.styled(new HBox(choice(), Nodes.spacer(), colours), "lab-legend");
    }

    /** Numbers or paths, where there is no room for both. */
    private Node choice() {
        var numbers = button("lab-numbers-tab", "lab.numbers");
        var ways = button("lab-paths-tab", "lab.paths");
        Node control = ChoiceViews.joined(List.of(numbers, ways));
        Nodes.follow(paths, chosen -> (chosen ? ways : numbers).setSelected(true));
        numbers.setOnAction(event -> choose(numbers, false));
        ways.setOnAction(event -> choose(ways, true));
        return Nodes.shownWhen(control, hasPaths.and(wide.not()));
    }

    private ToggleButton button(String id, String key) {
        var button = new ToggleButton(texts.get(key));
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    /** One of them is always down. */
    private void choose(ToggleButton button, boolean chosen) {
        paths.set(chosen);
        button.setSelected(true);
    }
}
