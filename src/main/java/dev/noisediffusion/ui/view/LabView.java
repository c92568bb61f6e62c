package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.LabViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.Objects;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The page of the lab, over the window between its header and its status line. */
final class LabView extends VBox {
    private final LabViewModel lab;
    private final Texts texts;
    private final LabForm form;

    LabView(LabViewModel lab, ObservableValue<String> model, Texts texts) {
        this.lab = lab;
        this.texts = texts;
        setId("lab");
        getStyleClass().add("lab");
        form = new LabForm(lab, model, texts);
        var results = new LabResults(lab, texts);
        HBox.setHgrow(results, Priority.ALWAYS);
        var body = new HBox(form, results);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(header(), body);
        Nodes.shownWhen(this, lab.showingProperty());
    }

    /** Gives the keyboard to the first choice. */
    void takeKeyboard() {
        form.takeKeyboard();
    }

    private Node header() {
        Button close = Nodes.iconButton(Feather.X, texts.get("lab.close"), lab::close);
        close.setId("lab-close");
        Label question = Nodes.boundLabel(
                lab.setup()
                        .experimentProperty()
                        .map(chosen -> Objects.requireNonNull(chosen).question())
                        .orElse(""),
                "hint");
        question.setId("lab-question");
        question.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(question, Priority.ALWAYS);
        Nodes.follow(question.textProperty(), words -> Nodes.tooltip(question, words));
        Label title = Nodes.label(texts.get("lab.title"), "dialog-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        return Nodes.styled(new HBox(title, question, close), "lab-header");
    }
}
