package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.KeyframeViewModel;
import dev.noisediffusion.ui.viewmodel.KeyframesViewModel;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.VBox;

/** Drags slots by their header to another place, and lets pictures be dropped between them; a line shows where they would land. */
final class SlotOrder {
    private static final PseudoClass DRAGGED = PseudoClass.getPseudoClass("dragged");
    private static final PseudoClass LANDING_BEFORE = PseudoClass.getPseudoClass("landing-before");
    private static final PseudoClass LANDING_AFTER = PseudoClass.getPseudoClass("landing-after");

    private final KeyframesViewModel keyframes;
    private final VBox column;

    SlotOrder(KeyframesViewModel keyframes, VBox column) {
        this.keyframes = keyframes;
        this.column = column;
    }

    /** Lets a slot be dragged by a part of its view, but for its small buttons. */
    void install(Node handle, KeyframeViewModel slot) {
        handle.addEventHandler(MouseEvent.MOUSE_DRAGGED, event -> {
            if (isDrag(event)) {
                show(slot, landing(event.getSceneX(), event.getSceneY()));
                event.consume();
            }
        });
        handle.addEventHandler(MouseEvent.MOUSE_RELEASED, event -> {
            if (isDrag(event)) {
                int place = landing(event.getSceneX(), event.getSceneY());
                clear();
                keyframes.moveTo(slot, place);
                event.consume();
            }
        });
    }

    /** Lets pictures be dropped between slots. What may be something else is for the window to take. */
    void takeDrops() {
        // A slot beneath the mouse takes them itself.
        column.addEventFilter(DragEvent.DRAG_OVER, event -> clear());
        DropTarget.on(
                column,
                KeyframesViewModel::arePictures,
                event -> showLine(landing(event.getSceneX(), event.getSceneY())),
                this::clear,
                (event, offers) -> keyframes.insert(landing(event.getSceneX(), event.getSceneY()), offers));
    }

    /** What the mouse was pressed on hears of it until it is let go; a click may wander while it is down. */
    private static boolean isDrag(MouseEvent event) {
        return !event.isStillSincePress() && !(event.getTarget() instanceof Node pressed && isOfTools(pressed));
    }

    private static boolean isOfTools(Node node) {
        return node.getStyleClass().contains("slot-tools") || (node.getParent() != null && isOfTools(node.getParent()));
    }

    private List<Node> views() {
        return column.getChildren().stream()
                .filter(ImageSlotView.class::isInstance)
                .toList();
    }

    /** How many slots lie above the mouse. */
    private int landing(double sceneX, double sceneY) {
        Point2D at = column.sceneToLocal(sceneX, sceneY);
        return (int) views().stream()
                .filter(view -> view.getBoundsInParent().getCenterY() < at.getY())
                .count();
    }

    private void show(KeyframeViewModel slot, int place) {
        clear();
        int from = keyframes.slots().indexOf(slot);
        views().get(from).pseudoClassStateChanged(DRAGGED, true);
        if (place != from && place != from + 1) {
            showLine(place);
        }
    }

    private void showLine(int place) {
        List<Node> views = views();
        if (place == views.size()) {
            views.getLast().pseudoClassStateChanged(LANDING_AFTER, true);
        } else {
            views.get(place).pseudoClassStateChanged(LANDING_BEFORE, true);
        }
    }

    private void clear() {
        for (Node view : views()) {
            view.pseudoClassStateChanged(DRAGGED, false);
            view.pseudoClassStateChanged(LANDING_BEFORE, false);
            view.pseudoClassStateChanged(LANDING_AFTER, false);
        }
    }
}
