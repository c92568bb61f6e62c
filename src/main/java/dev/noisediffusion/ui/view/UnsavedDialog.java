package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ModalPane;
import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.ProjectViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Asks what becomes of work that is not saved. */
final class UnsavedDialog extends VBox {
    private final Button save;

    private UnsavedDialog(ProjectViewModel project, Texts texts) {
        getStyleClass().add("dialog-card");
        setId("unsaved-dialog");
        setMaxSize(480, Region.USE_PREF_SIZE);
        Label text = Nodes.label(texts.get("unsaved.text"), "hint");
        Nodes.wrap(text);
        text.setMinHeight(USE_PREF_SIZE);
        Label title = Nodes.boundLabel(project.name().map(name -> texts.get("unsaved.title", name)), "dialog-title");
        Nodes.wrap(title);
        Button discard = Nodes.button(texts.get("unsaved.discard"), project::discardAndGoOn);
        discard.setId("unsaved-discard");
        Button stay = Nodes.button(texts.get("unsaved.stay"), project::stay);
        stay.setId("unsaved-stay");
        stay.setCancelButton(true);
        save = Nodes.styled(Nodes.button(texts.get("unsaved.save"), project::saveAndGoOn), Styles.ACCENT);
        save.setId("unsaved-save");
        save.setDefaultButton(true);
        getChildren()
                .addAll(title, text, Nodes.styled(new HBox(discard, Nodes.spacer(), stay, save), "dialog-buttons"));
    }

    /** The dialog in the pane that shows it whenever there is something to ask. */
    static ModalPane over(Cards cards, ProjectViewModel project, Texts texts) {
        return cards.over(
                "unsaved-pane",
                texts.get("unsaved.text"),
                project.askingProperty(),
                project::stay,
                () -> new UnsavedDialog(project, texts),
                dialog -> dialog.save);
    }
}
