package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.HistoryViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;

/** Undo and redo, each saying what it would do. */
final class HistoryView extends HBox {
    private final Texts texts;

    HistoryView(HistoryViewModel history, Texts texts) {
        this.texts = texts;
        getStyleClass().add("history");
        Button undo = button(Feather.CORNER_UP_LEFT, "history.undo", history.undoNameProperty(), history::undo);
        Button redo = button(Feather.CORNER_UP_RIGHT, "history.redo", history.redoNameProperty(), history::redo);
        getChildren().addAll(undo, redo);
    }

    private Button button(Feather icon, String key, ObservableValue<String> step, Runnable action) {
        Button button = Nodes.iconButton(icon, texts.get(key + ".none"), action);
        button.setId(key.replace('.', '-'));
        Nodes.follow(step, name -> {
            String text = name.isEmpty() ? texts.get(key + ".none") : texts.get(key, name);
            button.getTooltip().setText(text);
            button.setAccessibleText(text);
            button.setDisable(name.isEmpty());
        });
        return button;
    }

    /** Everything between the press of a mouse button and its release is one step. */
    static void watchGestures(Scene scene, HistoryViewModel history) {
        scene.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> history.gestureBegins());
        // A filter, as some controls consume the release; buttons act after it, in a step of their own.
        scene.addEventFilter(MouseEvent.MOUSE_RELEASED, event -> history.gestureEnds());
    }
}
