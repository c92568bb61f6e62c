package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.NumberParameter;
import dev.noisediffusion.ui.viewmodel.SheetAxis;
import dev.noisediffusion.ui.viewmodel.SheetAxisViewModel;
import dev.noisediffusion.ui.viewmodel.SheetKind;
import dev.noisediffusion.ui.viewmodel.SheetViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.EnumMap;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** A sheet over the pictures, with what is on its axes. */
final class SheetView extends VBox {
    private final SheetViewModel sheet;
    private final Texts texts;

    SheetView(SheetViewModel sheet, Texts texts) {
        this.sheet = sheet;
        this.texts = texts;
        setId("sheet");
        getStyleClass().add("sheet");
        var large = new PictureView(sheet.largeProperty(), 4);
        large.setId("sheet-large");
        large.setOnMouseClicked(event -> sheet.close());
        var grid = new SheetGrid(sheet, texts);
        var cells = new StackPane(
                Nodes.shownWhen(grid, sheet.largeProperty().isNull()),
                Nodes.shownWhen(large, sheet.largeProperty().isNotNull()));
        large.accessibleTextProperty().bind(grid.pointed());
        // Else the keyboard would go from the cell, which is out of sight then, to whatever comes after the sheet.
        Nodes.follow(large.visibleProperty(), seen -> takeKeyboard(large, seen));
        cells.setMinSize(0, 0);
        VBox.setVgrow(cells, Priority.ALWAYS);
        getChildren().addAll(header(), axes(), cells, footer(grid));
        Nodes.shownWhen(this, sheet.kindProperty().map(kind -> kind != SheetKind.CLOSED));
    }

    private static void takeKeyboard(Node large, boolean seen) {
        if (seen) {
            large.requestFocus();
        }
    }

    private Node header() {
        Label title =
                Nodes.boundLabel(sheet.kindProperty().map(kind -> texts.get("sheet.title." + kind)), "panel-title");
        Button again = Nodes.iconButton(Feather.REFRESH_CW, texts.get("sheet.again"), sheet::fill);
        again.setId("sheet-again");
        Button export = Nodes.iconButton(Feather.DOWNLOAD, texts.get("sheet.export"), sheet::export);
        export.setId("sheet-export");
        export.disableProperty().bind(sheet.canExportProperty().not());
        Button close = Nodes.iconButton(Feather.X, texts.get("sheet.close"), sheet::close);
        close.setId("sheet-close");
        Node explained = Nodes.explained(export, texts.get("sheet.export.unfinished"));
        return Nodes.styled(new HBox(title, Nodes.spacer(), again, explained, close), "sheet-header");
    }

    private Node axes() {
        var contact =
                Nodes.styled(new FlowPane(axis(sheet.across(), "across"), axis(sheet.down(), "down")), "sheet-axes");
        var grid = Nodes.styled(
                new HBox(
                        Nodes.label(texts.get("sheet.side"), "hint"),
                        field(sheet.side(), "sheet-side", texts.get("sheet.side"))),
                "sheet-axis");
        return new VBox(
                Nodes.shownWhen(contact, sheet.kindProperty().map(kind -> kind == SheetKind.CONTACT_SHEET)),
                Nodes.shownWhen(grid, sheet.kindProperty().map(kind -> kind == SheetKind.MORPH_GRID)));
    }

    private Node axis(SheetAxisViewModel axis, String id) {
        ComboBox<SheetAxis> choice = ChoiceViews.box(axis.axis(), texts);
        choice.setId("sheet-" + id);
        Label name = Nodes.label(texts.get("sheet." + id), "hint");
        name.setLabelFor(choice);
        Nodes.tooltip(choice, name.getText());
        Nodes.follow(sheet.guidanceOffered(), offered -> offerGuidance(choice.getItems(), offered));
        var ends = Nodes.styled(new HBox(), "sheet-axis");
        var made = new EnumMap<SheetAxis, Node>(SheetAxis.class);
        Nodes.follow(
                axis.axis().valueProperty(),
                chosen -> ends.getChildren().setAll(made.computeIfAbsent(chosen, each -> ends(axis, id))));
        return Nodes.styled(
                new HBox(
                        name,
                        choice,
                        ends,
                        Nodes.label("×", "hint"),
                        field(axis.count(), "sheet-" + id + "-count", texts.get("sheet.count"))),
                "sheet-axis");
    }

    /** Where it is not offered it is not chosen either: the list loses nothing that it shows. */
    private static void offerGuidance(List<SheetAxis> choices, boolean offered) {
        if (!offered) {
            choices.remove(SheetAxis.GUIDANCE);
        } else if (!choices.contains(SheetAxis.GUIDANCE)) {
            choices.add(SheetAxis.GUIDANCE);
        }
    }

    /** Of the axis as it is chosen now. */
    private Node ends(SheetAxisViewModel axis, String id) {
        return Nodes.styled(
                new HBox(
                        field(axis.from(), "sheet-" + id + "-from", texts.get("sheet.from")),
                        Nodes.label("–", "hint"),
                        field(axis.to(), "sheet-" + id + "-to", texts.get("sheet.to"))),
                "sheet-axis");
    }

    private TextField field(NumberParameter number, String id, String name) {
        var field = new NumberField(number, texts, "sheet-field");
        field.setId(id);
        Nodes.describe(field, name);
        return field;
    }

    private Node footer(SheetGrid grid) {
        Label cell = Nodes.boundLabel(grid.pointed(), "sheet-cell-label");
        cell.setId("sheet-cell-label");
        Label message = Nodes.boundLabel(sheet.messageProperty(), "hint");
        message.setId("sheet-message");
        Nodes.wrap(message);
        message.setMinHeight(USE_PREF_SIZE);
        message.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(message, Priority.ALWAYS);
        var bar = Nodes.styled(new ProgressBar(), "small", "sheet-progress");
        bar.progressProperty().bind(sheet.fraction());
        Button raise = Nodes.styled(Nodes.button(texts.get("frames.raise"), sheet::raiseGamma), "small", "accent");
        raise.setId("sheet-raise-gamma");
        raise.setMinWidth(USE_PREF_SIZE);
        Button cancel = Nodes.iconButton(Feather.X, texts.get("sheet.cancel"), sheet::cancel);
        cancel.setId("sheet-cancel");
        // Beside the message the words of a cell would break that anew, and so move the cells under the pointer.
        return new VBox(
                cell,
                Nodes.styled(
                        new HBox(
                                message,
                                Nodes.shownWhen(raise, sheet.raisingGammaHelpsProperty()),
                                Nodes.shownWhen(bar, sheet.busyProperty()),
                                Nodes.shownWhen(cancel, sheet.busyProperty())),
                        "sheet-footer"));
    }
}
