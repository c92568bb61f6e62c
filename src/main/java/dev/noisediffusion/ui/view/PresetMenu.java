package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.PresetsViewModel;
import dev.noisediffusion.ui.viewmodel.SuggestedLook;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The look that is set, and the looks to choose from. */
final class PresetMenu extends MenuButton {
    private final PresetsViewModel presets;
    private final Texts texts;

    PresetMenu(PresetsViewModel presets, Texts texts) {
        this.presets = presets;
        this.texts = texts;
        setId("preset");
        getStyleClass().addAll("flat", "preset-menu");
        setMnemonicParsing(false);
        textProperty().bind(presets.currentProperty().map(name -> name.isEmpty() ? texts.get("preset.custom") : name));
        Nodes.describe(this, texts.get("preset.tooltip"));
        accessibleTextProperty().bind(textProperty().map(name -> texts.get("preset.menu", name)));
        setOnShowing(event -> getItems().setAll(items()));
        getItems().setAll(items());
    }

    private List<MenuItem> items() {
        var items = new ArrayList<MenuItem>();
        SuggestedLook suggested = presets.suggested();
        if (suggested.isOffered()) {
            items.add(choice(suggested.name(), texts.get("preset.item", suggested.name(), suggested.tip()), false));
        }
        List<String> builtIn = presets.builtInNames();
        for (int i = 0; i < builtIn.size(); i++) {
            String name = builtIn.get(i);
            items.add(choice(
                    name, texts.get("preset.item", name, presets.builtInTips().get(i)), false));
        }
        if (!presets.ownNames().isEmpty()) {
            items.add(new SeparatorMenuItem());
            presets.ownNames().forEach(name -> items.add(choice(name, name, true)));
        }
        items.add(new SeparatorMenuItem());
        items.add(item("preset-save", texts.get("preset.save"), presets::startSaving));
        if (presets.ownChosenProperty().get()) {
            String name = presets.currentProperty().get();
            items.add(item("preset-rename", texts.get("preset.rename", name), presets::startRenaming));
            items.add(item("preset-delete", texts.get("preset.delete", name), presets::delete));
        }
        return items;
    }

    private MenuItem choice(String name, String text, boolean own) {
        Runnable choosing = own ? () -> presets.choose(name) : () -> presets.chooseStudios(name);
        MenuItem item = item("preset-" + name, text, choosing);
        var mark = new FontIcon(Feather.CHECK);
        mark.setVisible(name.equals(presets.currentProperty().get())
                && own == presets.ownChosenProperty().get());
        item.setGraphic(mark);
        return item;
    }

    private static MenuItem item(String id, String text, Runnable action) {
        MenuItem item = Nodes.menuItem(id, text, action);
        item.setMnemonicParsing(false);
        return item;
    }
}
