package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ModalPane;
import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.ExportViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The choices for saving a film, over the window. */
final class ExportDialog extends VBox {
    private final ExportViewModel export;
    private final Texts texts;

    private ExportDialog(ExportViewModel export, Texts texts) {
        this.export = export;
        this.texts = texts;
        getStyleClass().add("dialog-card");
        setId("export-dialog");
        setMaxSize(560, Region.USE_PREF_SIZE);
        Node quality = new NumberParameterView(export.quality(), texts);
        Node repeats = new NumberParameterView(export.repeats(), texts);
        getChildren()
                .addAll(
                        Nodes.label(texts.get("export.title"), "dialog-title"),
                        ChoiceViews.segmented(export.format(), texts),
                        pair(new NumberParameterView(export.scale(), texts), quality),
                        pair(new NumberParameterView(export.fps(), texts), repeats),
                        ChoiceViews.segmented(export.order(), texts),
                        beside(),
                        summary(),
                        buttons());
    }

    /** The dialog in the pane that shows it whenever the view model says so. */
    static ModalPane over(ExportViewModel export, Texts texts) {
        var pane = new ModalPane();
        pane.setId("export-pane");
        pane.setAccessibleText(texts.get("export.title"));
        pane.setInTransitionFactory(null);
        pane.setOutTransitionFactory(null);
        var dialog = new ExportDialog(export, texts);
        export.showingProperty().subscribe(showing -> {
            if (showing) {
                pane.show(dialog);
            } else {
                pane.hide();
            }
        });
        pane.displayProperty().subscribe(displayed -> {
            if (!displayed && export.showingProperty().get()) {
                export.close();
            }
        });
        return pane;
    }

    private static Node pair(Node left, Node right) {
        HBox.setHgrow(left, Priority.ALWAYS);
        HBox.setHgrow(right, Priority.ALWAYS);
        return Nodes.styled(new HBox(left, right), "dialog-pair");
    }

    private Node beside() {
        var check = new CheckBox(texts.get("export.beside"));
        check.setId("export-beside");
        check.selectedProperty().bindBidirectional(export.sideBySideProperty());
        Nodes.tooltip(check, texts.get("export.beside.tooltip"));
        return Nodes.shownWhen(check, export.canSetBesideProperty());
    }

    private Node summary() {
        Label summary = Nodes.boundLabel(export.summaryProperty(), "export-summary");
        summary.setId("export-summary");
        return summary;
    }

    private Node buttons() {
        Button cancel = Nodes.button(texts.get("export.cancel"), export::close);
        cancel.setCancelButton(true);
        cancel.setId("export-cancel");
        Button go = Nodes.button(texts.get("export.action"), export::export);
        go.setDefaultButton(true);
        go.setId("export-go");
        return Nodes.styled(new HBox(Nodes.spacer(), cancel, Nodes.styled(go, Styles.ACCENT)), "dialog-buttons");
    }
}
