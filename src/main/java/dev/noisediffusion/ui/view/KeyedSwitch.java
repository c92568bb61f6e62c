package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ToggleSwitch;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** A switch for the keyboard and screen readers as well: the toolkit's hears the mouse only, and says only its text. */
final class KeyedSwitch extends ToggleSwitch {
    private boolean held;

    KeyedSwitch(String text) {
        super(text);
        setAccessibleRole(AccessibleRole.CHECK_BOX);
        addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        addEventHandler(KeyEvent.KEY_RELEASED, event -> held = false);
    }

    private void pressed(KeyEvent event) {
        boolean works = event.getCode() == KeyCode.SPACE || event.getCode() == KeyCode.ENTER;
        if (works && !event.isShortcutDown() && !event.isAltDown()) {
            // A key that is held repeats itself.
            if (!held) {
                held = true;
                fire();
            }
            event.consume();
        }
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case SELECTED -> isSelected();
            case INDETERMINATE -> false;
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... parameters) {
        if (action == AccessibleAction.FIRE) {
            fire();
        } else {
            super.executeAccessibleAction(action, parameters);
        }
    }
}
