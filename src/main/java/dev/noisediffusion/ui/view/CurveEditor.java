package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.CurveHandles;
import dev.noisediffusion.ui.viewmodel.CurveLane;
import dev.noisediffusion.ui.viewmodel.SegmentViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.List;
import java.util.Optional;
import javafx.geometry.NodeOrientation;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polyline;
import org.jspecify.annotations.Nullable;

/** The curve of a movement, time to the right and the way upwards, with two handles to drag or to move by arrow keys. */
final class CurveEditor extends Region {
    private static final double INSET = 10;
    private static final double STEP = 0.05;
    private static final double FINE_STEP = 0.01;

    /**
     * A point to drag; arrow keys are its own. Screen readers have it as a slider of the way, or of the time where it
     * moves along that only, and its name says both.
     */
    final class Handle extends Circle {
        private static final double RADIUS = 6;

        private final boolean isFirst;

        private Handle(boolean isFirst) {
            super(RADIUS);
            this.isFirst = isFirst;
            setAccessibleRole(AccessibleRole.SLIDER);
        }

        private double time(CurveHandles handles) {
            return isFirst ? handles.x1() : handles.x2();
        }

        private double way(CurveHandles handles) {
            return isFirst ? handles.y1() : handles.y2();
        }

        /** Along what it is a slider of. */
        private void slide(double by) {
            segment.handles(lane)
                    .ifPresent(from ->
                            segment.moveHandle(lane, isFirst, time(from) + (from.sideways() ? by : 0), way(from) + by));
        }

        private void say(CurveHandles handles) {
            String key = isFirst ? "segment.handle.first" : "segment.handle.second";
            setAccessibleText(texts.get(key, time(handles), way(handles)));
            notifyAccessibleAttributeChanged(AccessibleAttribute.VALUE);
        }

        @Override
        public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
            Optional<CurveHandles> handles = segment.handles(lane);
            if (handles.isEmpty()) {
                return super.queryAccessibleAttribute(attribute, parameters);
            }
            CurveHandles now = handles.get();
            return switch (attribute) {
                case VALUE -> now.sideways() ? time(now) : way(now);
                case MIN_VALUE -> 0.0;
                case MAX_VALUE -> 1.0;
                case ORIENTATION -> now.sideways() ? Orientation.HORIZONTAL : Orientation.VERTICAL;
                default -> super.queryAccessibleAttribute(attribute, parameters);
            };
        }

        @Override
        public void executeAccessibleAction(AccessibleAction action, Object... parameters) {
            switch (action) {
                case INCREMENT -> slide(STEP);
                case DECREMENT -> slide(-STEP);
                default -> super.executeAccessibleAction(action, parameters);
            }
        }
    }

    private final SegmentViewModel segment;
    private final CurveLane lane;
    private final Texts texts;
    private final Region field = Nodes.styled(new Region(), "curve-field");
    private final Line diagonal = Nodes.styled(new Line(), "curve-diagonal");
    private final Polyline curve = Nodes.styled(new Polyline(), "curve-line");
    private final Line firstArm = Nodes.styled(new Line(), "curve-arm");
    private final Line secondArm = Nodes.styled(new Line(), "curve-arm");
    private final Handle first;
    private final Handle second;

    CurveEditor(SegmentViewModel segment, CurveLane lane, Texts texts) {
        this.segment = segment;
        this.lane = lane;
        this.texts = texts;
        getStyleClass().add("curve-editor");
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        first = handle(true);
        second = handle(false);
        first.setId("curve-first");
        second.setId("curve-second");
        getChildren().addAll(field, diagonal, curve, firstArm, secondArm, first, second);
        getChildren().forEach(child -> child.setManaged(false));
        setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                segment.reset(lane);
                event.consume();
            }
        });
        Nodes.follow(segment.revision(), revision -> {
            requestLayout();
            segment.handles(lane).ifPresent(now -> List.of(first, second).forEach(handle -> handle.say(now)));
        });
    }

    private Handle handle(boolean isFirst) {
        var handle = Nodes.styled(new Handle(isFirst), "curve-handle");
        handle.setFocusTraversable(true);
        handle.setOnMousePressed(event -> {
            handle.requestFocus();
            // Or the pane around it takes the keyboard.
            event.consume();
        });
        handle.setOnMouseDragged(event -> drag(event, isFirst));
        handle.setOnKeyPressed(event -> nudge(event, handle));
        return handle;
    }

    private void drag(MouseEvent event, boolean isFirst) {
        var at = sceneToLocal(event.getSceneX(), event.getSceneY());
        segment.moveHandle(
                lane, isFirst, (at.getX() - INSET) / side(getWidth()), 1 - (at.getY() - INSET) / side(getHeight()));
        event.consume();
    }

    private void nudge(KeyEvent event, Handle handle) {
        double step = event.isShiftDown() ? FINE_STEP : STEP;
        Optional<CurveHandles> handles = segment.handles(lane);
        if (handles.isEmpty() || !event.getCode().isArrowKey() || event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        double x = handle.time(handles.get());
        double y = handle.way(handles.get());
        switch (event.getCode()) {
            case LEFT, KP_LEFT -> x -= step;
            case RIGHT, KP_RIGHT -> x += step;
            case UP, KP_UP -> y += step;
            default -> y -= step;
        }
        segment.moveHandle(lane, handle.isFirst, x, y);
        event.consume();
    }

    private static double side(double length) {
        return Math.max(1, length - 2 * INSET);
    }

    @Override
    protected void layoutChildren() {
        field.resizeRelocate(INSET, INSET, side(getWidth()), side(getHeight()));
        place(diagonal, 0, 0, 1, 1);
        curve.getPoints().setAll(points());
        Optional<CurveHandles> handles = segment.handles(lane);
        List.of(first, second, firstArm, secondArm).forEach(node -> node.setVisible(handles.isPresent()));
        handles.ifPresent(shown -> {
            place(first, shown.x1(), shown.y1());
            place(second, shown.x2(), shown.y2());
            place(firstArm, 0, 0, shown.x1(), shown.y1());
            place(secondArm, 1, 1, shown.x2(), shown.y2());
        });
    }

    private Double[] points() {
        int count = (int) side(getWidth()) + 1;
        var points = new Double[2 * count];
        for (int i = 0; i < count; i++) {
            double t = i / (count - 1.0);
            points[2 * i] = x(t);
            points[2 * i + 1] = y(segment.at(lane, t));
        }
        return points;
    }

    private double x(double time) {
        return INSET + time * side(getWidth());
    }

    private double y(double way) {
        return INSET + (1 - way) * side(getHeight());
    }

    private void place(Circle handle, double time, double way) {
        handle.setCenterX(x(time));
        handle.setCenterY(y(way));
    }

    private void place(Line line, double fromTime, double fromWay, double toTime, double toWay) {
        line.setStartX(x(fromTime));
        line.setStartY(y(fromWay));
        line.setEndX(x(toTime));
        line.setEndY(y(toWay));
    }
}
