package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.MaskToolViewModel;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;

/** {@code [} and {@code ]}, wherever they lie on the keyboard, change the brush while it is out. */
final class MaskShortcuts {
    private MaskShortcuts() {}

    static void install(Scene scene, MaskToolViewModel tool, Cards cards) {
        scene.addEventFilter(KeyEvent.KEY_TYPED, event -> {
            boolean typing = scene.getFocusOwner() instanceof TextInputControl;
            double notches = switch (event.getCharacter()) {
                case "[" -> -1;
                case "]" -> 1;
                default -> 0;
            };
            if (notches != 0
                    && !typing
                    && !cards.areShown()
                    && tool.inHandProperty().get()) {
                tool.resize(notches);
                event.consume();
            }
        });
    }
}
