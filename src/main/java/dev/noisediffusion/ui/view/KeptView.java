package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.KeptLetter;
import dev.noisediffusion.ui.viewmodel.KeptSettingsViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The settings 1 and 2: keep, and switch. */
final class KeptView extends HBox {
    private final KeptSettingsViewModel kept;
    private final Texts texts;

    KeptView(KeptSettingsViewModel kept, Texts texts) {
        this.kept = kept;
        this.texts = texts;
        getStyleClass().add("kept");
        var keep =
                Nodes.styled(new MenuButton(null, new FontIcon(Feather.BOOKMARK)), "flat", "button-icon", "no-arrow");
        keep.setId("keep");
        Nodes.describe(keep, texts.get("kept.keep.tooltip"));
        for (KeptLetter letter : KeptLetter.values()) {
            getChildren().add(button(letter));
            String text = texts.get("kept.keep", letter.shown());
            keep.getItems().add(Nodes.menuItem("keep-" + letter, text, () -> kept.keep(letter)));
        }
        getChildren().add(keep);
    }

    private ToggleButton button(KeptLetter letter) {
        var button = Nodes.styled(new ToggleButton(letter.shown()), "small");
        button.setId("kept-" + letter);
        Nodes.describe(button, texts.get("kept.empty", letter.shown()));
        Nodes.follow(kept.name(letter), name -> {
            String text = name.isEmpty()
                    ? texts.get("kept.empty", letter.shown())
                    : texts.get("kept.switch", letter.shown(), name);
            button.setAccessibleText(text);
            button.getTooltip().setText(text);
            button.pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("empty"), name.isEmpty());
        });
        var inUse = kept.isInUse(letter);
        Nodes.follow(inUse, button::setSelected);
        button.setOnAction(event -> {
            kept.switchTo(letter);
            button.setSelected(inUse.getValue());
        });
        return button;
    }
}
