package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.beans.property.DoubleProperty;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The line that parts two pictures; moved with the mouse, or with keys while it has the focus. */
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
        Nodes.follow(position, share -> notifyAccessibleAttributeChanged(AccessibleAttribute.VALUE));
    }

    private void move(KeyEvent event) {
        switch (event.getCode()) {
            case LEFT -> moveTo(position.get() - STEP);
            case RIGHT -> moveTo(position.get() + STEP);
            case PAGE_UP -> moveTo(position.get() - LARGE_STEP);
            case PAGE_DOWN -> moveTo(position.get() + LARGE_STEP);
            case HOME -> moveTo(0);
            case END -> moveTo(1);
            default -> {
                return;
            }
        }
        event.consume();
    }

    void moveTo(double share) {
        position.set(Math.clamp(share, 0, 1));
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case VALUE -> position.get();
            case MIN_VALUE -> 0.0;
            case MAX_VALUE -> 1.0;
            case ORIENTATION -> Orientation.HORIZONTAL;
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... parameters) {
        switch (action) {
            case DECREMENT -> moveTo(position.get() - STEP);
            case INCREMENT -> moveTo(position.get() + STEP);
            case SET_VALUE -> moveTo(((Number) parameters[0]).doubleValue());
            default -> super.executeAccessibleAction(action, parameters);
        }
    }
}
