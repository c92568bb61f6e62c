package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.LabExperiment;
import dev.noisediffusion.ui.viewmodel.LabSetupViewModel;
import dev.noisediffusion.ui.viewmodel.LabViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.List;
import java.util.Objects;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** What the lab is to run, and how far it is. */
final class LabForm extends VBox {
    private static final double WIDTH = 264;

    private final LabViewModel lab;
    private final LabSetupViewModel setup;
    private final Texts texts;
    private final ComboBox<LabExperiment> experiments = new ComboBox<>();

    LabForm(LabViewModel lab, ObservableValue<String> model, Texts texts) {
        this.lab = lab;
        this.setup = lab.setup();
        this.texts = texts;
        getStyleClass().add("lab-form");
        setMinWidth(WIDTH);
        setMaxWidth(WIDTH);
        var choices = Nodes.styled(new VBox(experiment(), photographs(), pairs(), model(model)), "lab-choices");
        choices.disableProperty().bind(lab.busyProperty());
        var scroll = new ScrollPane(choices);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(scroll, run(), results());
    }

    void takeKeyboard() {
        experiments.requestFocus();
    }

    private static Node group(Node... parts) {
        return Nodes.styled(new VBox(parts), "parameter");
    }

    private Node experiment() {
        experiments.setId("lab-experiment");
        experiments.setItems(setup.experiments());
        experiments.setMaxWidth(Double.MAX_VALUE);
        experiments.setConverter(new Namer());
        Label name = Nodes.label(texts.get("lab.experiment"), "parameter-name");
        name.setLabelFor(experiments);
        experiments.valueProperty().bindBidirectional(setup.experimentProperty());
        HBox.setHgrow(experiments, Priority.ALWAYS);
        Button open = Nodes.iconButton(Feather.FOLDER, texts.get("lab.openExperiment"), setup::openExperiment);
        open.setId("lab-open-experiment");
        return group(name, Nodes.styled(new HBox(experiments, open), "parameter-line"));
    }

    private Node photographs() {
        var group = new ToggleGroup();
        RadioButton morph = radio("lab-of-morph", "lab.photographs.morph", group, setup::takePicturesOfMorph);
        RadioButton folder = radio("lab-of-folder", "lab.photographs.folder", group, setup::chooseFolder);
        // A dialog that was given up leaves things as they are.
        Nodes.follow(setup.isFolderChosen(), ofFolder -> (ofFolder ? folder : morph).setSelected(true));
        folder.addEventHandler(
                javafx.event.ActionEvent.ACTION,
                event -> (setup.isFolderChosen().getValue() ? folder : morph).setSelected(true));
        Label name = Nodes.boundLabel(setup.folderName(), "hint");
        name.setId("lab-photographs");
        name.setTextOverrun(javafx.scene.control.OverrunStyle.CENTER_ELLIPSIS);
        Nodes.follow(setup.folderName(), words -> Nodes.tooltip(name, words));
        Nodes.shownWhen(name, setup.isOfFolder());
        Label counted = wrapped(setup.countedProperty());
        Label message = wrapped(setup.messageProperty());
        message.getStyleClass().add("model-problem");
        message.setId("lab-setup-message");
        Nodes.shownWhen(message, setup.messageProperty().map(words -> !words.isEmpty()));
        var choices = Nodes.styled(new VBox(morph, folder), "parameter");
        return group(
                Nodes.label(texts.get("lab.photographs"), "parameter-name"),
                ChoiceViews.steppedThrough(choices, List.of(morph, folder)),
                name,
                counted,
                message);
    }

    private RadioButton radio(String id, String key, ToggleGroup group, Runnable action) {
        var button = new RadioButton(texts.get(key));
        button.setId(id);
        button.setToggleGroup(group);
        button.setOnAction(event -> action.run());
        return button;
    }

    private Node pairs() {
        var field = new NumberField(setup.pairs(), texts, "number-field");
        field.setId("lab-pairs");
        Label name = Nodes.label(texts.get("lab.pairs"), "parameter-name");
        name.setLabelFor(field);
        Nodes.tooltip(field, texts.get("lab.pairs.help"));
        Label help = Nodes.label(texts.get("lab.pairs.help"), "hint");
        Nodes.wrap(help);
        return group(Nodes.styled(new HBox(name, Nodes.spacer(), field), "parameter-line"), help);
    }

    private Node model(ObservableValue<String> model) {
        Label label = Nodes.boundLabel(model.map(name -> texts.get("lab.model", name)), "hint");
        label.setId("lab-model");
        Label withoutWords = Nodes.label(texts.get("lab.withoutWords"), "hint");
        withoutWords.setId("lab-without-words");
        Nodes.wrap(withoutWords);
        withoutWords.setMinHeight(Region.USE_PREF_SIZE);
        return group(label, Nodes.shownWhen(withoutWords, lab.withoutWords()));
    }

    private static Label wrapped(ObservableValue<String> text) {
        Label label = Nodes.boundLabel(text, "hint");
        Nodes.wrap(label);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private Node run() {
        Button start = Nodes.styled(Nodes.button("", lab::start), Styles.ACCENT);
        start.setId("lab-start");
        start.textProperty().bind(lab.startText());
        start.setMaxWidth(Double.MAX_VALUE);
        start.disableProperty().bind(lab.canStart().map(can -> !can));
        HBox.setHgrow(start, Priority.ALWAYS);
        Button stop = Nodes.iconButton(Feather.X, texts.get("lab.stop"), lab::cancel);
        stop.setId("lab-stop");
        stop.disableProperty().bind(lab.busyProperty().not());
        var bar = Nodes.styled(new ProgressBar(), Styles.SMALL);
        bar.setId("lab-progress");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.progressProperty().bind(lab.fraction());
        bar.visibleProperty().bind(lab.busyProperty());
        Label message = wrapped(lab.messageProperty());
        message.setId("lab-message");
        message.setAlignment(Pos.TOP_LEFT);
        return Nodes.styled(new VBox(Nodes.styled(new HBox(start, stop), "parameter-line"), bar, message), "lab-run");
    }

    private Node results() {
        Button report = Nodes.button(texts.get("lab.report"), lab.folder()::openReport);
        report.setId("lab-report");
        report.setGraphic(new FontIcon(Feather.FILE_TEXT));
        Nodes.describe(report, texts.get("lab.report.tooltip"));
        report.setMaxWidth(Double.MAX_VALUE);
        report.disableProperty().bind(lab.hasResults().map(has -> !has));
        HBox.setHgrow(report, Priority.ALWAYS);
        Button show = Nodes.iconButton(Feather.FOLDER, texts.get("lab.folder"), lab.folder()::show);
        show.setId("lab-folder");
        show.disableProperty().bind(lab.folder().pathProperty().isNull());
        Label place = Nodes.boundLabel(
                lab.folder()
                        .pathProperty()
                        .map(path -> Objects.requireNonNull(path).toString())
                        .orElse(""),
                "hint");
        place.setId("lab-place");
        place.setTextOverrun(javafx.scene.control.OverrunStyle.CENTER_ELLIPSIS);
        Nodes.follow(place.textProperty(), words -> Nodes.tooltip(place, words));
        return Nodes.styled(new VBox(Nodes.styled(new HBox(report, show), "parameter-line"), place), "lab-run");
    }

    private static final class Namer extends StringConverter<LabExperiment> {
        @Override
        public String toString(@Nullable LabExperiment experiment) {
            return experiment == null ? "" : experiment.title();
        }

        @Override
        public LabExperiment fromString(String text) {
            throw new UnsupportedOperationException("The list cannot be typed into");
        }
    }
}
