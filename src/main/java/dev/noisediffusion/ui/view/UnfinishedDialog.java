package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ModalPane;
import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.ExportQueueViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Asks what becomes of unfinished exports when the window is closed. */
final class UnfinishedDialog extends VBox {
    private final Button finish;

    private UnfinishedDialog(ExportQueueViewModel exports, Texts texts) {
        getStyleClass().add("dialog-card");
        setId("unfinished-dialog");
        setMaxSize(520, Region.USE_PREF_SIZE);
        Label title = Nodes.boundLabel(
                exports.unfinishedProperty().map(count -> texts.get("unfinished.title", count)), "dialog-title");
        Nodes.wrap(title);
        Label text = Nodes.label(texts.get("unfinished.text"), "hint");
        Nodes.wrap(text);
        text.setMinHeight(USE_PREF_SIZE);
        Button cancel = Nodes.button(texts.get("unfinished.cancel"), exports::cancelAndGoOn);
        cancel.setId("unfinished-cancel");
        Button stay = Nodes.button(texts.get("unfinished.stay"), exports::stay);
        stay.setId("unfinished-stay");
        stay.setCancelButton(true);
        finish = Nodes.styled(Nodes.button(texts.get("unfinished.finish"), exports::finishAndGoOn), Styles.ACCENT);
        finish.setId("unfinished-finish");
        finish.setDefaultButton(true);
        getChildren()
                .addAll(title, text, Nodes.styled(new HBox(cancel, Nodes.spacer(), stay, finish), "dialog-buttons"));
    }

    /** The dialog in the pane that shows it whenever there is something to ask. */
    static ModalPane over(Cards cards, ExportQueueViewModel exports, Texts texts) {
        return cards.over(
                "unfinished-pane",
                texts.get("unfinished.text"),
                exports.askingProperty(),
                exports::stay,
                () -> new UnfinishedDialog(exports, texts),
                dialog -> dialog.finish);
    }
}
