package dev.noisediffusion.ui.view;

import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

/**
 * The place of a part that most sessions never see. The part is made when it is to be shown for the first time, so that
 * the window need not wait for it when it opens; from then on it shows and hides itself.
 */
final class RareView extends StackPane {
    /** A part that is shown while a condition holds. */
    RareView(ObservableValue<Boolean> shown, Supplier<? extends Node> part) {
        this(shown, part, made -> {});
    }

    /**
     * A part that is shown while a condition holds.
     *
     * @param whenShown hears whenever the part has come into sight
     */
    <T extends Node> RareView(ObservableValue<Boolean> shown, Supplier<T> part, Consumer<? super T> whenShown) {
        // What lies beneath gets the clicks beside the part.
        setPickOnBounds(false);
        var once = new Once<>(part);
        Nodes.follow(shown, now -> {
            if (now) {
                T made = once.get();
                if (getChildren().isEmpty()) {
                    getChildren().add(made);
                    // Makes the skins: what lies in a scroll pane cannot take the keyboard before.
                    applyCss();
                }
                whenShown.accept(made);
            }
        });
    }
}
