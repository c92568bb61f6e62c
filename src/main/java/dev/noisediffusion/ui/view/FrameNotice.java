package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.FramesViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;

/** Why a frame did not change, and what would help. */
final class FrameNotice extends HBox {
    FrameNotice(FramesViewModel frames, Texts texts) {
        setId("frame-notice");
        getStyleClass().add("frame-notice");
        Button raise = Nodes.styled(Nodes.button(texts.get("frames.raise"), frames::raiseGamma), "small", "accent");
        raise.setId("raise-gamma");
        raise.setMinWidth(USE_PREF_SIZE);
        Label text = Nodes.boundLabel(frames.messageProperty(), "frame-notice-text");
        Nodes.wrap(text);
        text.setMinHeight(USE_PREF_SIZE);
        getChildren()
                .addAll(
                        text,
                        Nodes.shownWhen(raise, frames.offeringProperty()),
                        Nodes.spacer(),
                        Nodes.iconButton(Feather.X, texts.get("notice.dismiss"), frames::dismissMessage));
        Nodes.shownWhen(this, frames.messageProperty().map(message -> !message.isEmpty()));
    }
}
