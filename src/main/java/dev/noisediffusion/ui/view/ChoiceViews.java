package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.ChoiceParameter;
import dev.noisediffusion.ui.viewmodel.Parameter;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.ui.viewmodel.TicksParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.controlsfx.control.SegmentedButton;
import org.jspecify.annotations.Nullable;

/** One of a few: side by side as buttons where the words are short, else in a drop-down list. */
final class ChoiceViews {
    private ChoiceViews() {}

    /** Name, buttons, explanation. */
    static <E extends Enum<E>> Node segmented(ChoiceParameter<E> parameter, Hints hints, Texts texts) {
        String name = texts.get("parameter." + parameter.id());
        var buttons = new ArrayList<ToggleButton>();
        for (E choice : parameter.choices()) {
            var button = new ToggleButton(texts.get(parameter.textKey(choice)));
            button.setAccessibleText(name + ": " + button.getText());
            button.setUserData(choice);
            button.setMaxWidth(Double.MAX_VALUE);
            buttons.add(button);
            button.setOnAction(event -> {
                parameter.set(choice);
                button.setSelected(true);
            });
        }
        SegmentedButton control = joined(buttons);
        control.setMaxWidth(Double.MAX_VALUE);
        Nodes.follow(
                parameter.valueProperty(),
                chosen -> buttons.forEach(button -> button.setSelected(button.getUserData() == chosen)));
        return framed(parameter, hints, texts, control);
    }

    /** Buttons side by side, one of them down; the arrow keys go from one to the next. */
    static SegmentedButton joined(List<ToggleButton> buttons) {
        var control = new SegmentedButton();
        control.setToggleGroup(new ToggleGroup());
        control.getButtons().setAll(buttons);
        return steppedThrough(control, buttons);
    }

    /** Buttons that stand apart in a pane, one of them down; the arrow keys go from one to the next. */
    static <P extends Pane> P apart(P pane, List<ToggleButton> buttons) {
        var group = new ToggleGroup();
        buttons.forEach(button -> button.setToggleGroup(group));
        pane.getChildren().addAll(buttons);
        return steppedThrough(pane, buttons);
    }

    /** A row in which the arrow keys choose a button; the toolkit itself only lets it look chosen, and tells nobody. */
    static <T extends Node> T steppedThrough(T row, List<? extends ToggleButton> buttons) {
        row.addEventFilter(KeyEvent.KEY_PRESSED, event -> step(event, buttons));
        return row;
    }

    /** Name, buttons of which several may be down, explanation. */
    static <E extends Enum<E>> Node ticks(TicksParameter<E> parameter, Hints hints, Texts texts) {
        String name = texts.get("parameter." + parameter.id());
        var buttons = Nodes.styled(new FlowPane(), "ticks");
        for (E choice : parameter.choices()) {
            var button = new ToggleButton(texts.get(parameter.textKey(choice)));
            button.setAccessibleText(name + ": " + button.getText());
            button.setUserData(choice);
            button.selectedProperty().bindBidirectional(parameter.ticked(choice));
            buttons.getChildren().add(button);
        }
        return framed(parameter, hints, texts, buttons);
    }

    /** The arrow keys choose the button beside the one that has the keyboard. */
    private static void step(KeyEvent event, List<? extends ToggleButton> buttons) {
        boolean mirrored = buttons.getFirst().getEffectiveNodeOrientation() == NodeOrientation.RIGHT_TO_LEFT;
        int by = switch (event.getCode()) {
            case LEFT -> mirrored ? 1 : -1;
            case RIGHT -> mirrored ? -1 : 1;
            case UP -> -1;
            case DOWN -> 1;
            default -> 0;
        };
        if (by == 0) {
            return;
        }
        event.consume();
        for (int i = 0; i < buttons.size(); i++) {
            if (buttons.get(i).isFocused() && i + by >= 0 && i + by < buttons.size()) {
                buttons.get(i + by).fire();
                buttons.get(i + by).requestFocus();
                return;
            }
        }
    }

    /** Name, list, explanation. */
    static <E extends Enum<E>> Node list(ChoiceParameter<E> parameter, Hints hints, Texts texts) {
        ComboBox<E> box = box(parameter, texts);
        box.setMaxWidth(Double.MAX_VALUE);
        box.setAccessibleHelp(texts.get("parameter." + parameter.id() + ".help"));
        return framed(parameter, hints, texts, box);
    }

    /** A list alone. */
    static <E extends Enum<E>> ComboBox<E> box(ChoiceParameter<E> parameter, Texts texts) {
        var box = new ComboBox<E>();
        box.getItems().setAll(parameter.choices());
        box.setConverter(converter(choice -> texts.get(parameter.textKey(choice))));
        Nodes.describe(box, texts.get("parameter." + parameter.id()));
        Nodes.follow(parameter.valueProperty(), box::setValue);
        box.valueProperty().subscribe(parameter::set);
        return box;
    }

    private static Node framed(Parameter parameter, Hints hints, Texts texts, Node control) {
        Label name = Nodes.label(texts.get("parameter." + parameter.id()), "parameter-name");
        ParameterTip.on(name, parameter.id(), texts, "");
        name.setLabelFor(control);
        Nodes.onDoubleClick(name, parameter::reset);
        var view = Nodes.styled(new VBox(), "parameter");
        var line = Nodes.styled(
                new HBox(name, Nodes.spacer(), new ResetDot(parameter, texts, view::requestFocus)), "name-line");
        view.getChildren().addAll(line, control, hints.of(parameter));
        view.setId("parameter-" + parameter.id());
        view.disableProperty().bind(parameter.relevant().not());
        return view;
    }

    private static <E> StringConverter<E> converter(Function<E, String> namer) {
        return new StringConverter<>() {
            @Override
            public String toString(@Nullable E choice) {
                return choice == null ? "" : namer.apply(choice);
            }

            @Override
            public E fromString(String text) {
                throw new UnsupportedOperationException("The list cannot be typed into");
            }
        };
    }
}
