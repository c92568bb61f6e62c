package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.HealthMark;
import dev.noisediffusion.ui.viewmodel.NoiseChart;
import dev.noisediffusion.ui.viewmodel.NoiseHealth;
import dev.noisediffusion.ui.viewmodel.NoiseHealthViewModel;
import dev.noisediffusion.ui.viewmodel.SuggestedNoise;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TitledPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * How natural the noise behind the frame in sight is: charts, a verdict, numbers, and a way to something better. Folded,
 * only the verdict is left.
 */
final class NoiseHealthView extends TitledPane {
    private final NoiseHealthViewModel health;
    private final Texts texts;
    private final ObservableValue<Boolean> known;
    private final ObservableValue<Boolean> suggested;
    /** Whether the numbers are shown, and not a suggestion. */
    private final ObservableValue<Boolean> page;

    NoiseHealthView(NoiseHealthViewModel health, BooleanProperty open, Texts texts) {
        this.health = health;
        this.texts = texts;
        known = health.healthProperty().map(found -> true).orElse(false);
        suggested = health.suggestion().suggestionProperty().map(found -> true).orElse(false);
        page = Bindings.createBooleanBinding(() -> known.getValue() && !suggested.getValue(), known, suggested);
        getStyleClass().add("health");
        setId("noise-health");
        setText(texts.get("health.title"));
        setGraphic(summary());
        setContentDisplay(ContentDisplay.RIGHT);
        Nodes.tooltip(this, texts.get("health.tooltip"));
        setAnimated(false);
        setMinHeight(0);
        var found = new SuggestedNoiseView(health.suggestion(), texts);
        setContent(new VBox(
                scroll(found.words()), Nodes.shownWhen(tools(), page), Nodes.shownWhen(found.buttons(), suggested)));
        expandedProperty().bindBidirectional(open);
        // Under the page of the lab, where the view is disabled, nobody sees it.
        health.watchedProperty().bind(disabledProperty().not());
    }

    private Node summary() {
        Label verdict = Nodes.boundLabel(health.healthProperty().map(NoiseHealth::verdict), "health-verdict");
        verdict.setId("health-summary");
        var summary = Nodes.styled(new HBox(mark(), verdict), "health-summary");
        // A title leaves out a graphic that is not managed, for good.
        summary.visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> known.getValue() && !isExpanded(), known, expandedProperty()));
        return summary;
    }

    /** As tall as what is in it, where there is room. */
    private Node scroll(Node suggestion) {
        Label unknown = Nodes.label(texts.get("health.unknown"), "hint");
        Nodes.wrap(unknown);
        var inside = Nodes.styled(
                new VBox(
                        Nodes.shownWhen(unknown, known.map(found -> !found)),
                        charts(),
                        Nodes.shownWhen(Nodes.styled(new VBox(verdict(), table()), "health-page"), page),
                        Nodes.shownWhen(suggestion, suggested)),
                "health-content");
        var scroll = new TallScroll(inside);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMinHeight(0);
        return scroll;
    }

    private Node charts() {
        ObservableValue<@Nullable NoiseChart> chart = Bindings.createObjectBinding(
                this::chart, health.healthProperty(), health.suggestion().suggestionProperty());
        var histogram = new HistogramView(chart);
        HBox.setHgrow(histogram, Priority.ALWAYS);
        Tooltip.install(histogram, tip("health.histogram"));
        var quantiles = new QuantileView(chart);
        Tooltip.install(quantiles, tip("health.quantiles"));
        // Screen readers pass over what has no role.
        histogram.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        quantiles.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        histogram
                .accessibleTextProperty()
                .bind(health.healthProperty().map(NoiseHealth::verdict).orElse(""));
        quantiles.setAccessibleText(texts.get("health.quantiles"));
        return Nodes.shownWhen(
                Nodes.styled(new HBox(histogram, quantiles), "health-charts"),
                chart.map(drawn -> true).orElse(false));
    }

    private Tooltip tip(String key) {
        var tip = new Tooltip(texts.get(key));
        tip.setWrapText(true);
        tip.setMaxWidth(320);
        return tip;
    }

    private @Nullable NoiseChart chart() {
        SuggestedNoise found = health.suggestion().suggestionProperty().get();
        if (found != null && found.chart() != null) {
            return found.chart();
        }
        NoiseHealth shown = health.healthProperty().get();
        return shown == null ? null : shown.chart();
    }

    private Node verdict() {
        Label verdict = Nodes.boundLabel(health.healthProperty().map(NoiseHealth::verdict), "health-verdict");
        verdict.setId("health-verdict");
        Nodes.wrap(verdict);
        Label advice = Nodes.boundLabel(health.healthProperty().map(NoiseHealth::advice), "hint");
        Nodes.wrap(advice);
        Label rough = Nodes.label(texts.get("health.rough"), "hint", "health-rough");
        Nodes.wrap(rough);
        Nodes.shownWhen(rough, health.healthProperty().map(NoiseHealth::rough).orElse(false));
        var words = new VBox(verdict, advice, rough);
        HBox.setHgrow(words, Priority.ALWAYS);
        return Nodes.styled(new HBox(mark(), words), "health-judgement");
    }

    private Node mark() {
        var icon = new FontIcon(Feather.CHECK_CIRCLE);
        Nodes.follow(health.healthProperty().map(NoiseHealth::mark).orElse(HealthMark.NONE), mark -> sign(icon, mark));
        return icon;
    }

    /** A sign of its own for each, for those who do not see the colours. */
    private static void sign(FontIcon icon, HealthMark mark) {
        icon.setIconCode(
                switch (mark) {
                    case GOOD -> Feather.CHECK_CIRCLE;
                    case FAIR -> Feather.ALERT_CIRCLE;
                    case BAD -> Feather.ALERT_TRIANGLE;
                    case NONE -> Feather.INFO;
                });
        for (HealthMark each : HealthMark.values()) {
            icon.getStyleClass().remove("mark-" + each);
        }
        icon.getStyleClass().add("mark-" + mark);
    }

    private Node table() {
        var table = new HealthTable(texts);
        Nodes.follow(health.healthProperty(), shown -> {
            if (shown != null) {
                table.show(shown.rows());
            }
        });
        return Nodes.shownWhen(
                table,
                health.healthProperty().map(shown -> shown.chart() != null).orElse(false));
    }

    private Node tools() {
        var map = Nodes.styled(new ToggleButton(texts.get("health.clipMap"), new FontIcon(Feather.MAP)), Styles.SMALL);
        map.setId("clip-map");
        Nodes.tooltip(map, texts.get("health.clipMap.tooltip"));
        map.selectedProperty().bindBidirectional(health.clipMapShownProperty());
        Button suggest =
                Nodes.styled(Nodes.button(texts.get("health.suggest"), health.suggestion()::suggest), Styles.SMALL);
        suggest.setId("suggest");
        suggest.setGraphic(new FontIcon(Feather.SUN));
        Nodes.tooltip(suggest, texts.get("health.suggest.tooltip"));
        suggest.disableProperty().bind(health.suggestion().possible().not());
        Node explained = Nodes.explained(suggest, health.suggestion().whyNot());
        return Nodes.styled(new HBox(map, Nodes.spacer(), explained), "health-tools");
    }

    /** Wants to be as tall as its wrapped content. */
    private static final class TallScroll extends ScrollPane {
        private static final double USUAL_WIDTH = 300;

        private final Region inside;

        TallScroll(Region inside) {
            super(inside);
            this.inside = inside;
        }

        @Override
        protected double computePrefHeight(double width) {
            return inside.prefHeight(getWidth() > 0 ? getWidth() : USUAL_WIDTH);
        }
    }
}
