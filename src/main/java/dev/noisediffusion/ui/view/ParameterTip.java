package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.Texts;
import java.io.InputStream;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/**
 * What a parameter does, in words and in small pictures of the same frame at different values. The texts are
 * {@code parameter.<id>.tip} and, beneath the pictures, {@code parameter.<id>.tiles}; the pictures lie in
 * {@code help/<id>.jpg}.
 */
final class ParameterTip {
    private ParameterTip() {}

    /**
     * Puts the explanation on a control.
     *
     * @param more a sentence at the end; blank for none
     */
    static void on(Control control, String id, Texts texts, String more) {
        String help = texts.get("parameter." + id + ".help");
        String words = texts.find("parameter." + id + ".tip").orElse(help);
        var tip = new Tooltip((words + " " + more).strip());
        tip.setId("tip-" + id);
        tip.setShowDelay(Duration.millis(500));
        tip.setShowDuration(Duration.seconds(60));
        tip.setWrapText(true);
        tip.setMaxWidth(340);
        tip.setContentDisplay(ContentDisplay.BOTTOM);
        tip.setGraphicTextGap(8);
        // Read when first needed.
        tip.setOnShowing(event -> {
            if (tip.getGraphic() == null) {
                illustrate(tip, id, texts);
            }
        });
        control.setTooltip(tip);
    }

    private static void illustrate(Tooltip tip, String id, Texts texts) {
        InputStream picture = ParameterTip.class.getResourceAsStream("/dev/noisediffusion/ui/help/" + id + ".jpg");
        if (picture == null) {
            return;
        }
        var view = new ImageView(new Image(picture));
        view.setFitWidth(300);
        view.setPreserveRatio(true);
        view.setSmooth(true);
        Label tiles = Nodes.label(texts.find("parameter." + id + ".tiles").orElse(""), "tip-tiles");
        tip.setGraphic(Nodes.styled(new VBox(view, tiles), "tip-picture"));
    }
}
