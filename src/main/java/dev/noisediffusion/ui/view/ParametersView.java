package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ToggleSwitch;
import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.KeptSettingsViewModel;
import dev.noisediffusion.ui.viewmodel.MaskToolViewModel;
import dev.noisediffusion.ui.viewmodel.ParametersViewModel;
import dev.noisediffusion.ui.viewmodel.PresetsViewModel;
import dev.noisediffusion.ui.viewmodel.RenderState;
import dev.noisediffusion.ui.viewmodel.RenderViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.ui.viewmodel.WordsViewModel;
import javafx.beans.property.Property;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The column of settings, with the render button beneath. */
final class ParametersView extends VBox {
    private static final double LEAST_HEIGHT = 150;

    private final ParametersViewModel parameters;
    private final MaskToolViewModel maskTool;
    private final RenderViewModel render;
    private final Texts texts;

    /**
     * The settings.
     *
     * @param beneath stays in sight under the list of settings
     */
    ParametersView(StudioViewModel studio, Node beneath) {
        this.parameters = studio.parameters();
        this.maskTool = studio.maskTool();
        this.render = studio.render();
        this.texts = studio.texts();
        getStyleClass().add("parameters");
        var scroll = new ScrollPane(Nodes.styled(new VBox(mixing(), words(), noise(), film()), "parameter-list"));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        // Takes what is left, and so does not push away what stays in sight.
        scroll.setMinHeight(LEAST_HEIGHT);
        scroll.setPrefHeight(LEAST_HEIGHT);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(title(studio.presets(), studio.kept()), scroll, beneath, footer());
    }

    private Node title(PresetsViewModel presets, KeptSettingsViewModel kept) {
        Button reset = Nodes.iconButton(Feather.ROTATE_CCW, texts.get("parameters.reset.tooltip"), parameters::reset);
        reset.setId("reset-all");
        Label name = Nodes.label(texts.get("parameters.title"), "panel-title");
        name.setMinWidth(USE_PREF_SIZE);
        return Nodes.styled(
                new HBox(name, Nodes.spacer(), new KeptView(kept, texts), new PresetMenu(presets, texts), reset),
                "panel-header");
    }

    private Node mixing() {
        CheckBox off = check("boundary.off", parameters.boundaryOffProperty());
        off.setId("boundary-off");
        CheckBox apart = check("gain.apart", parameters.gainsApartProperty());
        apart.setId("gains-apart");
        var apartView = Nodes.styled(
                new VBox(
                        new NumberParameterView(parameters.muGain(), texts),
                        new NumberParameterView(parameters.nuGain(), texts)),
                "parameter-group");
        apart.disableProperty().bind(parameters.noiseDiffusionChosen().map(chosen -> !chosen));
        return section(
                "method",
                ChoiceViews.list(parameters.method(), texts),
                new NumberParameterView(parameters.gamma(), texts, mark(0)),
                new NumberParameterView(parameters.boundary(), texts, mark(1), off)
                        .idleWhen(parameters.boundaryOffProperty()),
                ChoiceViews.segmented(parameters.placement(), texts),
                new NumberParameterView(parameters.gain(), texts, mark(2)),
                apart,
                Nodes.shownWhen(apartView, parameters.gainsApartProperty()));
    }

    private Node mark(int mask) {
        return new MaskMarkButton(maskTool.marks().get(mask), texts);
    }

    private Node words() {
        WordsViewModel words = parameters.words();
        Node section = section(
                "words",
                new TextParameterView(words.prompt(), words.unread(words.prompt()), texts),
                new TextParameterView(words.promptTo(), words.unread(words.promptTo()), texts),
                new TextParameterView(words.negative(), words.unread(words.negative()), texts),
                new NumberParameterView(words.guidance(), texts));
        section.setId("words");
        return Nodes.shownWhen(section, words.areRead());
    }

    private Node noise() {
        Button roll = Nodes.iconButton(Feather.SHUFFLE, texts.get("parameter.seed.roll"), parameters::rollSeed);
        roll.setId("roll-seed");
        return section(
                "noise",
                new NumberParameterView(parameters.depth(), texts),
                new NumberParameterView(parameters.seed(), texts, roll),
                ChoiceViews.segmented(parameters.noiseTravel(), texts));
    }

    private Node film() {
        CheckBox closed = check("closed", parameters.closedProperty());
        closed.setId("closed");
        return section(
                "film",
                new NumberParameterView(parameters.frames(), texts),
                ChoiceViews.list(parameters.easing(), texts),
                closed,
                new NumberParameterView(parameters.steps(), texts),
                ChoiceViews.segmented(parameters.endpoints(), texts));
    }

    private Node section(String id, Node... parts) {
        var section =
                Nodes.styled(new VBox(Nodes.label(texts.get("parameters.section." + id), "section-title")), "section");
        section.getChildren().addAll(parts);
        return section;
    }

    private CheckBox check(String key, Property<Boolean> property) {
        var check = Nodes.styled(new CheckBox(texts.get("parameter." + key)), Styles.SMALL);
        check.setMinWidth(USE_PREF_SIZE);
        Nodes.tooltip(check, texts.get("parameter." + key + ".tooltip"));
        check.selectedProperty().bindBidirectional(property);
        return check;
    }

    private Node footer() {
        ToggleSwitch live = Nodes.toggleSwitch(texts.get("parameters.live"));
        live.setId("live");
        live.selectedProperty().bindBidirectional(render.liveProperty());
        Nodes.tooltip(live, texts.get("parameters.live.tooltip"));
        Button start = Nodes.button(texts.get("parameters.render"), render::start);
        start.setId("render");
        Nodes.describe(start, texts.get("parameters.render.tooltip"));
        start.disableProperty().bind(render.canStartProperty().not());
        Button cancel = Nodes.button(texts.get("parameters.cancel"), render::cancel);
        cancel.setId("cancel-render");
        var rendering = render.stateProperty().map(state -> state == RenderState.RENDERING);
        Nodes.shownWhen(start, rendering.map(busy -> !busy));
        Nodes.shownWhen(cancel, rendering);
        return Nodes.styled(new HBox(live, Nodes.spacer(), start, cancel), "panel-footer");
    }
}
