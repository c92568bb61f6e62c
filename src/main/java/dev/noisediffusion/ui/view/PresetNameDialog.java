package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ModalPane;
import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.PresetsViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Asks what a look is to be called. */
final class PresetNameDialog extends VBox {
    private final TextField field = new TextField();

    private PresetNameDialog(PresetsViewModel presets, Texts texts) {
        getStyleClass().add("dialog-card");
        setId("preset-dialog");
        setMaxSize(420, Region.USE_PREF_SIZE);
        field.setId("preset-name");
        field.setPromptText(texts.get("preset.name.prompt"));
        field.textProperty().bindBidirectional(presets.nameProperty());
        Label title = Nodes.label(texts.get("preset.name"), "dialog-title");
        title.setLabelFor(field);
        Label problem = Nodes.boundLabel(presets.problemProperty(), "hint");
        problem.setId("preset-problem");
        Nodes.wrap(problem);
        problem.setMinHeight(USE_PREF_SIZE);
        Button cancel = Nodes.button(texts.get("export.cancel"), presets::stopNaming);
        cancel.setId("preset-cancel");
        cancel.setCancelButton(true);
        Button take = Nodes.styled(Nodes.button(texts.get("preset.take"), presets::takeName), Styles.ACCENT);
        take.setId("preset-take");
        take.setDefaultButton(true);
        take.disableProperty().bind(presets.nameProperty().map(String::isBlank));
        getChildren()
                .addAll(
                        title,
                        new VBox(8, field, problem),
                        Nodes.styled(new HBox(Nodes.spacer(), cancel, take), "dialog-buttons"));
    }

    /** The dialog in the pane that shows it whenever a name is asked for. */
    static ModalPane over(Cards cards, PresetsViewModel presets, Texts texts) {
        return cards.over(
                "preset-pane",
                texts.get("preset.name"),
                presets.namingProperty(),
                presets::stopNaming,
                () -> new PresetNameDialog(presets, texts),
                dialog -> {
                    dialog.field.selectAll();
                    return dialog.field;
                });
    }
}
