package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.NumberParameter;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.beans.value.ObservableDoubleValue;
import javafx.geometry.Point2D;
import javafx.geometry.Side;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/** The edge of a pane: dragged, or moved with the arrow keys, it makes the pane larger or smaller. */
final class PaneGrip extends Region {
    private static final double THICKNESS = 7;
    private static final double KEY_STEP = 16;

    private final NumberParameter size;
    private final ObservableDoubleValue shown;
    private final Side side;
    private double pressedAt;
    private double pressedSize;
    private double askedBefore;

    /**
     * The edge of one pane.
     *
     * @param size that the pane is to have
     * @param shown the size that it has, which is less where there is no room for that
     * @param side of the window that the pane lies at
     */
    PaneGrip(NumberParameter size, ObservableDoubleValue shown, Side side, Texts texts) {
        this.size = size;
        this.shown = shown;
        this.side = side;
        String text = texts.get("pane." + size.id());
        setId("grip-" + size.id());
        getStyleClass().add("pane-grip");
        setCursor(side.isVertical() ? Cursor.H_RESIZE : Cursor.V_RESIZE);
        if (side.isVertical()) {
            setMaxWidth(THICKNESS);
        } else {
            setMaxHeight(THICKNESS);
        }
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.THUMB);
        setAccessibleText(text);
        Tooltip.install(this, new Tooltip(text));
        setOnMousePressed(this::grip);
        setOnMouseDragged(
                event -> ask(pressedSize + outwards() * (along(event) - pressedAt), pressedSize, askedBefore));
        Nodes.onDoubleClick(this, size::reset);
        setOnKeyPressed(this::onKey);
    }

    private void grip(MouseEvent event) {
        pressedAt = along(event);
        pressedSize = shown.get();
        askedBefore = size.get();
        event.consume();
    }

    /** In the window's own coordinates, which run from right to left where its language does. */
    private double along(MouseEvent event) {
        Point2D point = getScene().getRoot().sceneToLocal(event.getSceneX(), event.getSceneY());
        return side.isVertical() ? point.getX() : point.getY();
    }

    /** 1 where the pane grows with the coordinate. */
    private int outwards() {
        return side == Side.LEFT || side == Side.TOP ? 1 : -1;
    }

    /**
     * Where there is no room for more, asking for more does not make less of what was asked for before.
     *
     * @param from the size that it had before the move
     * @param before what was asked for then
     */
    private void ask(double to, double from, double before) {
        size.set(to < from ? to : Math.max(to, before));
    }

    private void onKey(KeyEvent event) {
        int direction = switch (event.getCode()) {
            case LEFT, UP -> -1;
            case RIGHT, DOWN -> 1;
            default -> 0;
        };
        if (direction != 0) {
            ask(shown.get() + outwards() * direction * KEY_STEP, shown.get(), size.get());
            event.consume();
        }
    }
}
