package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.PictureOffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.input.TransferMode;

/** Lets pictures be dropped on a node, which looks like it while they hover. */
final class DropTarget {
    private static final PseudoClass HOVERED = PseudoClass.getPseudoClass("drop-hover");

    private DropTarget() {}

    /** @param takes whether what was dropped, at least one thing, belongs here; if not, it goes to what lies beneath */
    static void on(
            Node node, Predicate<List<? extends PictureOffer>> takes, Consumer<List<? extends PictureOffer>> onDrop) {
        node.setOnDragOver(event -> {
            if (TransferReader.mayHavePictures(event.getDragboard())) {
                // Who offers a file to be moved may delete it when it was taken so.
                event.acceptTransferModes(TransferMode.COPY);
                node.pseudoClassStateChanged(HOVERED, true);
                event.consume();
            }
        });
        node.setOnDragExited(event -> node.pseudoClassStateChanged(HOVERED, false));
        node.setOnDragDropped(event -> {
            node.pseudoClassStateChanged(HOVERED, false);
            List<? extends PictureOffer> offers = TransferReader.offers(event.getDragboard());
            if (offers.isEmpty()) {
                event.setDropCompleted(false);
                event.consume();
            } else if (takes.test(offers)) {
                onDrop.accept(offers);
                event.setDropCompleted(true);
                event.consume();
            }
        });
    }
}
