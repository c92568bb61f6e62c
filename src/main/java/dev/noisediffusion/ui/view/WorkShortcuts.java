package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.WorkViewModel;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** The keys that keep work from being lost. */
final class WorkShortcuts {
    private WorkShortcuts() {}

    /** Whether it is a key of the project's menu, which would act on it wherever the keyboard is. */
    static boolean isOfProject(KeyEvent event) {
        return event.isShortcutDown()
                && !event.isAltDown()
                && (event.getCode() == KeyCode.N || event.getCode() == KeyCode.O || event.getCode() == KeyCode.S);
    }

    /** Does what a key with Ctrl (Command) asks for; whether there was anything to do. */
    static boolean handle(KeyEvent event, WorkViewModel work) {
        KeyCode code = event.getCode();
        if (code == KeyCode.Z && !event.isShiftDown()) {
            work.history().undo();
        } else if (code == KeyCode.Z || code == KeyCode.Y) {
            work.history().redo();
        } else if (code == KeyCode.N) {
            work.project().startNew();
        } else if (code == KeyCode.O && event.isShiftDown()) {
            work.project().open();
        } else if (code == KeyCode.S && event.isShiftDown()) {
            work.project().saveAs();
        } else if (code == KeyCode.S) {
            work.project().save();
        } else {
            return false;
        }
        return true;
    }
}
