package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ToggleSwitch;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Slider;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** The keyboard of the whole window. A field that is typed in, and a control that was tabbed to, keep their keys. */
final class Shortcuts {
    private final StudioViewModel studio;

    private Shortcuts(StudioViewModel studio) {
        this.studio = studio;
    }

    /** @param resting while something else has the keyboard */
    static void install(Scene scene, StudioViewModel studio, BooleanSupplier resting) {
        var shortcuts = new Shortcuts(studio);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (shortcuts.isInLab(event, resting)) {
                event.consume();
                return;
            }
            if (studio.lab().showingProperty().get() && !resting.getAsBoolean() && !shortcuts.isAsking()) {
                shortcuts.overLab(event, scene.getFocusOwner());
                return;
            }
            boolean taken = (resting.getAsBoolean() || shortcuts.isAsking())
                    ? WorkShortcuts.isOfProject(event)
                    : shortcuts.handle(event, scene.getFocusOwner());
            if (taken) {
                event.consume();
            }
        });
    }

    /** Opens and closes the page of the lab, beneath which the studio hears no keys. */
    private boolean isInLab(KeyEvent event, BooleanSupplier resting) {
        boolean opens = event.isShortcutDown() && event.getCode() == KeyCode.L;
        boolean closes = event.getCode() == KeyCode.ESCAPE
                && studio.lab().showingProperty().get();
        if (resting.getAsBoolean()
                || isAsking()
                || studio.models().showingProperty().get()
                || !(opens || closes)) {
            return false;
        }
        studio.lab().toggle();
        return true;
    }

    /** The work itself can be undone and saved from the page of the lab. */
    private void overLab(KeyEvent event, @Nullable Node focus) {
        boolean hasItsOwnUndo = focus instanceof TextInputControl field && field.isUndoable();
        if (event.isShortcutDown() && !hasItsOwnUndo && WorkShortcuts.handle(event, studio.work())) {
            event.consume();
        }
    }

    private boolean isAsking() {
        return studio.export().showingProperty().get()
                || studio.exports().askingProperty().get()
                || studio.presets().namingProperty().get()
                || studio.work().project().askingProperty().get();
    }

    private boolean handle(KeyEvent event, @Nullable Node focus) {
        boolean typing = focus instanceof TextInputControl;
        if (event.isShortcutDown()) {
            boolean hasItsOwnUndo = focus instanceof TextInputControl field && field.isUndoable();
            if (!hasItsOwnUndo && WorkShortcuts.handle(event, studio.work())) {
                return true;
            }
            return withShortcutKey(event, typing);
        }
        if (typing || event.isAltDown()) {
            return false;
        }
        boolean ofPictures = !(focus instanceof ImageSlotView)
                && ZoomKeys.handle(event, studio.preview().zoom());
        if (ofPictures || event.isShiftDown()) {
            return ofPictures;
        }
        return plain(event.getCode(), focus);
    }

    private boolean withShortcutKey(KeyEvent event, boolean typing) {
        switch (event.getCode()) {
            case O -> studio.keyframes().browse();
            case E -> studio.export().open();
            case D -> studio.compare().toggle();
            case G -> {
                if (event.isShiftDown()) {
                    studio.sheet().openMorphGrid();
                } else {
                    studio.sheet().openContactSheet();
                }
            }
            case R -> studio.render().start();
            case V -> {
                if (typing) {
                    return false;
                }
                studio.keyframes().add(TransferReader.offers(Clipboard.getSystemClipboard()));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** One of a few buttons side by side, which the arrows go through. */
    private static boolean isOneOfGroup(@Nullable Node focus) {
        return focus instanceof ToggleButton toggle && toggle.getToggleGroup() != null;
    }

    private boolean plain(KeyCode code, @Nullable Node focus) {
        boolean chosen = focus != null && focus.isFocusVisible();
        switch (code) {
            case SPACE -> {
                // A switch has the keyboard only where somebody has tabbed to it.
                if (focus instanceof ToggleSwitch
                        || (chosen && (focus instanceof ButtonBase || focus instanceof ComboBoxBase))) {
                    return false;
                }
                studio.playback().toggle();
            }
            case LEFT, RIGHT -> {
                if (focus instanceof Slider
                        || focus instanceof WipeLine
                        || focus instanceof PaneGrip
                        || focus instanceof CurveEditor.Handle
                        || isOneOfGroup(focus)) {
                    return false;
                }
                studio.playback().step(code == KeyCode.LEFT ? -1 : 1);
            }
            case M -> studio.maskTool().toggle();
            case ESCAPE -> {
                return escape();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean escape() {
        if (studio.sheet().isOpen()) {
            studio.sheet().close();
            return true;
        }
        if (studio.status().busyProperty().get()) {
            studio.status().cancel();
            return true;
        }
        boolean brushOut = studio.maskTool().inHandProperty().get();
        if (brushOut) {
            studio.maskTool().toggle();
        }
        return brushOut;
    }
}
