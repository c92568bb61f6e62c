package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.LabColumn;
import dev.noisediffusion.ui.viewmodel.LabTableViewModel;
import dev.noisediffusion.ui.viewmodel.LabViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.Objects;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The cell under the pointer, else the chosen one: a frame, the exact numbers; and a way to use the chosen setting. */
final class LabDetails extends HBox {
    private static final double SIDE = 112;

    LabDetails(LabViewModel lab, Texts texts) {
        setId("lab-details");
        getStyleClass().add("lab-details");
        LabTableViewModel table = lab.table();
        ObservableValue<LabTableViewModel.@Nullable Spot> shown = table.shown();
        var frame = new PictureView(
                shown.flatMap(spot -> Objects.requireNonNull(spot).line().frameProperty()), 3);
        frame.setId("lab-frame");
        frame.setMinSize(SIDE, SIDE);
        frame.setMaxSize(SIDE, SIDE);
        Label setting = Nodes.boundLabel(
                shown.map(spot -> Objects.requireNonNull(spot).line().label()).orElse(""), "panel-title");
        setting.setId("lab-chosen-setting");
        Label metric = wrapped(
                Bindings.createStringBinding(
                        () -> metric(shown.getValue(), table.lines().isEmpty() ? "" : texts.get("lab.hint")),
                        shown,
                        table.lines()),
                "hint");
        Label numbers =
                wrapped(shown.flatMap(spot -> Objects.requireNonNull(spot).mark())
                        .map(mark -> lab.words().exactly(Objects.requireNonNull(mark)))
                        .orElse(""));
        numbers.setId("lab-numbers");
        var words = Nodes.styled(new VBox(setting, metric, numbers), "lab-words");
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var adopting = Nodes.styled(new VBox(use(lab, texts), impossible(lab, texts)), "lab-words");
        getChildren().addAll(frame, words, adopting);
        setMinHeight(SIDE + 16);
        setMaxHeight(SIDE + 16);
    }

    private static String metric(LabTableViewModel.@Nullable Spot spot, String hint) {
        if (spot == null) {
            return hint;
        }
        LabColumn column = spot.column();
        return column == null ? "" : column.title() + ": " + column.meaning();
    }

    private static Label wrapped(ObservableValue<String> text, String... classes) {
        Label label = Nodes.boundLabel(text, classes);
        Nodes.wrap(label);
        return label;
    }

    /** Why the chosen setting cannot be used, also without pointing at the button. Room is kept: nothing moves for it. */
    private static Label impossible(LabViewModel lab, Texts texts) {
        Label why = Nodes.label(texts.get("lab.use.impossible"), "hint");
        why.setId("lab-impossible");
        Nodes.wrap(why);
        why.setMinHeight(Region.USE_PREF_SIZE);
        // As wide as the button above it.
        why.setPrefWidth(0);
        why.setMaxWidth(Double.MAX_VALUE);
        why.visibleProperty()
                .bind(lab.table()
                        .chosenProperty()
                        .map(chosen ->
                                !lab.canUse(Objects.requireNonNull(chosen).line()))
                        .orElse(false));
        return why;
    }

    private static Node use(LabViewModel lab, Texts texts) {
        Button use = Nodes.styled(new Button(texts.get("lab.use")), Styles.ACCENT);
        use.setId("lab-use");
        use.setMinWidth(Region.USE_PREF_SIZE);
        Nodes.describe(use, texts.get("lab.use.tooltip"));
        use.setOnAction(event -> {
            LabTableViewModel.Spot chosen = lab.table().chosenProperty().get();
            if (chosen != null) {
                lab.use(chosen.line());
            }
        });
        Nodes.follow(
                lab.table().chosenProperty(), chosen -> use.setDisable(chosen == null || !lab.canUse(chosen.line())));
        return Nodes.explained(
                use,
                lab.table()
                        .chosenProperty()
                        .map(chosen -> texts.get("lab.use.impossible"))
                        .orElse(texts.get("lab.use.none")));
    }
}
