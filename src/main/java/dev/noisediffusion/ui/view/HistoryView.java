package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.HistoryViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;

/** Undo and redo, each saying what it would do; a right click on either offers several steps at once. */
final class HistoryView extends HBox {
    private final Texts texts;

    HistoryView(HistoryViewModel history, Texts texts) {
        this.texts = texts;
        getStyleClass().add("history");
        Button undo = button(Feather.CORNER_UP_LEFT, "history.undo", history.undoNameProperty(), history::undo);
        Button redo = button(Feather.CORNER_UP_RIGHT, "history.redo", history.redoNameProperty(), history::redo);
        ContextMenu undoMenu = offerSteps(undo, history::undoSteps, history::undo);
        ContextMenu redoMenu = offerSteps(redo, history::redoSteps, history::redo);
        Nodes.follow(history.revision(), revision -> {
            undoMenu.hide();
            redoMenu.hide();
        });
        getChildren().addAll(explained(undo, "history.undo"), explained(redo, "history.redo"));
    }

    private Node explained(Button button, String key) {
        return Nodes.explained(button, texts.get(key + ".none"));
    }

    /** @param take goes as many steps as it is given */
    private static ContextMenu offerSteps(Button button, Supplier<List<String>> steps, IntConsumer take) {
        var menu = new ContextMenu();
        // A press on what a menu belongs to leaves it open.
        button.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> menu.hide());
        button.setOnContextMenuRequested(event -> {
            menu.getItems().clear();
            for (String name : steps.get()) {
                int count = menu.getItems().size() + 1;
                MenuItem item = Nodes.menuItem(button.getId() + "-" + count, name, () -> take.accept(count));
                item.setMnemonicParsing(false);
                menu.getItems().add(item);
            }
            menu.show(button, Side.BOTTOM, 0, 0);
            event.consume();
        });
        return menu;
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
