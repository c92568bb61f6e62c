package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.project.BuiltInPreset;
import dev.noisediffusion.project.ParameterValues;
import dev.noisediffusion.project.Preset;
import dev.noisediffusion.project.PresetFolder;
import dev.noisediffusion.project.ProjectException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Looks to begin from: those of the studio, and the artist's own. */
public final class PresetsViewModel {
    /** What happens on the background thread. */
    @FunctionalInterface
    private interface Writing {
        void run(PresetFolder folder) throws ProjectException;
    }

    private final WriteQueue writes;
    private final PresetFolder folder;
    private final Texts texts;
    private final ParametersViewModel parameters;
    private final HistoryViewModel history;
    private final List<Preset> builtIn;
    private final SuggestedLook suggested;
    private final ObservableList<Preset> own = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper current = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper ownChosen = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper naming = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final StringProperty name = new SimpleStringProperty("");
    /** What the window takes of each of the artist's. */
    private Map<Preset, Preset> taken = Map.of();
    /** The name that was chosen or given last: looks may be equal. */
    private String wanted = "";

    private @Nullable Preset renaming;

    PresetsViewModel(
            StudioServices services, ParametersViewModel parameters, WorkViewModel work, ModelViewModel model) {
        this.writes = WriteQueue.ofChanges(services.jobs());
        this.folder = services.presets();
        this.texts = services.texts();
        this.parameters = parameters;
        this.history = work.history();
        this.suggested = new SuggestedLook(model, parameters, work, texts);
        this.builtIn = Stream.of(BuiltInPreset.values())
                .map(preset -> new Preset(texts.get("preset." + preset.name()), preset.look()))
                .toList();
        Changes.on(parameters.revision(), this::recognise);
        Changes.on(suggested.lookProperty(), this::recognise);
        Changes.on(name, this::judge);
        recognise();
    }

    /** The names of the studio's own looks. */
    public List<String> builtInNames() {
        return builtIn.stream().map(Preset::name).toList();
    }

    /** What the looks of the studio do, for people, in the same order. */
    public List<String> builtInTips() {
        return Stream.of(BuiltInPreset.values())
                .map(preset -> texts.get("preset." + preset.name() + ".tip"))
                .toList();
    }

    /** The look that the makers of the model in use suggest. */
    public SuggestedLook suggested() {
        return suggested;
    }

    /** The names of the artist's looks. */
    public List<String> ownNames() {
        return own.stream().map(Preset::name).toList();
    }

    /** The look that is set, empty where it is none of these. */
    public ReadOnlyStringProperty currentProperty() {
        return current.getReadOnlyProperty();
    }

    /** Whether the look that is set is one of the artist's. */
    public ReadOnlyBooleanProperty ownChosenProperty() {
        return ownChosen.getReadOnlyProperty();
    }

    /** Whether a name is asked for. */
    public ReadOnlyBooleanProperty namingProperty() {
        return naming.getReadOnlyProperty();
    }

    /** The name that is being typed. */
    public StringProperty nameProperty() {
        return name;
    }

    /** Why the name cannot be taken, or what taking it does; empty if there is nothing to say. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What went wrong on the disk, empty if nothing did. */
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    public void dismissMessage() {
        message.set("");
    }

    /** Reads the artist's looks; those that are damaged are told of and left alone. */
    public void load() {
        work(target -> {});
    }

    private void work(Writing writing) {
        writes.write(
                folder.folder(),
                (progress, cancellation) -> {
                    writing.run(folder);
                    return folder.load();
                },
                JobRunner.Observer.<PresetFolder.Found>of(
                        this::loaded, failure -> message.set(texts.failure(failure))));
    }

    private void loaded(PresetFolder.Found found) {
        own.setAll(found.presets());
        taken = own.stream().distinct().collect(Collectors.toMap(Function.identity(), parameters::taken));
        recognise();
        String damaged = texts.quoted(found.damaged().stream().map(Path::toString));
        message.set(damaged.isEmpty() ? "" : texts.get("preset.damaged", damaged));
    }

    /** The artist's first: only they can be renamed and deleted, so none may hide behind another that is equal. */
    private Stream<Preset> all() {
        return Stream.concat(own.stream(), studios());
    }

    private Stream<Preset> studios() {
        return Stream.concat(suggested.offered().stream(), builtIn.stream());
    }

    private static Stream<Preset> named(String of, Stream<Preset> presets) {
        return presets.filter(preset -> preset.name().equals(of));
    }

    private void recognise() {
        ParameterValues values = parameters.values();
        Optional<Preset> found = Stream.concat(named(wanted, all()), all())
                .filter(preset -> taken.getOrDefault(preset, preset).matches(values))
                .findFirst();
        current.set(found.map(Preset::name).orElse(""));
        ownChosen.set(found.filter(own::contains).isPresent());
    }

    /** Sets the studio to a look, in one step that can be undone; of two with the same name to the artist's. */
    public void choose(String chosen) {
        named(chosen, all()).findFirst().ifPresent(this::setTo);
    }

    /** Sets the studio to a look of its own, whose name one of the artist's from another language may have too. */
    public void chooseStudios(String chosen) {
        named(chosen, studios()).findFirst().ifPresent(this::setTo);
    }

    private void setTo(Preset preset) {
        wanted = preset.name();
        history.asOne(texts.get("history.preset", preset.name()), () -> parameters.apply(preset.values()));
        // Where the values were the same already, nothing told of a change.
        recognise();
    }

    /** Asks for a name to keep the look under that is set. */
    public void startSaving() {
        renaming = null;
        name.set("");
        judge();
        naming.set(true);
    }

    /** Asks for another name for the look that is set. */
    public void startRenaming() {
        renaming = chosenOwn().orElse(null);
        if (renaming != null) {
            name.set(renaming.name());
            judge();
            naming.set(true);
        }
    }

    private Optional<Preset> chosenOwn() {
        return own.stream()
                .filter(preset -> preset.name().equals(current.get()))
                .findFirst();
    }

    private void judge() {
        String typed = name.get().strip();
        Preset before = renaming;
        boolean unchanged = before != null && before.name().equals(typed);
        if (isTaken(typed)) {
            problem.set(texts.get("preset.taken"));
        } else if (ownNames().contains(typed) && !unchanged) {
            problem.set(texts.get("preset.replaces", typed));
        } else {
            problem.set("");
        }
    }

    private boolean isTaken(String typed) {
        return builtInNames().contains(typed) || suggested.name().equals(typed);
    }

    /** Takes the name that was typed. */
    public void takeName() {
        String typed = name.get().strip();
        if (typed.isEmpty() || isTaken(typed)) {
            return;
        }
        naming.set(false);
        wanted = typed;
        Preset before = renaming;
        if (before == null) {
            Preset kept = Preset.of(typed, parameters.values());
            work(target -> target.save(kept));
        } else {
            work(target -> target.rename(before, typed));
        }
    }

    /** Changes nothing. */
    public void stopNaming() {
        naming.set(false);
    }

    /** Forgets the look that is set; the settings stay as they are. */
    public void delete() {
        chosenOwn().ifPresent(preset -> work(target -> target.delete(preset)));
    }
}
