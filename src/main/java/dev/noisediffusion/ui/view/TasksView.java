package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.ExportJob;
import dev.noisediffusion.ui.viewmodel.ExportQueueViewModel;
import dev.noisediffusion.ui.viewmodel.StatusViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** A card above the status line: all that is being done, and the exports. The window can be worked in beside it. */
final class TasksView extends VBox {
    private static final double WIDTH = 440;
    private static final double MAX_HEIGHT = 420;

    private final ExportQueueViewModel exports;
    private final Texts texts;
    private final VBox rows = new VBox();

    TasksView(StatusViewModel status, ExportQueueViewModel exports, Texts texts) {
        this.exports = exports;
        this.texts = texts;
        setId("tasks-panel");
        getStyleClass().addAll("dialog-card", "tasks-panel");
        setMinWidth(WIDTH);
        setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        StackPane.setAlignment(this, Pos.BOTTOM_RIGHT);
        var works = new VBox();
        status.works()
                .forEach(work ->
                        works.getChildren().add(Nodes.shownWhen(new TaskRow(work, texts), work.runningProperty())));
        var scroll = new RowsPane(new VBox(works, rows));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMaxHeight(MAX_HEIGHT);
        getChildren().addAll(header(), scroll, empty(status));
        exports.jobs().addListener((ListChangeListener<ExportJob>) this::jobsChanged);
        exports.jobs().forEach(job -> rows.getChildren().add(new TaskRow(job, exports, texts)));
        // A film that is let go where it was taken up opens nothing.
        setOnDragOver(event -> {
            if (event.getGestureSource() != null) {
                event.consume();
            }
        });
        Nodes.shownWhen(this, exports.showingProperty());
    }

    private void jobsChanged(ListChangeListener.Change<? extends ExportJob> change) {
        while (change.next()) {
            rows.getChildren().removeIf(row -> change.getRemoved().contains(row.getUserData()));
            change.getAddedSubList().forEach(job -> rows.getChildren().add(new TaskRow(job, exports, texts)));
        }
    }

    private Node header() {
        Button clear = Nodes.button(texts.get("queue.clear"), exports::removeFinished);
        clear.setId("queue-clear");
        Nodes.describe(clear, texts.get("queue.clear.tooltip"));
        Nodes.styled(clear, Styles.SMALL, Styles.FLAT);
        clear.disableProperty().bind(Bindings.size(exports.jobs()).isEqualTo(exports.unfinishedProperty()));
        Button close = Nodes.iconButton(Feather.X, texts.get("overlay.close"), exports::hide);
        close.setId("tasks-close");
        var header = new HBox(Nodes.label(texts.get("queue.title"), "panel-title"), Nodes.spacer(), clear, close);
        return Nodes.styled(header, "tasks-header");
    }

    private Node empty(StatusViewModel status) {
        Label nothing = Nodes.label(texts.get("queue.empty"), "hint");
        Nodes.wrap(nothing);
        nothing.setMinHeight(USE_PREF_SIZE);
        return Nodes.shownWhen(
                nothing,
                Bindings.isEmpty(exports.jobs()).and(status.countProperty().isEqualTo(0)));
    }

    /** As high as its content is at the width of the card: a scroll pane by itself asks as if no line were broken. */
    private final class RowsPane extends ScrollPane {
        RowsPane(Region content) {
            super(content);
        }

        @Override
        protected double computePrefHeight(double width) {
            double room = WIDTH - TasksView.this.snappedLeftInset() - TasksView.this.snappedRightInset();
            return getContent().prefHeight(room - snappedLeftInset() - snappedRightInset())
                    + snappedTopInset()
                    + snappedBottomInset();
        }
    }
}
