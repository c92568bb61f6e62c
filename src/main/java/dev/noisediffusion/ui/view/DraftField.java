package dev.noisediffusion.ui.view;

import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/**
 * A field whose text counts only when it is taken: with Enter, which lets go of the keyboard, or when that goes elsewhere.
 * Escape takes back what was typed. The click that brings the keyboard selects all that stands there, so that typing
 * replaces it.
 */
sealed class DraftField extends TextField permits NumberField {
    private final Supplier<String> text;
    private final Consumer<String> taken;
    /** Whether the press of the mouse that is under way, or was the last one, brought the keyboard. */
    private boolean entered;

    /**
     * An empty field.
     *
     * @param text what counts now
     * @param taken hears of what was typed, and may refuse it
     */
    DraftField(Supplier<String> text, Consumer<String> taken) {
        this.text = text;
        this.taken = taken;
        setOnAction(event -> {
            take();
            getParent().requestFocus();
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::takeBack);
        addEventFilter(MouseEvent.MOUSE_PRESSED, this::enter);
        addEventHandler(MouseEvent.MOUSE_CLICKED, event -> selectIfEntered());
        focusedProperty().subscribe(focused -> {
            if (!focused) {
                take();
            }
        });
    }

    /** Shows what counts now. */
    final void show() {
        setText(text.get());
    }

    final void take() {
        if (isEdited()) {
            taken.accept(getText());
        }
        show();
    }

    /** Whether something was typed that is not taken yet. */
    final boolean isEdited() {
        return !getText().equals(text.get());
    }

    private void enter(MouseEvent event) {
        entered = event.getButton() == MouseButton.PRIMARY && !isFocused();
        if (entered) {
            // Of a selection that was left here the field would make a caret, and only when the button is let go.
            deselect();
        }
    }

    /** What was selected by dragging stays. */
    private void selectIfEntered() {
        if (entered && getSelection().getLength() == 0) {
            selectAll();
        }
        entered = false;
    }

    private void takeBack(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && isEdited()) {
            show();
            selectAll();
            event.consume();
        }
    }
}
