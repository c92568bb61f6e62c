package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ProgressSliderSkin;
import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.BrushMode;
import dev.noisediffusion.ui.viewmodel.ChoiceParameter;
import dev.noisediffusion.ui.viewmodel.MaskMark;
import dev.noisediffusion.ui.viewmodel.MaskToolViewModel;
import dev.noisediffusion.ui.viewmodel.NumberParameter;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.ArrayList;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The mask brush and all it can do, beside the picture while the tool is out. */
final class MaskPalette extends VBox {
    private final MaskToolViewModel tool;
    private final Texts texts;

    MaskPalette(MaskToolViewModel tool, Texts texts) {
        this.tool = tool;
        this.texts = texts;
        setId("mask-palette");
        getStyleClass().add("mask-palette");
        setAccessibleText(texts.get("mask.palette"));
        getChildren().addAll(header(), targets(), modes(), brush(), actions(), clearAll(), note());
    }

    /** The palette as long as the tool is out, to be scrolled where the window is low. */
    static Node beside(MaskToolViewModel tool, Texts texts) {
        var scroll = Nodes.styled(new ScrollPane(new MaskPalette(tool, texts)), "mask-place");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMinHeight(0);
        return Nodes.shownWhen(scroll, tool.inHandProperty());
    }

    private Node header() {
        var colours = new ToggleButton(null, new FontIcon(Feather.EYE));
        colours.setId("mask-colours");
        Nodes.describe(colours, texts.get("mask.colours"));
        colours.selectedProperty().bindBidirectional(tool.coloursShownProperty());
        Button close = Nodes.iconButton(Feather.X, texts.get("mask.close"), tool::toggle);
        close.setId("mask-close");
        return Nodes.styled(
                new HBox(
                        Nodes.label(texts.get("mask.title"), "panel-title"),
                        Nodes.spacer(),
                        Nodes.styled(colours, Styles.BUTTON_ICON, Styles.FLAT),
                        close),
                "mask-header");
    }

    private Node targets() {
        var rows = new ArrayList<ToggleButton>();
        for (MaskMark mark : tool.marks()) {
            String name = texts.get("parameter.mask." + mark.name());
            var dot = Nodes.styled(new Circle(3), "mask-dot");
            dot.visibleProperty().bind(mark.painted());
            var row = new ToggleButton(name, dot);
            row.setId("mask-target-" + mark.name());
            row.setAccessibleText(texts.get("parameter.mask") + ": " + name);
            row.setMaxWidth(Double.MAX_VALUE);
            choose(row, mark.inHand(), mark::take);
            rows.add(row);
        }
        return ChoiceViews.apart(Nodes.styled(new VBox(), "mask-targets"), rows);
    }

    private Node modes() {
        ChoiceParameter<BrushMode> mode = tool.mode();
        var buttons = new ArrayList<ToggleButton>();
        for (BrushMode choice : mode.choices()) {
            String key = mode.textKey(choice);
            var button = new ToggleButton(texts.get(key));
            button.setId("brush-" + choice.name());
            Nodes.tooltip(button, texts.get(key + ".tooltip"));
            button.setAccessibleText(texts.get("parameter.brush") + ": " + button.getText());
            button.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(button, Priority.ALWAYS);
            choose(button, mode.valueProperty().map(chosen -> chosen == choice), () -> mode.set(choice));
            buttons.add(button);
        }
        return ChoiceViews.apart(Nodes.styled(new HBox(), "mask-modes"), buttons);
    }

    /** One of several: pressing the chosen one again leaves it chosen. */
    private static void choose(ToggleButton button, ObservableValue<Boolean> chosen, Runnable choose) {
        Nodes.follow(chosen, button::setSelected);
        button.setOnAction(event -> {
            choose.run();
            button.setSelected(true);
        });
    }

    private Node brush() {
        var grid = Nodes.styled(new GridPane(), "mask-brush");
        NumberParameter[] numbers = {tool.size(), tool.softness(), tool.strength()};
        for (int row = 0; row < numbers.length; row++) {
            Label name = Nodes.label(texts.get("parameter." + numbers[row].id()), "mask-number");
            name.setMinWidth(USE_PREF_SIZE);
            grid.addRow(row, name, slider(numbers[row]), value(numbers[row]));
        }
        return grid;
    }

    private Slider slider(NumberParameter number) {
        var slider =
                Nodes.styled(new Slider(number.range().min(), number.range().max(), number.get()), Styles.SMALL);
        slider.setId(number.id());
        slider.setSkin(new ProgressSliderSkin(slider));
        slider.setBlockIncrement(5);
        slider.setMinWidth(0);
        GridPane.setHgrow(slider, Priority.ALWAYS);
        String help = texts.get("parameter." + number.id() + ".help");
        slider.setAccessibleText(texts.get("parameter." + number.id()) + ". " + help);
        Nodes.tooltip(slider, help);
        Nodes.follow(number.valueProperty(), value -> slider.setValue(value.doubleValue()));
        slider.valueProperty().subscribe(value -> number.set(value.doubleValue()));
        Nodes.onDoubleClick(slider, number::reset);
        return slider;
    }

    private Label value(NumberParameter number) {
        return Nodes.boundLabel(
                number.valueProperty().map(value -> texts.get("mask.value", value.doubleValue() / 100)),
                "hint",
                "mask-value");
    }

    private Node actions() {
        var row = Nodes.styled(
                new HBox(action("soften", tool::soften), action("invert", tool::invert), action("clear", tool::clear)),
                "mask-actions");
        row.disableProperty().bind(tool.painted().map(painted -> !painted));
        return row;
    }

    private Node clearAll() {
        Button all = action("clearAll", tool::clearAll);
        all.disableProperty().bind(tool.anyPainted().map(painted -> !painted));
        return all;
    }

    private Button action(String name, Runnable action) {
        Button button = Nodes.button(texts.get("mask." + name), action);
        button.setId("mask-" + name);
        Nodes.describe(button, texts.get("mask." + name + ".tooltip"));
        button.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(button, Priority.ALWAYS);
        return button;
    }

    private Node note() {
        Label note = Nodes.boundLabel(tool.noteKey().map(key -> texts.get(key)), "hint", "mask-note");
        note.setId("mask-note");
        note.setWrapText(true);
        return note;
    }
}
