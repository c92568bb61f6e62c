package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ToggleSwitch;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Slider;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TitledPane;
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

    static void install(Scene scene, StudioViewModel studio, Cards cards) {
        var shortcuts = new Shortcuts(studio);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            boolean taken =
                    cards.areShown() ? WorkShortcuts.isOfProject(event) : shortcuts.take(event, scene.getFocusOwner());
            if (taken) {
                event.consume();
            }
        });
    }

    private boolean take(KeyEvent event, @Nullable Node focus) {
        if (event.isAltDown()) {
            // With Ctrl this may be AltGr, which types characters.
            return false;
        }
        boolean inLab = studio.lab().showingProperty().get();
        boolean opens = event.isShortcutDown() && event.getCode() == KeyCode.L;
        if (opens || (inLab && event.getCode() == KeyCode.ESCAPE)) {
            studio.lab().toggle();
            return true;
        }
        // Beneath the page of the lab the studio hears no keys.
        return inLab ? overLab(event, focus) : handle(event, focus);
    }

    /** The work itself can be undone and saved from the page of the lab. */
    private boolean overLab(KeyEvent event, @Nullable Node focus) {
        boolean hasItsOwnUndo = focus instanceof TextInputControl field && field.isUndoable();
        return event.isShortcutDown() && !hasItsOwnUndo && WorkShortcuts.handle(event, studio.work());
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
        if (event.getCode() == KeyCode.ESCAPE) {
            return !(focus instanceof DraftField field && field.isEdited()) && escape();
        }
        if (typing) {
            return false;
        }
        boolean ofPictures = !(focus instanceof ImageSlotView)
                && !(focus instanceof CurveEditor.Handle)
                && ZoomKeys.handle(event, studio.preview().zoom());
        if (ofPictures || event.isShiftDown()) {
            return ofPictures;
        }
        return plain(event.getCode(), focus);
    }

    private boolean withShortcutKey(KeyEvent event, boolean typing) {
        switch (event.getCode()) {
            case O -> {
                if (event.isShiftDown()) {
                    return false;
                }
                studio.keyframes().browse();
            }
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

    private static boolean hearsSpace(@Nullable Node focus) {
        return focus instanceof ButtonBase || focus instanceof ComboBoxBase || focus instanceof TitledPane;
    }

    private boolean plain(KeyCode code, @Nullable Node focus) {
        boolean chosen = focus != null && focus.isFocusVisible();
        switch (code) {
            case SPACE -> {
                // A switch has the keyboard only where somebody has tabbed to it.
                if (focus instanceof ToggleSwitch || (chosen && hearsSpace(focus))) {
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
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Closes what is open and lays away what is in the hand before it ends work; whether there was anything. */
    private boolean escape() {
        if (studio.sheet().isOpen()) {
            studio.sheet().close();
        } else if (studio.exports().showingProperty().get()) {
            studio.exports().hide();
        } else if (studio.maskTool().inHandProperty().get()) {
            studio.maskTool().toggle();
        } else if (studio.status().busyProperty().get()) {
            studio.status().cancel();
        } else {
            return false;
        }
        return true;
    }
}
