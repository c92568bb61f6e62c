package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.beans.property.DoubleProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The line that parts two pictures; moved with the mouse, or with the arrow keys while it has the focus. */
final class WipeLine extends StackPane {
    static final double WIDTH = 32;
    private static final double STEP = 0.01;
    private static final double LARGE_STEP = 0.1;

    private final DoubleProperty position;

    WipeLine(DoubleProperty position, Texts texts) {
        this.position = position;
        setId("wipe-line");
        getStyleClass().add("wipe");
        setFocusTraversable(true);
        setCursor(Cursor.H_RESIZE);
        setAccessibleRole(AccessibleRole.SLIDER);
        setAccessibleText(texts.get("compare.wipe"));
        var line = Nodes.styled(new Region(), "wipe-stroke");
        line.setMaxWidth(Region.USE_PREF_SIZE);
        var icon = new StackPane(new FontIcon(Feather.CODE));
        Nodes.styled(icon, "wipe-handle").setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        getChildren().addAll(line, icon);
        setOnKeyPressed(this::move);
    }

    private void move(KeyEvent event) {
        switch (event.getCode()) {
            case LEFT -> moveTo(position.get() - STEP);
            case RIGHT -> moveTo(position.get() + STEP);
            case PAGE_UP -> moveTo(position.get() - LARGE_STEP);
            case PAGE_DOWN -> moveTo(position.get() + LARGE_STEP);
            default -> {
                return;
            }
        }
        event.consume();
    }

    void moveTo(double share) {
        position.set(Math.clamp(share, 0, 1));
    }
}
