package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.NumberParameter;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** A number to be typed, written as in the language of the window. The arrow keys change it by steps. */
final class NumberField extends DraftField {
    private static final int LARGE_STEP = 10;

    private final NumberParameter number;

    NumberField(NumberParameter number, Texts texts, String styleClass) {
        super(() -> texts.number(number), number::type);
        this.number = number;
        getStyleClass().addAll(Styles.SMALL, styleClass);
        Nodes.follow(number.valueProperty(), value -> show());
        addEventHandler(KeyEvent.KEY_PRESSED, this::step);
    }

    private void step(KeyEvent event) {
        if (event.getCode() == KeyCode.UP || event.getCode() == KeyCode.DOWN) {
            double step = number.range().step() * (event.isShiftDown() ? LARGE_STEP : 1);
            take();
            number.set(number.get() + (event.getCode() == KeyCode.UP ? step : -step));
            event.consume();
        }
    }
}
