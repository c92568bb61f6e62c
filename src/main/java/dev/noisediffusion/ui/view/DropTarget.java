package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.PictureOffer;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;

/** Lets pictures be dropped on a node, which looks like it while they hover; of nodes around each other the innermost does. */
final class DropTarget {
    private static final PseudoClass HOVERED = PseudoClass.getPseudoClass("drop-hover");

    private DropTarget() {}

    /** @param takes whether what was dropped, at least one thing, belongs here; if not, it goes to what lies beneath */
    static void on(
            Node node, Predicate<List<? extends PictureOffer>> takes, Consumer<List<? extends PictureOffer>> onDrop) {
        on(
                node,
                takes,
                event -> node.pseudoClassStateChanged(HOVERED, true),
                () -> node.pseudoClassStateChanged(HOVERED, false),
                (event, offers) -> onDrop.accept(offers));
    }

    /**
     * The same for a node where the place counts at which they are dropped, and that shows it in a way of its own.
     *
     * @param hover shows where they would land, at every movement
     * @param leave shows nothing any more
     */
    static void on(
            Node node,
            Predicate<List<? extends PictureOffer>> takes,
            Consumer<DragEvent> hover,
            Runnable leave,
            BiConsumer<DragEvent, List<? extends PictureOffer>> onDrop) {
        node.setOnDragOver(event -> {
            if (TransferReader.mayHavePictures(event.getDragboard())) {
                // Who offers a file to be moved may delete it when it was taken so.
                event.acceptTransferModes(TransferMode.COPY);
                dimAround(node);
                hover.accept(event);
                event.consume();
            }
        });
        node.setOnDragExited(event -> leave.run());
        node.setOnDragDropped(event -> {
            leave.run();
            List<? extends PictureOffer> offers = TransferReader.offers(event.getDragboard());
            if (offers.isEmpty()) {
                event.setDropCompleted(false);
                event.consume();
            } else if (takes.test(offers)) {
                onDrop.accept(event, offers);
                event.setDropCompleted(true);
                event.consume();
            }
        });
    }

    /** Those that the mouse came through do not hear that it has left them, as it has not. */
    private static void dimAround(Node node) {
        for (Node around = node.getParent(); around != null; around = around.getParent()) {
            around.pseudoClassStateChanged(HOVERED, false);
        }
    }
}
