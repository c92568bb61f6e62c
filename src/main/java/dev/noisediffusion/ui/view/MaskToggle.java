package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.MaskToolViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Circle;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Takes the mask brush out and puts it away; a dot says that something is painted. */
final class MaskToggle extends ToggleButton {
    MaskToggle(MaskToolViewModel tool, Texts texts) {
        super(texts.get("mask.toggle"));
        setId("mask");
        getStyleClass().add("mask-toggle");
        setMinWidth(USE_PREF_SIZE);
        var dot = Nodes.styled(new Circle(3), "mask-dot");
        dot.setId("mask-dot");
        dot.visibleProperty().bind(tool.anyPainted());
        var icon = new StackPane(new FontIcon(Feather.EDIT_2), dot);
        icon.getStyleClass().add("mask-toggle-icon");
        setGraphic(icon);
        Nodes.tooltip(this, texts.get("mask.toggle.tooltip"));
        Nodes.follow(
                tool.anyPainted(),
                painted -> setAccessibleText(texts.get(painted ? "mask.toggle.active" : "mask.toggle.tooltip")));
        selectedProperty().bindBidirectional(tool.inHandProperty());
    }
}
