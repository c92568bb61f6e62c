package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.NumberParameter;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.beans.binding.DoubleExpression;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** The panes around the stage. Each is as large as it was made, unless that would leave the stage too little. */
final class Panes {
    private static final double LEAST_STAGE_WIDTH = 460;

    private final BorderPane frame;
    private final SettingsViewModel settings;
    private final Texts texts;

    Panes(BorderPane frame, SettingsViewModel settings, Texts texts) {
        this.frame = frame;
        // As wide as the window: panes that are still as wide as a larger one let them be would hold it open.
        frame.setMinWidth(0);
        this.settings = settings;
        this.texts = texts;
    }

    void setLeft(Region pane) {
        DoubleBinding width = leftWidth();
        keepWide(pane, width);
        frame.setLeft(with(pane, new PaneGrip(settings.picturesWidth(), width, Side.LEFT, texts), Pos.CENTER_RIGHT));
    }

    void setRight(Region pane) {
        DoubleBinding width = within(
                settings.settingsWidth(),
                frame.widthProperty().subtract(leftWidth()).subtract(LEAST_STAGE_WIDTH));
        keepWide(pane, width);
        frame.setRight(with(pane, new PaneGrip(settings.settingsWidth(), width, Side.RIGHT, texts), Pos.CENTER_LEFT));
    }

    /** The film, with an edge above it. */
    Node film(Region strip) {
        DoubleBinding height =
                within(settings.filmHeight(), frame.heightProperty().divide(3));
        strip.prefHeightProperty().bind(height);
        strip.setMinHeight(Region.USE_PREF_SIZE);
        strip.setMaxHeight(Region.USE_PREF_SIZE);
        return with(strip, new PaneGrip(settings.filmHeight(), height, Side.BOTTOM, texts), Pos.TOP_CENTER);
    }

    private DoubleBinding leftWidth() {
        double others = settings.settingsWidth().range().min() + LEAST_STAGE_WIDTH;
        return within(settings.picturesWidth(), frame.widthProperty().subtract(others));
    }

    /** The size that was asked for, as far as there is room; before the first layout nobody knows of any. */
    private DoubleBinding within(NumberParameter size, DoubleExpression room) {
        return Bindings.createDoubleBinding(
                () -> frame.getWidth() == 0
                        ? size.get()
                        : Math.min(size.get(), Math.max(size.range().min(), room.get())),
                size.valueProperty(),
                room);
    }

    private static void keepWide(Region pane, DoubleBinding width) {
        pane.prefWidthProperty().bind(width);
        pane.setMinWidth(Region.USE_PREF_SIZE);
    }

    private static Node with(Region pane, PaneGrip grip, Pos edge) {
        StackPane.setAlignment(grip, edge);
        return new StackPane(pane, grip);
    }
}
