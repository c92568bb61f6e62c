package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.KeyframeViewModel;
import dev.noisediffusion.ui.viewmodel.KeyframesViewModel;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.VBox;

/** Drags slots by their header to another place; a line shows where they would land. */
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
                show(slot, landing(event));
                event.consume();
            }
        });
        handle.addEventHandler(MouseEvent.MOUSE_RELEASED, event -> {
            if (isDrag(event)) {
                int place = landing(event);
                clear();
                keyframes.moveTo(slot, place);
                event.consume();
            }
        });
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
    private int landing(MouseEvent event) {
        Point2D at = column.sceneToLocal(event.getSceneX(), event.getSceneY());
        return (int) views().stream()
                .filter(view -> view.getBoundsInParent().getCenterY() < at.getY())
                .count();
    }

    private void show(KeyframeViewModel slot, int place) {
        clear();
        List<Node> views = views();
        int from = keyframes.slots().indexOf(slot);
        views.get(from).pseudoClassStateChanged(DRAGGED, true);
        if (place == views.size()) {
            views.getLast().pseudoClassStateChanged(LANDING_AFTER, place != from + 1);
        } else {
            views.get(place).pseudoClassStateChanged(LANDING_BEFORE, place != from && place != from + 1);
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
