package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.project.ParameterValues;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;

/** Two sets of settings, to go back and forth between and to compare. */
public final class KeptSettingsViewModel {
    private final ParametersViewModel parameters;
    private final Texts texts;
    private final ReadOnlyObjectWrapper<KeptSettings> kept = new ReadOnlyObjectWrapper<>(KeptSettings.NONE);

    KeptSettingsViewModel(ParametersViewModel parameters, Texts texts) {
        this.parameters = parameters;
        this.texts = texts;
    }

    ReadOnlyObjectProperty<KeptSettings> keptProperty() {
        return kept.getReadOnlyProperty();
    }

    /** What was kept under a letter, in a few words; empty if nothing was. */
    public ObservableValue<String> name(KeptLetter letter) {
        return kept.map(now -> now.get(letter).map(this::describe).orElse(""));
    }

    /** Whether the settings are now those that were kept. */
    public ObservableValue<Boolean> isInUse(KeptLetter letter) {
        return Bindings.createObjectBinding(
                () -> kept.get().get(letter).equals(Optional.of(parameters.values())), kept, parameters.revision());
    }

    /** Keeps the settings as they are now. */
    public void keep(KeptLetter letter) {
        kept.set(kept.get().with(letter, parameters.values()));
    }

    /** Goes to the settings that were kept, or, where there are none, keeps those of now. */
    public void switchTo(KeptLetter letter) {
        kept.get().get(letter).ifPresentOrElse(parameters::apply, () -> keep(letter));
    }

    void restore(KeptSettings settings) {
        kept.set(settings);
    }

    /** The settings of a morph as they were kept; empty if nothing was. */
    Optional<MorphSettings> settings(KeptLetter letter, int keyframes) {
        return kept.get().get(letter).map(values -> parameters.settingsOf(values, keyframes));
    }

    private String describe(ParameterValues values) {
        String method = values.choices().getOrDefault("method", "");
        String name = texts.find("parameter.method." + method).orElse(method);
        if (!method.equals(MethodName.NOISE_DIFFUSION.name())) {
            return name;
        }
        boolean off = values.switches().getOrDefault(ParameterValues.BOUNDARY_OFF, false);
        return texts.get(
                off ? "kept.name.unbounded" : "kept.name",
                name,
                values.numbers().getOrDefault("gamma", 0.0),
                values.numbers().getOrDefault("boundary", 0.0));
    }
}
