package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.CompareMode;
import dev.noisediffusion.ui.viewmodel.CompareViewModel;
import dev.noisediffusion.ui.viewmodel.SheetViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.control.ToggleGroup;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Compares or not; its menu says how. Under a sheet nothing is seen of that: the sheet is left for it. */
final class CompareButton extends SplitMenuButton {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final Map<CompareMode, Feather> ICONS = Map.of(
            CompareMode.SINGLE, Feather.SQUARE,
            CompareMode.SIDE_BY_SIDE, Feather.COLUMNS,
            CompareMode.WIPE, Feather.CODE,
            CompareMode.DIFFERENCE, Feather.THERMOMETER,
            CompareMode.GRID, Feather.GRID);

    CompareButton(CompareViewModel compare, SheetViewModel sheet, Texts texts) {
        setId("compare");
        setText(texts.get("compare.toggle"));
        setGraphic(new FontIcon(Feather.COLUMNS));
        getStyleClass().add("compare-toggle");
        setMinWidth(USE_PREF_SIZE);
        Nodes.describe(this, texts.get("compare.tooltip"));
        setOnAction(event -> {
            sheet.leave();
            compare.toggle();
        });
        var group = new ToggleGroup();
        for (CompareMode mode : compare.mode().choices()) {
            var item = new RadioMenuItem(texts.get(compare.mode().textKey(mode)), new FontIcon(icon(mode)));
            item.setId("compare-" + mode.name());
            item.setToggleGroup(group);
            item.setOnAction(event -> {
                sheet.leave();
                compare.mode().set(mode);
            });
            getItems().add(item);
            Nodes.follow(compare.modeProperty(), now -> item.setSelected(now == mode));
        }
        getItems()
                .addAll(
                        new SeparatorMenuItem(),
                        item("contactSheet", Feather.LAYOUT, texts, sheet::openContactSheet),
                        item("morphGrid", Feather.MAXIMIZE, texts, sheet::openMorphGrid));
        Nodes.follow(compare.modeProperty(), now -> {
            pseudoClassStateChanged(SELECTED, now != CompareMode.SINGLE);
            setGraphic(new FontIcon(icon(now == CompareMode.SINGLE ? CompareMode.SIDE_BY_SIDE : now)));
        });
    }

    private static MenuItem item(String name, Feather icon, Texts texts, Runnable action) {
        MenuItem item = Nodes.menuItem("open-" + name, texts.get("sheet.open." + name), action);
        item.setGraphic(new FontIcon(icon));
        return item;
    }

    private static Feather icon(CompareMode mode) {
        return ICONS.getOrDefault(mode, Feather.COLUMNS);
    }
}
