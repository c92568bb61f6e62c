package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.ModelState;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The line at the top: which model, on what, compare, export. */
final class HeaderView extends HBox {
    private final StudioViewModel studio;
    private final Texts texts;

    HeaderView(StudioViewModel studio, Manners manners) {
        this.studio = studio;
        this.texts = studio.texts();
        getStyleClass().add("header");
        var project = new ProjectMenu(studio.work().project(), manners.remembered(), texts);
        // The middle of a long name is left out for what stands beside it; the window's title has all of it.
        project.maxWidthProperty().bind(widthProperty().divide(5));
        var mask = new MaskToggle(studio.maskTool(), texts);
        var compare = new CompareButton(studio.compare(), studio.sheet(), texts);
        // Under the page of the lab, or a sheet, nothing is seen of what it does.
        BooleanBinding covered = Bindings.createBooleanBinding(
                () -> studio.lab().showingProperty().get() || studio.sheet().isOpen(),
                studio.lab().showingProperty(),
                studio.sheet().kindProperty());
        mask.disableProperty().bind(covered);
        // A sheet is left for it, or gives way to the other kind.
        compare.disableProperty().bind(studio.lab().showingProperty());
        getChildren()
                .addAll(
                        Nodes.styled(new FontIcon(Feather.APERTURE), "logo"),
                        project,
                        model(),
                        device(manners),
                        Nodes.spacer(),
                        new HistoryView(studio.work().history(), texts),
                        mask,
                        compare,
                        lab(),
                        export(),
                        manners.buttons());
    }

    private Node model() {
        var chip = Nodes.styled(new Button(), "chip");
        chip.setId("model-chip");
        chip.setMnemonicParsing(false);
        chip.textProperty().bind(studio.model().name());
        chip.setGraphic(new FontIcon(Feather.BOX));
        chip.setOnAction(event -> studio.models().show());
        Nodes.tooltip(chip, texts.get("model.tooltip"));
        chip.accessibleTextProperty().bind(studio.model().name().map(name -> texts.get("model.chip", name)));
        var opening = new ProgressIndicator();
        opening.setMaxSize(16, 16);
        Nodes.shownWhen(opening, studio.model().stateProperty().map(state -> state == ModelState.OPENING));
        return Nodes.styled(new HBox(chip, opening), "model");
    }

    private Node device(Manners manners) {
        Button device = Nodes.styled(Nodes.button("", manners::showDevice), Styles.FLAT, "hint");
        device.setId("device");
        device.setMnemonicParsing(false);
        device.textProperty().bind(studio.model().device());
        device.setGraphic(new FontIcon(Feather.CPU));
        Nodes.follow(studio.model().device(), name -> Nodes.describe(device, texts.get("model.device.tooltip", name)));
        return Nodes.shownWhen(device, studio.model().device().map(name -> !name.isEmpty()));
    }

    private Node lab() {
        Button lab = Nodes.iconButton(Feather.BAR_CHART_2, texts.get("lab.tooltip"), studio.lab()::toggle);
        lab.setId("lab-open");
        return lab;
    }

    private Node export() {
        Button export = Nodes.button(texts.get("export.button"), studio.export()::open);
        export.setId("export");
        export.setGraphic(new FontIcon(Feather.DOWNLOAD));
        export.setMinWidth(USE_PREF_SIZE);
        Nodes.describe(export, texts.get("export.tooltip"));
        export.disableProperty().bind(studio.export().canExportProperty().not());
        return Nodes.explained(
                Nodes.styled(export, Styles.ACCENT), studio.export().whyNotProperty());
    }
}
