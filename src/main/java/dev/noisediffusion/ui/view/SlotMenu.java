package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.KeyframeViewModel;
import dev.noisediffusion.ui.viewmodel.KeyframesViewModel;
import dev.noisediffusion.ui.viewmodel.SlotState;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.function.IntUnaryOperator;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** What can be done to one of the artist's pictures. Its keys are shown only: the slot acts on them. */
final class SlotMenu extends ContextMenu {
    private final KeyframesViewModel keyframes;
    private final KeyframeViewModel keyframe;
    private final Texts texts;

    SlotMenu(ImageSlotView view, KeyframesViewModel keyframes, KeyframeViewModel keyframe, Texts texts) {
        this.keyframes = keyframes;
        this.keyframe = keyframe;
        this.texts = texts;
        ObservableValue<Boolean> blank = keyframe.raster().map(raster -> false).orElse(true);
        MenuItem resetCrop = item("keyframes.crop.reset", KeyCode.DIGIT0, keyframe::resetCrop);
        resetCrop.disableProperty().bind(blank);
        MenuItem mirror = mirror();
        mirror.disableProperty().bind(blank);
        getItems()
                .addAll(
                        browse(),
                        duplicate(view),
                        new SeparatorMenuItem(),
                        move("keyframes.moveUp", KeyCode.UP, () -> view.move(-1), isAt(slots -> 0)),
                        move("keyframes.moveDown", KeyCode.DOWN, () -> view.move(1), isAt(slots -> slots - 1)),
                        new SeparatorMenuItem(),
                        mirror,
                        resetCrop,
                        new SeparatorMenuItem(),
                        showFile(),
                        new SeparatorMenuItem(),
                        item("keyframes.remove", KeyCode.DELETE, view::remove));
    }

    private MenuItem item(String key, Runnable action) {
        return Nodes.menuItem(texts, key, action);
    }

    private MenuItem item(String key, KeyCode code, Runnable action) {
        return Nodes.menuItem(texts, key, new KeyCodeCombination(code), action);
    }

    private MenuItem browse() {
        MenuItem browse = item("keyframes.replace", KeyCode.ENTER, () -> keyframes.browseFor(keyframe));
        browse.textProperty().bind(keyframe.stateProperty().map(this::wayIn));
        return browse;
    }

    /** How a picture is asked for, in the words that the slot itself has for it. */
    private String wayIn(SlotState state) {
        return switch (state) {
            case EMPTY, FAILED -> texts.get("keyframes.browse");
            case MISSING -> texts.get("keyframes.missing.locate");
            case LOADING, LOADED -> texts.get("keyframes.replace");
        };
    }

    private MenuItem duplicate(ImageSlotView view) {
        MenuItem duplicate = item("keyframes.duplicate", KeyCode.D, view::duplicate);
        duplicate.disableProperty().bind(keyframe.stateProperty().map(state -> state == SlotState.EMPTY));
        return duplicate;
    }

    private MenuItem move(String key, KeyCode code, Runnable action, BooleanBinding atTheEnd) {
        MenuItem move = Nodes.menuItem(texts, key, new KeyCodeCombination(code, KeyCombination.ALT_DOWN), action);
        move.disableProperty().bind(atTheEnd);
        return move;
    }

    /** Whether the slot is the one with a number, which the count of slots decides. */
    private BooleanBinding isAt(IntUnaryOperator number) {
        return Bindings.createBooleanBinding(
                () -> keyframes.slots().indexOf(keyframe)
                        == number.applyAsInt(keyframes.slots().size()),
                keyframes.slots());
    }

    private MenuItem mirror() {
        var mirror = new CheckMenuItem(texts.get("keyframes.mirror"));
        mirror.setId("keyframes-mirror");
        mirror.setAccelerator(new KeyCodeCombination(KeyCode.H));
        Nodes.follow(keyframe.mirrored(), mirror::setSelected);
        mirror.setOnAction(event -> {
            keyframe.mirror();
            mirror.setSelected(keyframe.mirrored().get());
        });
        return mirror;
    }

    private MenuItem showFile() {
        MenuItem show = item("queue.show", () -> keyframes.showInFolder(keyframe));
        show.disableProperty()
                .bind(keyframe.raster()
                        .map(raster -> keyframes.file(keyframe).isEmpty())
                        .orElse(true));
        return show;
    }
}
