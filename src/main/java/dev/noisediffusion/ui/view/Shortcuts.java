package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ToggleSwitch;
import dev.noisediffusion.ui.viewmodel.FrameCell;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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
    /** With Ctrl they act on the work, and what is being typed is part of it. All others are the field's, as copying is. */
    private static final Set<KeyCode> ACTING =
            Set.of(KeyCode.N, KeyCode.O, KeyCode.S, KeyCode.E, KeyCode.D, KeyCode.G, KeyCode.R, KeyCode.L);

    private final StudioViewModel studio;
    private final Scene scene;

    private Shortcuts(StudioViewModel studio, Scene scene) {
        this.studio = studio;
        this.scene = scene;
    }

    static void install(Scene scene, StudioViewModel studio, Cards cards) {
        var shortcuts = new Shortcuts(studio, scene);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            boolean taken =
                    cards.areShown() ? WorkShortcuts.isOfProject(event) : shortcuts.take(event, scene.getFocusOwner());
            if (taken) {
                event.consume();
            }
        });
        scene.addEventFilter(KeyEvent.KEY_RELEASED, event -> {
            // Sliders hear these two when they are let go of.
            boolean toAnEnd = event.getCode() == KeyCode.HOME || event.getCode() == KeyCode.END;
            if (toAnEnd
                    && scene.getFocusOwner() instanceof Slider slider
                    && !isChosenSlider(slider)
                    && !cards.areShown()) {
                event.consume();
            }
        });
    }

    private boolean take(KeyEvent event, @Nullable Node focus) {
        if (event.isAltDown()) {
            // With Ctrl this may be AltGr, which types characters.
            return false;
        }
        if (event.getCode() == KeyCode.ESCAPE && !event.isShortcutDown() && focus instanceof TextInputControl field) {
            leave(field);
            return true;
        }
        if (event.isShortcutDown() && ACTING.contains(event.getCode())) {
            takeWhatIsTyped(focus);
        }
        boolean inLab = studio.lab().showingProperty().get();
        boolean opens = event.isShortcutDown() && event.getCode() == KeyCode.L;
        boolean closes = inLab && event.getCode() == KeyCode.ESCAPE;
        if (closes && studio.exports().showingProperty().get()) {
            // They lie over the page.
            studio.exports().hide();
            return true;
        }
        if (opens || closes) {
            studio.lab().toggle();
            return true;
        }
        // Beneath the page of the lab the studio hears no keys.
        return inLab ? overLab(event, focus) : handle(event, focus);
    }

    /** Lets go of the keyboard, but not of its place for Tab; a draft is given back, words count as ever. */
    private static void leave(TextInputControl field) {
        if (field instanceof DraftField draft) {
            draft.show();
        }
        field.getParent().requestFocus();
    }

    private static void takeWhatIsTyped(@Nullable Node focus) {
        if (focus instanceof DraftField field) {
            field.take();
        } else if (focus != null && focus.getParent() instanceof TextParameterView words) {
            words.take();
        }
    }

    /** The work itself can be undone and saved from the page of the lab. */
    private boolean overLab(KeyEvent event, @Nullable Node focus) {
        return event.isShortcutDown() && ofWork(event, focus);
    }

    private boolean ofWork(KeyEvent event, @Nullable Node focus) {
        boolean undoes = event.getCode() == KeyCode.Z && !event.isShiftDown();
        boolean redoes = event.getCode() == KeyCode.Y || (event.getCode() == KeyCode.Z && event.isShiftDown());
        if (undoes && focus instanceof TextInputControl field && field.isUndoable()) {
            return false;
        }
        if (redoes && focus instanceof TextInputControl field && (field.isRedoable() || field.isUndoable())) {
            // Fields know one of both keys themselves, another one on each system. Where there is nothing to redo, what
            // is being typed stays: the work's redo might set the field anew.
            field.redo();
            return true;
        }
        return WorkShortcuts.handle(event, studio.work());
    }

    private boolean handle(KeyEvent event, @Nullable Node focus) {
        boolean typing = focus instanceof TextInputControl;
        if (event.isShortcutDown()) {
            return ofWork(event, focus)
                    || withShortcutKey(event, typing)
                    || (!studio.sheet().isOpen()
                            && ZoomKeys.zoom(event.getCode(), studio.preview().zoom()));
        }
        if (event.getCode() == KeyCode.ESCAPE) {
            return escape();
        }
        if (event.getCode() == KeyCode.F11) {
            studio.preview().toggleAlone();
            return true;
        }
        if (typing) {
            return false;
        }
        if (studio.sheet().isOpen()) {
            // What lies beneath a sheet hears nothing.
            return !event.isShiftDown()
                    && !hearsArrows(focus)
                    && SheetKeys.handle(event.getCode(), studio.sheet(), scene);
        }
        boolean ofPictures =
                zoomsPictures(focus) && ZoomKeys.handle(event, studio.preview().zoom());
        if (ofPictures || event.isShiftDown()) {
            return ofPictures;
        }
        return plain(event.getCode(), focus);
    }

    /**
     * Whether the keys that zoom are for the large pictures without Ctrl too: some of what may have the keyboard hears them
     * itself.
     */
    private static boolean zoomsPictures(@Nullable Node focus) {
        return !(focus instanceof ImageSlotView) && !(focus instanceof CurveEditor.Handle);
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
            case D -> {
                // Under a sheet nothing would be seen of it.
                studio.sheet().leave();
                studio.compare().toggle();
            }
            case G -> {
                if (event.isShiftDown()) {
                    studio.sheet().openMorphGrid();
                } else {
                    studio.sheet().openContactSheet();
                }
            }
            case R -> studio.render().start();
            case LEFT, RIGHT -> {
                if (typing || event.isShiftDown() || studio.sheet().isOpen()) {
                    return false;
                }
                stepToPicture(event.getCode() == KeyCode.LEFT ? -1 : 1);
            }
            case V -> {
                if (typing) {
                    return false;
                }
                studio.work().paste(TransferReader.offers(Clipboard.getSystemClipboard()));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Shows the next frame that is one of the pictures itself, or the one before; beyond the last nothing happens. */
    private void stepToPicture(int direction) {
        List<FrameCell> cells = studio.film().cells();
        int shown = studio.playback().indexProperty().get();
        IntStream.iterate(shown + direction, i -> i >= 0 && i < cells.size(), i -> i + direction)
                .filter(i -> cells.get(i).isKeyframe())
                .findFirst()
                .ifPresent(i -> studio.playback().step(i - shown));
    }

    private void step(KeyCode code) {
        int frames = studio.playback().countProperty().get();
        studio.playback()
                .step(
                        switch (code) {
                            case LEFT -> -1;
                            case RIGHT -> 1;
                            case HOME -> -frames;
                            default -> frames;
                        });
    }

    /** What arrows move, or go through. */
    private static boolean hearsArrows(@Nullable Node focus) {
        return isChosenSlider(focus)
                || focus instanceof WipeLine
                || focus instanceof PaneGrip
                || focus instanceof CurveEditor.Handle
                || isOneOfGroup(focus);
    }

    /** A slider keeps the keyboard after the mouse has dragged it, but is heard only where somebody has tabbed to it. */
    private static boolean isChosenSlider(@Nullable Node focus) {
        return focus instanceof Slider && focus.isFocusVisible();
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
                if (hearsArrows(focus)) {
                    return false;
                }
                step(code);
            }
            case HOME, END -> {
                if (isChosenSlider(focus) || focus instanceof WipeLine) {
                    return false;
                }
                step(code);
            }
            case X -> studio.compare().flip();
            case M -> studio.maskTool().toggle();
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * Closes what is open and lays away what is in the hand before it ends work, and that only where it is soon made
     * again; whether there was anything.
     */
    private boolean escape() {
        if (studio.sheet().isOpen()) {
            studio.sheet().close();
        } else if (studio.exports().showingProperty().get()) {
            studio.exports().hide();
        } else if (studio.maskTool().inHandProperty().get()) {
            studio.maskTool().toggle();
        } else if (studio.preview().aloneProperty().get()) {
            studio.preview().toggleAlone();
        } else {
            return studio.status().giveUp();
        }
        return true;
    }
}
