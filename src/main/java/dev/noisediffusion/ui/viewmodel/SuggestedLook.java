package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.project.BuiltInPreset;
import dev.noisediffusion.project.ParameterValues;
import dev.noisediffusion.project.Preset;
import java.util.HashMap;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * The look that the settings begin with: what the makers of the model in use suggest, and the paper's for the rest. It
 * follows from model to model until somebody sets the look, or a project or film says what it is.
 */
public final class SuggestedLook {
    private final ModelViewModel model;
    private final ParametersViewModel parameters;
    private final WorkViewModel work;
    private final Texts texts;
    private final ReadOnlyObjectWrapper<Preset> look;
    private boolean suggests;

    SuggestedLook(ModelViewModel model, ParametersViewModel parameters, WorkViewModel work, Texts texts) {
        this.model = model;
        this.parameters = parameters;
        this.work = work;
        this.texts = texts;
        this.look = new ReadOnlyObjectWrapper<>(beginning());
        Changes.on(model.leaseProperty(), this::modelChanged);
    }

    /** As the studio has it in the list of looks, for people. */
    public String name() {
        return texts.get("preset.suggested");
    }

    /** Whose suggestion it is, for people. */
    public String tip() {
        return texts.get("preset.suggested.tip", model.name().getValue());
    }

    /** Whether the makers of the model in use suggest anything. */
    public boolean isOffered() {
        return suggests;
    }

    /** The look in the list; empty where the model suggests nothing. */
    Optional<Preset> offered() {
        return suggests ? Optional.of(look.get()) : Optional.empty();
    }

    /** What the settings begin with. */
    ReadOnlyObjectProperty<Preset> lookProperty() {
        return look.getReadOnlyProperty();
    }

    private void modelChanged() {
        boolean follows = !work.project().isGiven() && look.get().matches(parameters.values());
        ParameterValues suggested =
                model.lease().map(lease -> lease.open().suggested()).orElse(ParameterValues.NONE);
        parameters.beginAt(suggested.numbers());
        suggests = !suggested.equals(ParameterValues.NONE);
        look.set(beginning());
        if (follows) {
            work.project()
                    .unasked(() -> work.history()
                            .asOne(texts.get("history.suggested", model.name().getValue()), this::begin));
        }
    }

    /** Gains that are not set apart are no part of a look, but begin with it, or resetting everything would change them. */
    private void begin() {
        parameters.apply(look.get().values());
        parameters.muGain().reset();
        parameters.nuGain().reset();
    }

    /** The look of the paper with the defaults of this moment. */
    private Preset beginning() {
        ParameterValues paper = BuiltInPreset.PAPER.look();
        ParameterValues defaults = parameters.defaults();
        var numbers = new HashMap<>(paper.numbers());
        numbers.put("steps", 0.0);
        numbers.replaceAll((name, number) -> defaults.numbers().getOrDefault(name, number));
        return new Preset(name(), new ParameterValues(numbers, paper.choices(), paper.switches()));
    }
}
