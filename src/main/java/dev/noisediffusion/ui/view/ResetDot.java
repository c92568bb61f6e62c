package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.ChoiceParameter;
import dev.noisediffusion.ui.viewmodel.NumberParameter;
import dev.noisediffusion.ui.viewmodel.Parameter;
import dev.noisediffusion.ui.viewmodel.TextParameter;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.ui.viewmodel.TicksParameter;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.shape.Circle;

/**
 * On the line of a setting's name while the setting is not at its default: says so, and brings it back. Its room is kept
 * where there is none, so that nothing moves when it comes.
 */
final class ResetDot extends Button {
    private static final double RADIUS = 3;

    private final Parameter parameter;
    private final Texts texts;
    private final Runnable letGo;

    /**
     * The dot of a setting.
     *
     * @param letGo gives the keyboard to what hears no key
     */
    ResetDot(Parameter parameter, Texts texts, Runnable letGo) {
        super(null, Nodes.styled(new Circle(RADIUS), "reset-mark"));
        this.parameter = parameter;
        this.texts = texts;
        this.letGo = letGo;
        getStyleClass().add("reset-dot");
        setId("reset-" + parameter.id());
        setOnAction(event -> reset());
        if (parameter instanceof NumberParameter number) {
            Nodes.follow(number.defaultProperty(), value -> tell());
        } else {
            tell();
        }
        visibleProperty().bind(parameter.changed());
    }

    private void tell() {
        Nodes.describe(this, texts.get("parameters.resetTo", texts.get("parameter." + parameter.id()), standard()));
    }

    /** What it goes back to, in words. */
    private String standard() {
        return switch (parameter) {
            case NumberParameter number ->
                texts.number(number.defaultProperty().get(), number.range().decimals());
            case ChoiceParameter<?> choice -> texts.get(choice.defaultKey());
            case TicksParameter<?> ticks -> texts.get(ticks.defaultKey());
            case TextParameter words -> texts.get("parameters.empty");
        };
    }

    /** The dot goes, so it hands the keyboard on: to a control only where the keyboard is used. */
    private void reset() {
        if (isFocusVisible()) {
            requestFocusTraversal(TraversalDirection.NEXT);
        } else {
            letGo.run();
        }
        parameter.reset();
    }
}
