package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.ExportJob;
import dev.noisediffusion.ui.viewmodel.ExportQueueViewModel;
import dev.noisediffusion.ui.viewmodel.ExportState;
import dev.noisediffusion.ui.viewmodel.LongWork;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** One piece of long work: what it is, how far, how long still, and what can be done about it. */
final class TaskRow extends HBox {
    private final Texts texts;
    private final VBox middle = Nodes.styled(new VBox(), "task-middle");

    /** A row for work that is not an export. */
    TaskRow(LongWork work, Texts texts) {
        this.texts = texts;
        setId("task-" + work.id());
        Button cancel = button(Feather.X, "queue.cancel", work.id(), work::cancel);
        Label title = Nodes.label(texts.get("task." + work.id()));
        build(title, work.textProperty(), work.timeLeftProperty(), bar(work.fractionProperty()), cancel);
    }

    /** A row for an export. */
    TaskRow(ExportJob job, ExportQueueViewModel exports, Texts texts) {
        this.texts = texts;
        setUserData(job);
        setId("export-" + job.name());
        Label title = Nodes.label(job.name());
        Nodes.tooltip(title, job.place());
        ProgressBar bar = bar(job.fractionProperty());
        bar.visibleProperty().bind(job.stateProperty().map(state -> state == ExportState.RUNNING));
        Node cancel = button(Feather.X, "queue.cancel", job.name(), () -> exports.cancel(job));
        Node retry = button(Feather.ROTATE_CW, "queue.retry", job.name(), () -> exports.retry(job));
        Node open = button(Feather.PLAY, "queue.openFile", job.name(), () -> exports.open(job));
        Node show = button(Feather.FOLDER, "queue.show", job.name(), () -> exports.showInFolder(job));
        Label what = build(
                title,
                job.textProperty(),
                job.timeLeftProperty(),
                bar,
                in(cancel, job, Set.of(ExportState.WAITING, ExportState.RUNNING)),
                in(retry, job, Set.of(ExportState.FAILED, ExportState.CANCELLED)),
                in(open, job, Set.of(ExportState.DONE)),
                in(show, job, Set.of(ExportState.DONE)));
        // A reason is read to its end; what changes while it runs stays on its line.
        what.setMinHeight(USE_PREF_SIZE);
        Nodes.wrap(what);
        what.wrapTextProperty().bind(job.stateProperty().map(state -> state == ExportState.FAILED));
        getChildren().addFirst(mark(job));
        Nodes.onDoubleClick(middle, () -> exports.open(job));
        middle.setOnDragDetected(event -> exports.saved(job).ifPresent(file -> {
            middle.startDragAndDrop(TransferMode.COPY).setContent(carrying(file));
            event.consume();
        }));
    }

    /** What is dragged out of a row. */
    static ClipboardContent carrying(Path file) {
        var content = new ClipboardContent();
        content.putFiles(List.of(file.toFile()));
        return content;
    }

    private Label build(
            Label title, ObservableValue<String> text, ObservableValue<String> left, Node bar, Node... buttons) {
        getStyleClass().add("task-row");
        Label what = Nodes.boundLabel(text, "hint");
        what.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(what, Priority.ALWAYS);
        Label timeLeft = Nodes.boundLabel(left, "hint");
        timeLeft.setMinWidth(Region.USE_PREF_SIZE);
        what.setTooltip(null);
        Nodes.follow(text, words -> Nodes.tooltip(what, words));
        middle.getChildren().addAll(title, new HBox(what, timeLeft), bar);
        HBox.setHgrow(middle, Priority.ALWAYS);
        getChildren().add(middle);
        getChildren().addAll(buttons);
        return what;
    }

    private static ProgressBar bar(ObservableValue<? extends Number> fraction) {
        var bar = Nodes.styled(new ProgressBar(), Styles.SMALL);
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.progressProperty().bind(fraction);
        return bar;
    }

    private Button button(Feather icon, String key, String id, Runnable action) {
        Button button = Nodes.iconButton(icon, texts.get(key), action);
        button.setId(key.replace('.', '-') + "-" + id);
        return button;
    }

    private static Node in(Node button, ExportJob job, Set<ExportState> states) {
        return Nodes.shownWhen(button, job.stateProperty().map(states::contains));
    }

    private static Node mark(ExportJob job) {
        var icon = new FontIcon(Feather.CLOCK);
        Nodes.follow(job.stateProperty(), state -> {
            icon.setIconCode(
                    switch (state) {
                        case WAITING -> Feather.CLOCK;
                        case RUNNING -> Feather.LOADER;
                        case DONE -> Feather.CHECK_CIRCLE;
                        case FAILED -> Feather.ALERT_TRIANGLE;
                        case CANCELLED -> Feather.SLASH;
                    });
            icon.getStyleClass().removeAll("danger-icon", "done-icon");
            if (state == ExportState.FAILED) {
                icon.getStyleClass().add("danger-icon");
            } else if (state == ExportState.DONE) {
                icon.getStyleClass().add("done-icon");
            }
        });
        return icon;
    }
}
