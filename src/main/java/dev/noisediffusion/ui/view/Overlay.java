package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A card over the window, closed with its button, Escape or a click beside it. */
final class Overlay {
    private final Cards.Card place;
    private final Button close;
    private final Once<VBox> card;

    /**
     * A card that is not shown yet.
     *
     * @param cards those of the window
     * @param id of the card
     * @param width of the card, at most
     * @param content made when the card is shown for the first time
     */
    Overlay(Cards cards, String id, String title, Texts texts, double width, Supplier<? extends Node> content) {
        close = Nodes.button(texts.get("overlay.close"), this::hide);
        close.setCancelButton(true);
        close.setId(id + "-close");
        card = new Once<>(() -> card(id, title, width, content.get()));
        place = cards.card(id + "-pane", title);
    }

    private VBox card(String id, String title, double width, Node content) {
        var made = Nodes.styled(
                new VBox(
                        Nodes.label(title, "dialog-title"),
                        content,
                        Nodes.styled(new HBox(Nodes.spacer(), Nodes.styled(close, Styles.ACCENT)), "dialog-buttons")),
                "dialog-card");
        made.setId(id);
        made.setMaxSize(width, Region.USE_PREF_SIZE);
        return made;
    }

    Node node() {
        return place.pane();
    }

    boolean isShown() {
        return place.isShown();
    }

    void show() {
        show(close);
    }

    /** @param first gets the keyboard */
    void show(Node first) {
        place.show(card.get(), first);
    }

    void hide() {
        place.hide();
    }
}
