package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A message that stays until it is dismissed; not there while there is none. */
final class BannerView extends HBox {
    BannerView(ObservableValue<String> message, ObservableValue<Boolean> shown, Runnable dismiss, Texts texts) {
        getStyleClass().add("banner");
        Label text = Nodes.boundLabel(message, "banner-text");
        text.setWrapText(true);
        text.setMaxWidth(Double.MAX_VALUE);
        text.setMinHeight(USE_PREF_SIZE);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button close = Nodes.iconButton(Feather.X, texts.get("notice.dismiss"), dismiss);
        getChildren().addAll(Nodes.styled(new FontIcon(Feather.ALERT_TRIANGLE), "danger-icon"), text, close);
        Nodes.shownWhen(this, shown);
    }
}
