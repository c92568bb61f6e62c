package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ModalPane;
import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.ExportViewModel;
import dev.noisediffusion.ui.viewmodel.NumberParameter;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The choices for saving a film, over the window. */
final class ExportDialog extends VBox {
    private final ExportViewModel export;
    private final Texts texts;
    private final Hints hints;
    private final TextField name = new TextField();

    private ExportDialog(ExportViewModel export, Texts texts) {
        this.export = export;
        this.texts = texts;
        this.hints = Hints.always(texts);
        getStyleClass().add("dialog-card");
        setId("export-dialog");
        setMaxSize(760, Region.USE_PREF_SIZE);
        getStyleClass().add("export-dialog");
        getChildren()
                .addAll(
                        Nodes.label(texts.get("export.title"), "dialog-title"),
                        ChoiceViews.ticks(export.formats(), hints, texts),
                        pair(
                                ChoiceViews.ticks(export.contents(), hints, texts),
                                ChoiceViews.segmented(export.order(), hints, texts)),
                        pair(scale(), number(export.quality())),
                        pair(number(export.fps()), number(export.repeats())),
                        pair(name(), folder()),
                        summary(),
                        warning(),
                        buttons(),
                        question());
        setOnKeyPressed(this::escape);
    }

    /** Back from the question to the choices, and only from there out of the dialog. */
    private void escape(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && !export.clashProperty().get().isEmpty()) {
            export.reconsider();
            event.consume();
        }
    }

    private Node number(NumberParameter parameter) {
        return new NumberParameterView(parameter, hints, texts);
    }

    /** The multiple, and what it comes to. */
    private Node scale() {
        Label pixels = Nodes.boundLabel(export.pixelsProperty(), "hint");
        pixels.setId("export-pixels");
        pixels.setMinWidth(USE_PREF_SIZE);
        return new NumberParameterView(export.scale(), hints, texts, pixels);
    }

    /** The dialog in the pane that shows it whenever the view model says so. */
    static ModalPane over(Cards cards, ExportViewModel export, Texts texts) {
        return cards.over(
                "export-pane",
                texts.get("export.title"),
                export.showingProperty(),
                export::close,
                () -> new ExportDialog(export, texts),
                dialog -> {
                    dialog.name.selectAll();
                    return dialog.name;
                });
    }

    private static Node pair(Node left, Node right) {
        HBox.setHgrow(left, Priority.ALWAYS);
        HBox.setHgrow(right, Priority.ALWAYS);
        return Nodes.styled(new HBox(left, right), "dialog-pair");
    }

    private Node name() {
        name.setId("export-name");
        name.textProperty().bindBidirectional(export.nameProperty());
        return field("export.name", name);
    }

    private Node folder() {
        Label place = Nodes.boundLabel(export.folderProperty().map(Path::toString), "export-folder");
        place.setId("export-folder");
        place.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        place.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(place, Priority.ALWAYS);
        Button choose = Nodes.button(texts.get("export.folder.choose"), export::chooseFolder);
        choose.setId("export-folder-choose");
        choose.setMinWidth(USE_PREF_SIZE);
        return field("export.folder", Nodes.styled(new HBox(place, choose), "export-place"));
    }

    private Node field(String key, Node control) {
        Label label = Nodes.label(texts.get(key), "parameter-name");
        label.setLabelFor(control);
        return Nodes.styled(new VBox(label, control), "parameter");
    }

    private Node summary() {
        Label summary = Nodes.boundLabel(export.summaryProperty(), "export-summary");
        summary.setId("export-summary");
        Nodes.wrap(summary);
        summary.setMinHeight(USE_PREF_SIZE);
        Label files = Nodes.boundLabel(export.filesProperty(), "export-summary");
        files.setId("export-files");
        Nodes.wrap(files);
        files.setMinHeight(USE_PREF_SIZE);
        Label beside = Nodes.boundLabel(export.besideProperty(), "export-summary");
        beside.setId("export-beside");
        Nodes.wrap(beside);
        beside.setMinHeight(USE_PREF_SIZE);
        return new VBox(
                summary, files, Nodes.shownWhen(beside, export.besideProperty().isNotEmpty()));
    }

    private Node warning() {
        Label warning = Nodes.boundLabel(export.warningProperty(), "export-outdated");
        warning.setId("export-outdated");
        Nodes.wrap(warning);
        warning.setMinHeight(USE_PREF_SIZE);
        return Nodes.shownWhen(warning, export.warningProperty().isNotEmpty());
    }

    private Node buttons() {
        Button cancel = Nodes.button(texts.get("export.cancel"), export::close);
        cancel.setCancelButton(true);
        cancel.setId("export-cancel");
        Button go = Nodes.button(texts.get("export.action"), export::export);
        go.defaultButtonProperty().bind(export.clashProperty().isEmpty());
        go.setId("export-go");
        go.disableProperty().bind(export.readyProperty().not());
        var buttons = Nodes.styled(new HBox(Nodes.spacer(), cancel, Nodes.styled(go, Styles.ACCENT)), "dialog-buttons");
        return Nodes.shownWhen(buttons, export.clashProperty().isEmpty());
    }

    /** In place of the buttons, while files are in the way. */
    private Node question() {
        Label text = Nodes.boundLabel(export.clashProperty());
        text.setId("export-clash");
        Nodes.wrap(text);
        text.setMinHeight(USE_PREF_SIZE);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button replace = Nodes.button(texts.get("export.replace"), export::replace);
        replace.setId("export-replace");
        Button keep = Nodes.button(texts.get("export.keepBoth"), export::keepBoth);
        keep.setId("export-keep");
        keep.defaultButtonProperty().bind(export.clashProperty().isNotEmpty());
        Button back = Nodes.button(texts.get("export.back"), export::reconsider);
        back.setId("export-back");
        List.of(replace, keep, back).forEach(button -> button.setMinWidth(USE_PREF_SIZE));
        Nodes.follow(export.clashProperty().map(clash -> !clash.isEmpty()), asked -> {
            if (asked) {
                keep.requestFocus();
            } else {
                name.requestFocus();
            }
        });
        var row = Nodes.styled(
                new HBox(text, back, replace, Nodes.styled(keep, Styles.ACCENT)), "dialog-buttons", "export-question");
        return Nodes.shownWhen(row, export.clashProperty().isNotEmpty());
    }
}
