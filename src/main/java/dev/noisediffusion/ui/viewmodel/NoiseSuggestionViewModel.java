package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.project.ParameterValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.binding.StringExpression;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** A better setting for the noise behind the frame in sight, on demand. It is forgotten when anything changes. */
public final class NoiseSuggestionViewModel {
    private final Texts texts;
    private final Supplier<Optional<ShownFrame>> inSight;
    private final PlaybackViewModel playback;
    private final ParametersViewModel parameters;
    private final HistoryViewModel history;
    private final ReadOnlyObjectWrapper<SuggestedNoise> suggestion = new ReadOnlyObjectWrapper<>();
    private final BooleanProperty searching = new SimpleBooleanProperty();
    private final BooleanExpression possible;
    private final StringExpression whyNot;
    private final Newest search;

    NoiseSuggestionViewModel(
            StudioServices services,
            Supplier<Optional<ShownFrame>> inSight,
            PlaybackViewModel playback,
            ParametersViewModel parameters,
            HistoryViewModel history,
            ObservableValue<NoiseHealth> health) {
        this.search = new Newest(services.jobs());
        this.texts = services.texts();
        this.inSight = inSight;
        this.playback = playback;
        this.parameters = parameters;
        this.history = history;
        possible = Bindings.createBooleanBinding(
                () -> parameters.noiseDiffusionChosen().get() && isExact(health.getValue()) && !searching.get(),
                parameters.noiseDiffusionChosen(),
                health,
                searching);
        whyNot = Bindings.createStringBinding(this::reason, possible);
    }

    private String reason() {
        if (possible.get()) {
            return "";
        }
        if (!parameters.noiseDiffusionChosen().get()) {
            return texts.get("health.suggest.method");
        }
        return texts.get(searching.get() ? "health.suggest.searching" : "health.suggest.early");
    }

    private static boolean isExact(@Nullable NoiseHealth known) {
        return known != null && !known.rough();
    }

    /** What was found, null until it was asked for. */
    public ReadOnlyObjectProperty<SuggestedNoise> suggestionProperty() {
        return suggestion.getReadOnlyProperty();
    }

    /** Whether a search makes sense: for NoiseDiffusion, once the encodings are there. */
    public BooleanExpression possible() {
        return possible;
    }

    /** Why it makes none, in a sentence; empty where it does. */
    public StringExpression whyNot() {
        return whyNot;
    }

    /** Looks for a better setting in the background; a film that plays stands still for it. */
    public void suggest() {
        dismiss();
        playback.pause();
        inSight.get().filter(frame -> possible.get()).ifPresent(this::search);
    }

    private void search(ShownFrame frame) {
        var writer = new HealthWriter(texts);
        searching.set(true);
        search.run(
                (progress, cancellation) -> writer.suggested(
                        frame.lease().ask(renderer -> renderer.suggest(frame.request(), frame.index(), cancellation))),
                new JobRunner.Observer<SuggestedNoise>(
                        progress -> {},
                        found -> {
                            searching.set(false);
                            suggestion.set(found);
                        },
                        failure -> {
                            searching.set(false);
                            suggestion.set(SuggestedNoise.nothing(texts.failure(failure)));
                        },
                        () -> searching.set(false)));
    }

    /** Takes the suggested setting, as one step that can be undone. */
    public void apply() {
        SuggestedNoise found = suggestion.get();
        NoiseDiffusion setting = found == null ? null : found.setting();
        if (setting != null) {
            history.asOne(texts.get("history.suggestion"), () -> parameters.apply(values(setting)));
        }
        dismiss();
    }

    private static ParameterValues values(NoiseDiffusion setting) {
        var numbers = new HashMap<>(Map.of("gamma", setting.gamma()));
        var choices = new HashMap<String, String>();
        var switches = new HashMap<String, Boolean>();
        boolean clips = setting.placement() != BoundaryPlacement.NONE;
        switches.put(ParameterValues.BOUNDARY_OFF, !clips);
        if (clips) {
            numbers.put("boundary", setting.boundary());
            choices.put("placement", setting.placement().name());
        }
        // Gains that are set apart are never suggested otherwise.
        if (setting.injection().muGain() == setting.injection().nuGain()) {
            numbers.put("gain", setting.injection().muGain());
            numbers.put("mu", setting.injection().muGain());
            numbers.put("nu", setting.injection().nuGain());
        }
        return new ParameterValues(numbers, choices, switches);
    }

    /** Forgets the suggestion, and ends the search for one. */
    public void dismiss() {
        search.forget();
        searching.set(false);
        suggestion.set(null);
    }
}
