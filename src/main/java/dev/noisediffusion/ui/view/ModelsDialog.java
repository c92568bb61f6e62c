package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ModalPane;
import atlantafx.base.controls.ToggleSwitch;
import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.ModelRow;
import dev.noisediffusion.ui.viewmodel.ModelsViewModel;
import dev.noisediffusion.ui.viewmodel.OfflineViewModel;
import dev.noisediffusion.ui.viewmodel.PictureOffer;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.ui.viewmodel.UnpackingViewModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.HorizontalDirection;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The list of models, over the window. A folder dropped on it is added, a zip unpacked. */
final class ModelsDialog extends VBox {
    private static final double WIDTH = 720;
    private static final double LIST_HEIGHT = 420;

    private final ModelsViewModel models;
    private final Texts texts;
    private final VBox list = Nodes.styled(new VBox(), "model-list");
    private final Map<ModelRow, Node> views = new HashMap<>();
    private final Button close;

    private ModelsDialog(ModelsViewModel models, Texts texts) {
        this.models = models;
        this.texts = texts;
        getStyleClass().addAll("dialog-card", "models-dialog");
        setId("models-dialog");
        setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        close = Nodes.styled(Nodes.button(texts.get("overlay.close"), models::close), Styles.ACCENT);
        close.setId("models-close");
        close.setCancelButton(true);
        getChildren().addAll(title(), offline(), unpacking(), message(), body(), footer());
        models.rows().addListener((ListChangeListener<ModelRow>) change -> fill());
        fill();
        Nodes.follow(models.questionProperty(), asked -> {
            if (asked == null) {
                // The button that answered is gone, and with it the keyboard.
                close.requestFocus();
            }
        });
        DropTarget.on(this, offers -> !folders(offers).isEmpty(), offers -> models.add(folders(offers)));
    }

    /** The dialog in the pane that shows it whenever the view model says so. */
    static ModalPane over(Cards cards, ModelsViewModel models, Texts texts) {
        ModalPane pane = cards.over(
                "models-pane",
                texts.get("models.title"),
                models.showingProperty(),
                models::close,
                () -> new ModelsDialog(models, texts),
                dialog -> dialog.close);
        // A question has its own answers: Escape is one of them and closes no more than the question.
        pane.persistentProperty().bind(models.questionProperty().isNotNull());
        return pane;
    }

    private static List<Path> folders(List<? extends PictureOffer> offers) {
        var folders = new ArrayList<Path>();
        for (PictureOffer offer : offers) {
            if (offer instanceof PictureOffer.File file) {
                folders.add(file.path());
            }
        }
        return folders;
    }

    private void fill() {
        views.keySet().retainAll(models.rows());
        list.getChildren()
                .setAll(models.rows().stream()
                        .map(row -> views.computeIfAbsent(row, fresh -> new ModelRowView(fresh, models, texts)))
                        .toList());
    }

    private Node title() {
        Button add = Nodes.button(texts.get("models.add"), models::addFolder);
        add.setId("models-add");
        add.setGraphic(new FontIcon(Feather.FOLDER_PLUS));
        Nodes.describe(add, texts.get("models.add.tooltip"));
        Nodes.shownWhen(add, unasked());
        var title = Nodes.styled(
                new HBox(Nodes.label(texts.get("models.title"), "dialog-title"), Nodes.spacer(), offlineSwitch(), add),
                "model-line");
        title.setAlignment(Pos.CENTER_LEFT);
        return title;
    }

    private Node offlineSwitch() {
        OfflineViewModel offline = models.offline();
        ToggleSwitch toggle = Nodes.toggleSwitch(texts.get("models.offline.switch"));
        toggle.setId("models-offline");
        toggle.setLabelPosition(HorizontalDirection.RIGHT);
        Nodes.describe(toggle, texts.get("models.offline.tooltip"));
        Nodes.follow(offline.offlineProperty(), toggle::setSelected);
        toggle.selectedProperty().subscribe(offline::choose);
        toggle.setDisable(offline.isSettled());
        return Nodes.shownWhen(toggle, unasked());
    }

    private Node offline() {
        OfflineViewModel offline = models.offline();
        Label label = Nodes.label(texts.get(offline.isSettled() ? "models.offline.settled" : "models.offline"), "hint");
        label.setId("models-offline-note");
        Nodes.wrap(label);
        return Nodes.shownWhen(label, offline.offlineProperty());
    }

    private Node unpacking() {
        UnpackingViewModel unpacking = models.unpacking();
        Label text = Nodes.boundLabel(unpacking.textProperty(), "hint");
        text.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        var bar = new ProgressBar();
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.getStyleClass().add(Styles.SMALL);
        bar.progressProperty().bind(unpacking.fractionProperty());
        bar.accessibleTextProperty().bind(unpacking.textProperty());
        var words = Nodes.styled(new VBox(text, bar), "model-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        Button cancel = Nodes.iconButton(Feather.X, texts.get("models.unpacking.cancel"), unpacking::cancel);
        cancel.setId("models-unpacking-cancel");
        var line = Nodes.styled(new HBox(words, cancel), "model-line");
        line.setAlignment(Pos.CENTER_LEFT);
        line.setId("models-unpacking");
        return Nodes.shownWhen(line, unpacking.runningProperty());
    }

    private Node message() {
        Label label = Nodes.boundLabel(models.messageProperty(), "model-problem");
        label.setId("models-message");
        Nodes.wrap(label);
        label.setMinHeight(USE_PREF_SIZE);
        return Nodes.shownWhen(label, models.messageProperty().map(text -> !text.isEmpty()));
    }

    /** The list, or the question that goes before it. */
    private Node body() {
        var scroll = new ScrollPane(list);
        scroll.setId("models-list");
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        scroll.setPrefHeight(LIST_HEIGHT);
        scroll.setMinHeight(160);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        var question = new VBox();
        Nodes.follow(models.questionProperty(), asked -> {
            if (asked == null) {
                question.getChildren().clear();
                close.setCancelButton(true);
            } else {
                close.setCancelButton(false);
                question.getChildren().setAll(new ModelQuestionView(asked, models, texts));
            }
        });
        Nodes.shownWhen(question, unasked().map(unasked -> !unasked));
        Nodes.shownWhen(scroll, unasked());
        return new VBox(scroll, question);
    }

    private Node footer() {
        Label summary = Nodes.boundLabel(models.summaryProperty(), "hint");
        summary.setId("models-summary");
        var footer = Nodes.styled(new HBox(summary, Nodes.spacer(), close), "dialog-buttons", "model-line");
        return Nodes.shownWhen(footer, unasked());
    }

    /** Whether the list is what there is to see, and no question. */
    private ObservableValue<Boolean> unasked() {
        return models.questionProperty().map(asked -> false).orElse(true);
    }
}
