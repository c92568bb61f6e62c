package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ProgressSliderSkin;
import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.NumberParameter;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** A number: its name, a field to type it, a slider, and what it does to the picture. */
final class NumberParameterView extends VBox {
    private static final double SCRUB_WIDTH = 280;

    private final NumberParameter parameter;
    private final Texts texts;
    private final String name;
    private final String help;
    private final Label title;
    private final ResetDot dot;
    private final NumberField field;
    private final Slider slider;
    private final HBox line;
    private double lastX;
    private double scrubbed;

    /**
     * The view of one number.
     *
     * @param extras what else belongs beside the field
     */
    NumberParameterView(NumberParameter parameter, Hints hints, Texts texts, Node... extras) {
        this.parameter = parameter;
        this.texts = texts;
        this.name = texts.get("parameter." + parameter.id());
        this.help = texts.get("parameter." + parameter.id() + ".help");
        getStyleClass().add("parameter");
        setId("parameter-" + parameter.id());
        title = title();
        dot = new ResetDot(parameter, texts, this::requestFocus);
        field = new NumberField(parameter, texts, "number-field");
        title.setLabelFor(field);
        field.setAccessibleHelp(help);
        slider = slider();
        line = Nodes.styled(new HBox(title, Nodes.spacer()), "parameter-line");
        line.getChildren().addAll(extras);
        line.getChildren().addAll(dot, field);
        getChildren().addAll(line, slider);
        ends().ifPresent(getChildren()::add);
        getChildren().add(hints.of(parameter));
        disableProperty().bind(parameter.relevant().map(relevant -> !relevant));
    }

    /** Puts a mark of the number behind its name. */
    NumberParameterView marked(Node mark) {
        line.getChildren().add(line.getChildren().indexOf(title) + 1, mark);
        return this;
    }

    /** Greys the number out while a condition holds, and not what else is on the line of its name. */
    NumberParameterView idleWhen(ObservableValue<Boolean> idle) {
        List.of(title, dot, field, slider)
                .forEach(part -> part.disableProperty().bind(idle));
        return this;
    }

    private Label title() {
        Label title = Nodes.label(name, "parameter-name");
        title.setMinWidth(USE_PREF_SIZE);
        Nodes.follow(parameter.defaultProperty(), value -> {
            String number = texts.number(value.doubleValue(), parameter.range().decimals());
            ParameterTip.on(title, parameter.id(), texts, texts.get("parameters.resetOne", number));
        });
        Nodes.onDoubleClick(title, parameter::reset);
        title.setCursor(Cursor.H_RESIZE);
        title.setOnMousePressed(event -> {
            lastX = event.getX();
            scrubbed = parameter.get();
        });
        title.setOnMouseDragged(this::scrub);
        return title;
    }

    /** Over the width of a slider from one of its ends to the other; while Shift is down ten times finer. */
    private void scrub(MouseEvent event) {
        NumberParameter.Range range = parameter.range();
        double share = (event.getX() - lastX) / SCRUB_WIDTH * (event.isShiftDown() ? 0.1 : 1);
        lastX = event.getX();
        scrubbed += share * (range.sliderMax() - range.sliderMin());
        parameter.set(scrubbed);
    }

    private Slider slider() {
        NumberParameter.Range range = parameter.range();
        boolean down = range.sliderMin() > range.sliderMax();
        double low = Math.min(range.sliderMin(), range.sliderMax());
        double high = Math.max(range.sliderMin(), range.sliderMax());
        var slider = Nodes.styled(new Slider(low, high, low), Styles.SMALL);
        slider.setSkin(new ProgressSliderSkin(slider));
        slider.setAccessibleText(name + ". " + help);
        ParameterTip.on(slider, parameter.id(), texts, "");
        slider.setBlockIncrement(Math.max(range.step(), (high - low) / 50));
        Nodes.follow(parameter.valueProperty(), value -> {
            double shown = Math.clamp(parameter.get(), low, high);
            slider.setValue(down ? low + high - shown : shown);
        });
        slider.valueProperty().subscribe(value -> {
            double asked = down ? low + high - slider.getValue() : slider.getValue();
            if (Math.abs(asked - Math.clamp(parameter.get(), low, high)) > range.step() / 2) {
                parameter.set(asked);
            }
        });
        Nodes.onDoubleClick(slider, parameter::reset);
        return slider;
    }

    private Optional<Node> ends() {
        return texts.find("parameter." + parameter.id() + ".low")
                .map(low -> Nodes.styled(
                        new HBox(
                                Nodes.label(low, "slider-end"),
                                Nodes.spacer(),
                                Nodes.label(texts.get("parameter." + parameter.id() + ".high"), "slider-end")),
                        "slider-ends"));
    }
}
