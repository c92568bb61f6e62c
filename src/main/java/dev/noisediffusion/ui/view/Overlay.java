package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ModalPane;
import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A card over the window, closed with its button, Escape or a click beside it. */
final class Overlay {
    private final ModalPane pane = new ModalPane();
    private final VBox card;
    private final Button close;

    /**
     * A card that is not shown yet.
     *
     * @param id of the card
     * @param width of the card, at most
     */
    Overlay(String id, String title, Texts texts, double width, Node content) {
        close = Nodes.button(texts.get("overlay.close"), this::hide);
        close.setCancelButton(true);
        close.setId(id + "-close");
        card = Nodes.styled(
                new VBox(
                        Nodes.label(title, "dialog-title"),
                        content,
                        Nodes.styled(new HBox(Nodes.spacer(), Nodes.styled(close, Styles.ACCENT)), "dialog-buttons")),
                "dialog-card");
        card.setId(id);
        card.setMaxSize(width, Region.USE_PREF_SIZE);
        pane.setId(id + "-pane");
        pane.setAccessibleText(title);
        pane.setInTransitionFactory(null);
        pane.setOutTransitionFactory(null);
    }

    Node node() {
        return pane;
    }

    boolean isShown() {
        return pane.isDisplay();
    }

    void show() {
        pane.show(card);
        close.requestFocus();
    }

    void hide() {
        pane.hide();
    }
}
