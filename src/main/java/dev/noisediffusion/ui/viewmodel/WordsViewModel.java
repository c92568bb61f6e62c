package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.Prompting;
import dev.noisediffusion.project.ParameterValues;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** What the network is told in words. They are kept while a model that reads none is in use, but say nothing to it. */
public final class WordsViewModel {
    private static final double STRONGEST_SLID = 15;

    private final TextParameter prompt = new TextParameter(ParameterValues.PROMPT);
    private final TextParameter promptTo = new TextParameter(ParameterValues.PROMPT_TO);
    private final TextParameter negative = new TextParameter(ParameterValues.NEGATIVE_PROMPT);
    private final NumberParameter guidance = new NumberParameter(
            "guidance",
            new NumberParameter.Range(1, Prompting.STRONGEST_GUIDANCE, 1, STRONGEST_SLID, 1),
            Prompting.USUAL_GUIDANCE);
    private final ObjectProperty<@Nullable WordReader> reader = new SimpleObjectProperty<>();
    private final BooleanBinding read = reader.isNotNull();

    /**
     * No words.
     *
     * @param network whether a network makes the frames
     */
    WordsViewModel(BooleanExpression network) {
        prompt.relevantWhen(network);
        promptTo.relevantWhen(network);
        negative.relevantWhen(network);
        guidance.relevantWhen(network.and(Bindings.createBooleanBinding(
                this::areThere, prompt.valueProperty(), promptTo.valueProperty(), negative.valueProperty())));
    }

    /** What the pictures show, or the first of them. */
    public TextParameter prompt() {
        return prompt;
    }

    /** What the last picture shows, where the prompt turns into another on the way; empty for one throughout. */
    public TextParameter promptTo() {
        return promptTo;
    }

    /** What the frames keep away from. */
    public TextParameter negative() {
        return negative;
    }

    /** How strongly the frames follow the words: the scale of classifier-free guidance. */
    public NumberParameter guidance() {
        return guidance;
    }

    /** Whether the model in use reads words. */
    public BooleanExpression areRead() {
        return read;
    }

    /** The end of some words that the model has no room for, empty if it reads them all. */
    public ObservableValue<String> unread(TextParameter words) {
        return Bindings.createStringBinding(
                () -> {
                    WordReader reading = reader.get();
                    return reading == null ? "" : reading.unread(words.get());
                },
                reader,
                words.valueProperty());
    }

    /** How the model in use reads, null where it reads no words. */
    ObjectProperty<@Nullable WordReader> readerProperty() {
        return reader;
    }

    /**
     * The words of both ends change places, as the pictures do. Where either end has none they stay: none at the end are one
     * prompt throughout, so that a morph which begins without words cannot be told to end without them.
     */
    void turnRound() {
        String first = prompt.get();
        if (!first.isEmpty() && !promptTo.get().isEmpty()) {
            prompt.set(promptTo.get());
            promptTo.set(first);
        }
    }

    List<TextParameter> texts() {
        return List.of(prompt, promptTo, negative);
    }

    private boolean areThere() {
        return texts().stream().anyMatch(words -> !words.get().isEmpty());
    }

    /** What a morph is told; no guidance without words, for it changes nothing then and takes twice as long. */
    Prompting prompting() {
        return reader.get() != null && areThere()
                ? new Prompting(prompt.get(), negative.get(), guidance.get(), promptTo.get())
                : Prompting.NONE;
    }
}
