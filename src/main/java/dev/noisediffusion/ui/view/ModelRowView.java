package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.ModelRow;
import dev.noisediffusion.ui.viewmodel.ModelRowState;
import dev.noisediffusion.ui.viewmodel.ModelsViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.EnumSet;
import java.util.Set;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** A model of the list: what it is, how it is, and what can be done with it. */
final class ModelRowView extends VBox {
    private static final Set<ModelRowState> WITH_BAR =
            EnumSet.of(ModelRowState.PARTLY, ModelRowState.FETCHING, ModelRowState.CHECKING);

    private final ModelRow row;
    private final ModelsViewModel models;
    private final Texts texts;

    ModelRowView(ModelRow row, ModelsViewModel models, Texts texts) {
        this.row = row;
        this.models = models;
        this.texts = texts;
        getStyleClass().add("model-row");
        setId("model-" + row.id());
        var words = Nodes.styled(new VBox(name(), wrapped(row.description()), facts()), "model-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        var line = Nodes.styled(new HBox(words, buttons()), "model-line");
        line.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(line, bar(), note());
    }

    private Node name() {
        Label used = Nodes.label(texts.get("models.inUse"), "model-used");
        Nodes.shownWhen(used, row.inUseProperty());
        return Nodes.styled(new HBox(Nodes.label(row.name(), "model-name"), used), "model-line");
    }

    private static Label wrapped(String text) {
        Label label = Nodes.label(text);
        Nodes.wrap(label);
        label.setMinHeight(USE_PREF_SIZE);
        label.setVisible(!text.isEmpty());
        label.setManaged(!text.isEmpty());
        return label;
    }

    private Node facts() {
        Label facts = Nodes.boundLabel(row.factsProperty(), "hint");
        facts.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        return facts;
    }

    private Node bar() {
        var bar = new ProgressBar();
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.getStyleClass().add(Styles.SMALL);
        bar.progressProperty().bind(row.fractionProperty());
        bar.setAccessibleText(texts.get("models.bar", row.name()));
        return Nodes.shownWhen(bar, row.stateProperty().map(WITH_BAR::contains));
    }

    private Node note() {
        Label note = Nodes.boundLabel(row.noteProperty(), "hint");
        note.setId("note-" + row.id());
        Nodes.wrap(note);
        note.setMinHeight(USE_PREF_SIZE);
        return Nodes.shownWhen(note, row.noteProperty().map(text -> !text.isEmpty()));
    }

    private Node buttons() {
        Button use = Nodes.button(texts.get("models.use"), () -> models.use(row));
        Button download = Nodes.button(texts.get("models.download"), () -> models.download(row));
        download.disableProperty().bind(models.offline().offlineProperty());
        Button resume = Nodes.button(texts.get("models.resume"), () -> models.download(row));
        resume.disableProperty().bind(models.offline().offlineProperty());
        Button pause = Nodes.button(texts.get("models.pause"), () -> models.pause(row));
        Button stop = Nodes.button(texts.get("models.stop"), () -> models.pause(row));
        Button verify = Nodes.iconButton(Feather.CHECK_CIRCLE, named("models.verify"), () -> models.verify(row));
        Button remove = Nodes.iconButton(Feather.TRASH_2, named("models.remove"), () -> models.remove(row));
        Button cancel = Nodes.iconButton(Feather.X, named("models.cancel"), () -> models.cancel(row));
        Nodes.shownWhen(
                use,
                is(ModelRowState.READY).flatMap(ready -> row.choosableProperty().map(can -> ready && can)));
        Nodes.shownWhen(download, is(ModelRowState.OFFERED));
        Nodes.shownWhen(resume, is(ModelRowState.PARTLY));
        Nodes.shownWhen(pause, is(ModelRowState.FETCHING));
        Nodes.shownWhen(stop, is(ModelRowState.CHECKING));
        Nodes.shownWhen(verify, is(ModelRowState.READY));
        Nodes.shownWhen(
                remove,
                row.stateProperty()
                        .map(state -> row.isRemovable()
                                && (state == ModelRowState.READY || state == ModelRowState.UNUSABLE)));
        Nodes.shownWhen(
                cancel,
                row.stateProperty().map(state -> state == ModelRowState.PARTLY || state == ModelRowState.FETCHING));
        use.setId("use-" + row.id());
        download.setId("download-" + row.id());
        resume.setId("resume-" + row.id());
        pause.setId("pause-" + row.id());
        verify.setId("verify-" + row.id());
        remove.setId("remove-" + row.id());
        cancel.setId("cancel-" + row.id());
        var buttons =
                Nodes.styled(new HBox(use, download, resume, pause, stop, verify, remove, cancel), "model-buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        buttons.setMinWidth(USE_PREF_SIZE);
        return buttons;
    }

    private String named(String key) {
        return texts.get(key, row.name());
    }

    private ObservableValue<Boolean> is(ModelRowState wanted) {
        return row.stateProperty().map(state -> state == wanted);
    }
}
