package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ToggleSwitch;
import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.KeptSettingsViewModel;
import dev.noisediffusion.ui.viewmodel.MaskToolViewModel;
import dev.noisediffusion.ui.viewmodel.NumberParameter;
import dev.noisediffusion.ui.viewmodel.ParametersViewModel;
import dev.noisediffusion.ui.viewmodel.PresetsViewModel;
import dev.noisediffusion.ui.viewmodel.RenderState;
import dev.noisediffusion.ui.viewmodel.RenderViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.TextParameter;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.ui.viewmodel.WordsViewModel;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.Property;
import javafx.beans.value.ObservableValue;
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
    private final Hints hints;
    private final Texts texts;

    /**
     * The settings.
     *
     * @param explained whether each says what it does
     * @param beneath stays in sight under the list of settings
     */
    ParametersView(StudioViewModel studio, ObservableValue<Boolean> explained, Node beneath) {
        this.parameters = studio.parameters();
        this.maskTool = studio.maskTool();
        this.render = studio.render();
        this.texts = studio.texts();
        this.hints = new Hints(texts, explained);
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
        var apartView =
                Nodes.styled(new VBox(number(parameters.muGain()), number(parameters.nuGain())), "parameter-group");
        apart.disableProperty().bind(parameters.noiseDiffusionChosen().map(chosen -> !chosen));
        return section(
                "method",
                ChoiceViews.list(parameters.method(), hints, texts),
                number(parameters.gamma()).marked(mark(0)),
                number(parameters.boundary(), off).marked(mark(1)).idleWhen(parameters.boundaryOffProperty()),
                ChoiceViews.segmented(parameters.placement(), hints, texts),
                number(parameters.gain()).marked(mark(2)),
                apart,
                Nodes.shownWhen(apartView, parameters.gainsApartProperty()));
    }

    private NumberParameterView number(NumberParameter number, Node... extras) {
        return new NumberParameterView(number, hints, texts, extras);
    }

    private Node text(TextParameter text) {
        return new TextParameterView(text, parameters.words().unread(text), hints, texts);
    }

    private Node mark(int mask) {
        return new MaskMarkButton(maskTool.marks().get(mask), texts);
    }

    private Node words() {
        WordsViewModel words = parameters.words();
        Node section = section(
                "words",
                text(words.prompt()),
                text(words.promptTo()),
                text(words.negative()),
                number(words.guidance()));
        section.setId("words");
        return Nodes.shownWhen(section, words.areRead());
    }

    private Node noise() {
        Button roll = Nodes.iconButton(Feather.SHUFFLE, texts.get("parameter.seed.roll"), parameters::rollSeed);
        roll.setId("roll-seed");
        return section(
                "noise",
                number(parameters.depth()),
                number(parameters.seed(), roll),
                ChoiceViews.segmented(parameters.noiseTravel(), hints, texts));
    }

    private Node film() {
        CheckBox closed = check("closed", parameters.closedProperty());
        closed.setId("closed");
        return section(
                "film",
                number(parameters.frames()),
                ChoiceViews.list(parameters.easing(), hints, texts),
                closed,
                number(parameters.steps()),
                ChoiceViews.segmented(parameters.endpoints(), hints, texts));
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
        Nodes.accentWhen(start, render.outdatedProperty());
        Button cancel = Nodes.button(texts.get("parameters.cancel"), render::cancel);
        cancel.setId("cancel-render");
        BooleanBinding rendering = render.stateProperty().isEqualTo(RenderState.RENDERING);
        // What is on its way may be a film of other settings, whose place this one takes.
        Nodes.shownWhen(start, rendering.not().or(render.outdatedProperty()));
        Nodes.shownWhen(cancel, rendering);
        Node explained = Nodes.explained(start, render.whyNotProperty());
        return Nodes.styled(new HBox(live, Nodes.spacer(), explained, cancel), "panel-footer");
    }
}
