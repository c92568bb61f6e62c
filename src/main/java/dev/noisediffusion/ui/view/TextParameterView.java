package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.TextParameter;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.animation.PauseTransition;
import javafx.beans.value.ObservableValue;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** Words: their name, a field to type them, and what they do to the picture. They count when the hand rests. */
final class TextParameterView extends VBox {
    private static final int ROWS = 2;

    private final TextParameter parameter;
    private final TextArea field = new TextArea();
    private final PauseTransition rest = new PauseTransition(Duration.millis(900));

    /**
     * The view of some words.
     *
     * @param unread the end of them that the model has no room for
     */
    TextParameterView(TextParameter parameter, ObservableValue<String> unread, Hints hints, Texts texts) {
        this.parameter = parameter;
        String key = "parameter." + parameter.id();
        getStyleClass().add("parameter");
        setId("parameter-" + parameter.id());
        Label title = Nodes.label(texts.get(key), "parameter-name");
        ParameterTip.on(title, parameter.id(), texts, "");
        title.setLabelFor(field);
        field.setAccessibleHelp(texts.get(key + ".help"));
        prepare();
        ParameterTip.on(field, parameter.id(), texts, "");
        Label cut = Nodes.boundLabel(unread.map(end -> texts.get("parameter.prompt.cut", end)), "hint");
        cut.setId("cut-" + parameter.id());
        cut.setWrapText(true);
        var line = Nodes.styled(
                new HBox(title, Nodes.spacer(), new ResetDot(parameter, texts, this::requestFocus)), "name-line");
        getChildren().addAll(line, field, Nodes.shownWhen(cut, unread.map(end -> !end.isEmpty())), hints.of(parameter));
        disableProperty().bind(parameter.relevant().map(relevant -> !relevant));
    }

    private void prepare() {
        field.setId("field-" + parameter.id());
        field.setPrefRowCount(ROWS);
        field.setWrapText(true);
        Nodes.follow(parameter.valueProperty(), words -> {
            if (!words.equals(field.getText().strip())) {
                show(words);
            }
        });
        rest.setOnFinished(event -> parameter.set(field.getText()));
        field.textProperty().subscribe(words -> {
            if (!words.strip().equals(parameter.get())) {
                rest.playFromStart();
            }
        });
        field.focusedProperty().subscribe(focused -> {
            if (!focused) {
                take();
            }
        });
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    }

    /** Enter and Tab are not for words of one line. */
    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            event.consume();
            take();
        } else if (event.getCode() == KeyCode.TAB && !event.isControlDown()) {
            event.consume();
            field.requestFocusTraversal(event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
        }
    }

    /** What is typed counts now, before the hand rests. */
    void take() {
        rest.stop();
        parameter.set(field.getText());
        show(parameter.get());
    }

    /** The hand goes on where it was: blanks around its words stay while it types. The field's own undo begins anew. */
    private void show(String words) {
        int caret = field.getCaretPosition();
        boolean typing = field.isFocused() && words.equals(field.getText().strip());
        field.setText(typing ? field.getText() : words);
        field.positionCaret(Math.min(caret, field.getLength()));
    }
}
