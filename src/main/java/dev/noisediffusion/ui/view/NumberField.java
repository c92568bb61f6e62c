package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.NumberParameter;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * A number to be typed, written as in the language of the window. The arrow keys change it by steps, Escape takes back
 * what was typed.
 */
final class NumberField extends TextField {
    private static final int LARGE_STEP = 10;

    private final NumberParameter number;
    private final Texts texts;

    NumberField(NumberParameter number, Texts texts, String styleClass) {
        this.number = number;
        this.texts = texts;
        getStyleClass().addAll(Styles.SMALL, styleClass);
        Nodes.follow(number.valueProperty(), value -> show());
        setOnAction(event -> take());
        addEventHandler(KeyEvent.KEY_PRESSED, this::onKey);
        focusedProperty().subscribe(focused -> {
            if (!focused) {
                take();
            }
        });
    }

    private void show() {
        setText(texts.number(number));
    }

    private void take() {
        number.type(getText());
        show();
    }

    /** Whether something was typed that is not taken yet. */
    boolean isEdited() {
        return !getText().equals(texts.number(number));
    }

    private void onKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && isEdited()) {
            show();
            selectAll();
            event.consume();
        }
        if (event.getCode() == KeyCode.UP || event.getCode() == KeyCode.DOWN) {
            double step = number.range().step() * (event.isShiftDown() ? LARGE_STEP : 1);
            number.type(getText());
            number.set(number.get() + (event.getCode() == KeyCode.UP ? step : -step));
            event.consume();
        }
    }
}
