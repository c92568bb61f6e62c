package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.NoiseSuggestionViewModel;
import dev.noisediffusion.ui.viewmodel.SuggestedNoise;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A better setting: what it brings, what it changes and why, and whether to take it. */
final class SuggestedNoiseView {
    private final NoiseSuggestionViewModel suggestion;
    private final Texts texts;
    private final ObservableValue<Boolean> change;

    SuggestedNoiseView(NoiseSuggestionViewModel suggestion, Texts texts) {
        this.suggestion = suggestion;
        this.texts = texts;
        change = suggestion.suggestionProperty().map(SuggestedNoise::isChange).orElse(false);
    }

    Node words() {
        ObservableValue<SuggestedNoise> found = suggestion.suggestionProperty();
        Label summary = wrapped(Nodes.boundLabel(found.map(SuggestedNoise::summary), "health-verdict"));
        summary.setId("suggestion-summary");
        var reasons = Nodes.styled(new VBox(), "suggestion-reasons");
        Nodes.follow(
                found.map(SuggestedNoise::reasons).orElse(List.of()),
                sentences -> reasons.getChildren()
                        .setAll(sentences.stream()
                                .map(sentence -> wrapped(Nodes.label(sentence, "hint")))
                                .toList()));
        Label legend = wrapped(Nodes.label(texts.get("health.suggest.legend"), "hint"));
        var words = Nodes.styled(new VBox(Nodes.shownWhen(legend, change), summary, reasons), "health-page");
        words.setId("suggestion");
        return words;
    }

    private static Label wrapped(Label label) {
        Nodes.wrap(label);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    Node buttons() {
        Button apply = Nodes.styled(
                Nodes.button(texts.get("health.suggest.apply"), suggestion::apply), Styles.SMALL, "accent");
        apply.setId("apply-suggestion");
        Nodes.tooltip(apply, texts.get("health.suggest.apply.tooltip"));
        Button dismiss =
                Nodes.styled(Nodes.button(texts.get("health.suggest.dismiss"), suggestion::dismiss), Styles.SMALL);
        dismiss.setId("dismiss-suggestion");
        return Nodes.styled(new HBox(Nodes.spacer(), dismiss, Nodes.shownWhen(apply, change)), "health-tools");
    }
}
