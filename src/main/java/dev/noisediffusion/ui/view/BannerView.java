package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A message that stays until it is dismissed; not there while there is none. */
final class BannerView extends HBox {
    private static final PseudoClass NOTE = PseudoClass.getPseudoClass("note");

    /**
     * A way out that a message names, by a button.
     *
     * @param named whether the message of this moment names it
     */
    record Offer(String id, String text, ObservableValue<Boolean> named, Runnable way) {
        private Button button() {
            Button button = Nodes.styled(Nodes.button(text, way), Styles.SMALL);
            button.setId(id);
            button.setMinWidth(USE_PREF_SIZE);
            return Nodes.shownWhen(button, named);
        }
    }

    /** @param alarming whether the message tells of something that went wrong, and not just a piece of news */
    BannerView(
            ObservableValue<String> message,
            ObservableValue<Boolean> alarming,
            List<Offer> offers,
            Runnable dismiss,
            Texts texts) {
        getStyleClass().add("banner");
        Label text = Nodes.boundLabel(message);
        Nodes.wrap(text);
        text.setMaxWidth(Double.MAX_VALUE);
        text.setMinHeight(USE_PREF_SIZE);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button close = Nodes.iconButton(Feather.X, texts.get("notice.dismiss"), dismiss);
        var icon = Nodes.styled(new FontIcon(), "banner-icon");
        Nodes.follow(alarming, alarm -> {
            icon.setIconCode(alarm ? Feather.ALERT_TRIANGLE : Feather.INFO);
            pseudoClassStateChanged(NOTE, !alarm);
        });
        getChildren().addAll(icon, text);
        offers.forEach(offer -> getChildren().add(offer.button()));
        getChildren().add(close);
        Nodes.shownWhen(this, message.map(words -> !words.isEmpty()));
    }
}
