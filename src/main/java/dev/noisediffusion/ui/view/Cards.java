package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ModalPane;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.scene.Node;

/** Cards over the window, for as long as something asks for them. */
final class Cards {
    private Cards() {}

    /**
     * The pane that shows a card. The card is made when it is shown for the first time.
     *
     * @param id of the pane
     * @param name for screen readers
     * @param close called when the user closes the card with Escape or a click beside it
     * @param whenShown hears whenever the card has come into sight
     */
    static <T extends Node> ModalPane over(
            String id,
            String name,
            ReadOnlyBooleanProperty showing,
            Runnable close,
            Supplier<T> card,
            Consumer<? super T> whenShown) {
        ModalPane pane = pane(id, name);
        var once = new Once<>(card);
        showing.subscribe(shown -> {
            if (shown) {
                T made = once.get();
                pane.show(made);
                whenShown.accept(made);
            } else {
                pane.hide();
            }
        });
        pane.displayProperty().subscribe(displayed -> {
            if (!displayed && showing.get()) {
                close.run();
            }
        });
        return pane;
    }

    /** A pane without a card, that comes and goes at once. */
    static ModalPane pane(String id, String name) {
        var pane = new ModalPane();
        pane.setId(id);
        pane.setAccessibleText(name);
        pane.setInTransitionFactory(null);
        pane.setOutTransitionFactory(null);
        return pane;
    }
}
