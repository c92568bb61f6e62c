package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.SheetCell;
import dev.noisediffusion.ui.viewmodel.SheetViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** What can be done to one cell of a sheet, by menu and by key. */
final class SheetMenu {
    private static final KeyCombination LOOK = new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHIFT_DOWN);
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final SheetViewModel sheet;
    private final Texts texts;

    SheetMenu(SheetViewModel sheet, Texts texts) {
        this.sheet = sheet;
        this.texts = texts;
    }

    /** The menu of a cell; what needs its picture waits for that. */
    ContextMenu of(SheetCell cell) {
        var menu = new ContextMenu(ofPicture(item("sheet.cell.look", LOOK, () -> sheet.look(cell)), cell));
        if (sheet.hasSettings()) {
            // The cell is a button, which hears the key.
            var space = new KeyCodeCombination(KeyCode.SPACE);
            menu.getItems().add(item("sheet.cell.use", space, () -> sheet.choose(cell)));
        }
        menu.getItems().add(ofPicture(item("still.copy", COPY, () -> copy(cell)), cell));
        return menu;
    }

    private MenuItem item(String key, KeyCombination keys, Runnable action) {
        return Nodes.menuItem(texts, key, keys, action);
    }

    private static MenuItem ofPicture(MenuItem item, SheetCell cell) {
        item.disableProperty().bind(cell.doneProperty().not());
        return item;
    }

    private void copy(SheetCell cell) {
        sheet.copy(cell, Nodes::ontoClipboard);
    }

    /** Does what a key asks for. */
    void onKey(KeyEvent event, SheetCell cell) {
        if (LOOK.match(event)) {
            sheet.look(cell);
            event.consume();
        } else if (COPY.match(event)) {
            copy(cell);
            event.consume();
        }
    }
}
