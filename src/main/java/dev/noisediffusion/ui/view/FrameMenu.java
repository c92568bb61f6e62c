package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.FrameCell;
import dev.noisediffusion.ui.viewmodel.FrameMarks;
import dev.noisediffusion.ui.viewmodel.FramesViewModel;
import dev.noisediffusion.ui.viewmodel.PreviewViewModel;
import dev.noisediffusion.ui.viewmodel.StillViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.ArrayList;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** What can be done to one frame, by menu and by key. */
final class FrameMenu {
    /** As wide as most menus are anyway, in pixels. */
    private static final double REASON_WIDTH = 240;

    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final FramesViewModel frames;
    private final StillViewModel still;
    private final PreviewViewModel preview;
    private final Texts texts;

    FrameMenu(StudioViewModel studio) {
        frames = studio.frames();
        still = studio.still();
        preview = studio.preview();
        texts = studio.texts();
    }

    /** The menu of a frame as it is now. */
    ContextMenu of(FrameCell cell) {
        return explained(menu(cell), cell);
    }

    private ContextMenu menu(FrameCell cell) {
        FrameMarks marks = cell.marksProperty().get();
        var menu = new ContextMenu(
                changing(item("frames.reroll", KeyCode.R, () -> frames.reroll(cell)), cell),
                changing(
                        item(
                                marks.locked() ? "frames.unlock" : "frames.lock",
                                KeyCode.L,
                                () -> frames.toggleLock(cell)),
                        cell),
                changing(
                        item(
                                marks.favouriteShown() ? "frames.unfavourite" : "frames.favourite",
                                KeyCode.F,
                                () -> frames.toggleFavourite(cell)),
                        cell));
        if (marks.favourite() && !marks.favouriteShown()) {
            menu.getItems().add(item("frames.toFavourite", KeyCode.B, () -> frames.showFavourite(cell)));
        }
        if (marks.takes() > 0) {
            menu.getItems().add(takes(cell, marks));
        }
        menu.getItems()
                .addAll(
                        new SeparatorMenuItem(),
                        ofPicture(item("still.save", () -> still.save(cell)), cell),
                        ofPicture(copy(cell), cell),
                        ofPicture(item("frames.asPicture", () -> frames.useAsPicture(cell)), cell),
                        new SeparatorMenuItem(),
                        changing(item("frames.remove", KeyCode.DELETE, () -> frames.remove(cell)), cell));
        if (frames.someRemovedProperty().get()) {
            menu.getItems().add(item("frames.bringBack", frames::bringBack));
        }
        return menu;
    }

    /** The menu of a frame that is shown large, as it is now. */
    ContextMenu ofLarge(FrameCell cell) {
        ContextMenu menu = menu(cell);
        menu.getItems().addAll(new SeparatorMenuItem(), item("preview.alone", KeyCode.F11, preview::toggleAlone));
        return explained(menu, cell);
    }

    /** Says at the end of a menu why some of it is grey. */
    private ContextMenu explained(ContextMenu menu, FrameCell cell) {
        var reasons = new ArrayList<MenuItem>();
        frames.whyNot(cell).map(this::reason).ifPresent(reasons::add);
        if (!still.isThere(cell)) {
            reasons.add(reason("still.notThere"));
        }
        if (!reasons.isEmpty()) {
            menu.getItems().add(new SeparatorMenuItem());
            menu.getItems().addAll(reasons);
        }
        return menu;
    }

    private MenuItem reason(String key) {
        var item = new CustomMenuItem(new Reason(texts.get(key)), false);
        item.setId(key.replace('.', '-'));
        item.setDisable(true);
        return item;
    }

    private MenuItem item(String key, Runnable action) {
        return Nodes.menuItem(texts, key, action);
    }

    private MenuItem item(String key, KeyCode code, Runnable action) {
        return Nodes.menuItem(texts, key, new KeyCodeCombination(code), action);
    }

    private MenuItem copy(FrameCell cell) {
        return Nodes.menuItem(texts, "still.copy", COPY, () -> still.copy(cell, Nodes::ontoClipboard));
    }

    private MenuItem ofPicture(MenuItem item, FrameCell cell) {
        item.setDisable(!still.isThere(cell));
        return item;
    }

    private MenuItem changing(MenuItem item, FrameCell cell) {
        item.setDisable(!frames.canChange(cell));
        return item;
    }

    private Menu takes(FrameCell cell, FrameMarks marks) {
        var menu = new Menu(texts.get("frames.takes"));
        for (int take = -1; take < marks.takes(); take++) {
            int number = take;
            var item = new RadioMenuItem(
                    take < 0 ? texts.get("frames.take.settings") : texts.get("frames.take", take + 1));
            item.setSelected(take == marks.shown());
            item.setOnAction(event -> frames.show(cell, number));
            menu.getItems().add(item);
        }
        return menu;
    }

    /** Does what a key asks for. */
    void onKey(KeyEvent event, FrameCell cell) {
        if (event.isShortcutDown() || event.isAltDown() || event.isShiftDown()) {
            if (COPY.match(event)) {
                still.copy(cell, Nodes::ontoClipboard);
                event.consume();
            }
            return;
        }
        switch (event.getCode()) {
            case R -> frames.reroll(cell);
            case L -> frames.toggleLock(cell);
            case F -> frames.toggleFavourite(cell);
            case B -> frames.showFavourite(cell);
            case DELETE, BACK_SPACE -> frames.remove(cell);
            default -> {
                return;
            }
        }
        event.consume();
    }

    /** As high as its lines: a menu by itself asks as if no line were broken. */
    private static final class Reason extends Label {
        Reason(String text) {
            super(text);
            Nodes.wrap(this);
            setPrefWidth(REASON_WIDTH);
        }

        @Override
        protected double computePrefHeight(double width) {
            return super.computePrefHeight(REASON_WIDTH);
        }
    }
}
