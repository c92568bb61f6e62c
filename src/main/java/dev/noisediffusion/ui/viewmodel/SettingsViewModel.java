package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.project.StudioSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** What the studio remembers: the look, the language, the place of the window, how films were exported. */
public final class SettingsViewModel {
    /** The device that is chosen where none is. */
    public static final String AUTOMATIC = "auto";

    private final Consumer<StudioSettings> store;
    private final ChoiceParameter<ThemeChoice> theme =
            new ChoiceParameter<>("theme", List.of(ThemeChoice.values()), ThemeChoice.SYSTEM);
    private final ChoiceParameter<LanguageChoice> language =
            new ChoiceParameter<>("language", List.of(LanguageChoice.values()), LanguageChoice.SYSTEM);
    private final ReadOnlyStringWrapper device = new ReadOnlyStringWrapper(AUTOMATIC);
    private final ReadOnlyBooleanWrapper offline = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper welcome = new ReadOnlyBooleanWrapper();
    private final ObservableList<Path> recentProjects = FXCollections.observableArrayList();
    private final ObservableList<Path> readOnlyRecentProjects =
            FXCollections.unmodifiableObservableList(recentProjects);
    private final NumberParameter picturesWidth =
            new NumberParameter("picturesWidth", NumberParameter.Range.of(220, 480, 0), 236);
    private final NumberParameter settingsWidth =
            new NumberParameter("settingsWidth", NumberParameter.Range.of(300, 560, 0), 316);
    private final NumberParameter filmHeight =
            new NumberParameter("filmHeight", NumberParameter.Range.of(118, 300, 0), 118);
    private final BooleanProperty explanations = new SimpleBooleanProperty();
    private final BooleanProperty artifactMarks = new SimpleBooleanProperty();
    private final BooleanProperty healthOpen = new SimpleBooleanProperty();
    private StudioSettings saved;
    private StudioSettings.@Nullable Export export;

    /**
     * The settings of a session.
     *
     * @param saved in the last session
     * @param store keeps them for the next; called with every change
     */
    public SettingsViewModel(StudioSettings saved, Consumer<StudioSettings> store) {
        this.saved = saved;
        this.store = store;
        export = saved.export();
        welcome.set(saved.window() == null);
        recentProjects.setAll(saved.recentProjects().stream()
                .flatMap(path -> ProjectDocuments.path(path).stream())
                .toList());
        StudioSettings.Panes panes = saved.panes();
        if (panes != null) {
            picturesWidth.set(panes.pictures());
            settingsWidth.set(panes.settings());
            filmHeight.set(panes.film());
            healthOpen.set(panes.health());
        }
        theme.choose(saved.theme());
        language.choose(saved.language());
        device.set(saved.device());
        offline.set(saved.offline());
        artifactMarks.set(saved.artifactMarks());
        explanations.set(!saved.hintsHidden());
        Changes.on(theme.valueProperty(), this::save);
        Changes.on(language.valueProperty(), this::save);
        Changes.on(artifactMarks, this::save);
        Changes.on(explanations, this::save);
    }

    /** Whether this is the first session and its welcome was not dismissed. */
    public ReadOnlyBooleanProperty welcomeProperty() {
        return welcome.getReadOnlyProperty();
    }

    public void dismissWelcome() {
        welcome.set(false);
    }

    public ChoiceParameter<ThemeChoice> theme() {
        return theme;
    }

    /** Of the next start: a window keeps the language it was opened with. */
    public ChoiceParameter<LanguageChoice> language() {
        return language;
    }

    /** Where networks run: auto, cpu, cuda, or the address of a model on a server. */
    public ReadOnlyStringProperty deviceProperty() {
        return device.getReadOnlyProperty();
    }

    /** Chooses where networks run, right or wrong: what cannot be used is said when a model opens. */
    public void useDevice(String choice) {
        String next = choice.isBlank() ? AUTOMATIC : choice.strip();
        if (!next.equals(device.get())) {
            device.set(next);
            save();
        }
    }

    /** Whether no models are downloaded. */
    public ReadOnlyBooleanProperty offlineProperty() {
        return offline.getReadOnlyProperty();
    }

    /** Chooses whether models are downloaded. */
    public void useOffline(boolean wanted) {
        if (offline.get() != wanted) {
            offline.set(wanted);
            save();
        }
    }

    /** Where the window stood; empty before the first session. */
    public Optional<WindowPlace> window() {
        return Optional.ofNullable(saved.window())
                .map(place -> new WindowPlace(place.x(), place.y(), place.width(), place.height(), place.maximized()));
    }

    /** Of the column of pictures. */
    public NumberParameter picturesWidth() {
        return picturesWidth;
    }

    /** Of the column of settings. */
    public NumberParameter settingsWidth() {
        return settingsWidth;
    }

    /** Of the film beneath. */
    public NumberParameter filmHeight() {
        return filmHeight;
    }

    /** Whether the noise health is unfolded. */
    public BooleanProperty healthOpenProperty() {
        return healthOpen;
    }

    /** Whether it is said under each setting of a morph what it does. */
    public BooleanProperty explanationsProperty() {
        return explanations;
    }

    /** Whether frames are marked with the scores of an artifact critic. */
    public BooleanProperty artifactMarksProperty() {
        return artifactMarks;
    }

    /** Projects that were used, the last one first. */
    public ObservableList<Path> recentProjects() {
        return readOnlyRecentProjects;
    }

    /** Remembers a project as the one used last. */
    public void projectUsed(Path project) {
        var next = new ArrayList<>(recentProjects);
        next.remove(project);
        next.addFirst(project);
        recentProjects.setAll(next.subList(0, Math.min(StudioSettings.MOST_RECENT, next.size())));
        save();
    }

    /** Gives playback the speed of the last session. */
    public void restore(PlaybackViewModel playback) {
        playback.fps().set(saved.fps());
    }

    /** Gives exports the choices of the last session, and remembers those that are exported with from now on. */
    public void remember(ExportViewModel exports) {
        if (export != null) {
            exports.restore(export);
        }
        Changes.on(exports.usedProperty(), () -> {
            export = exports.usedProperty().get();
            save();
        });
    }

    /** Remembers how the window was left. */
    public void leave(WindowPlace window, PlaybackViewModel playback) {
        var place =
                new StudioSettings.Place(window.x(), window.y(), window.width(), window.height(), window.maximized());
        save((int) playback.fps().get(), place);
    }

    private void save() {
        save(saved.fps(), saved.window());
    }

    private void save(int fps, StudioSettings.@Nullable Place window) {
        saved = new StudioSettings(
                StudioSettings.VERSION,
                theme.get().name(),
                language.get().name(),
                device.get(),
                offline.get(),
                artifactMarks.get(),
                !explanations.get(),
                fps,
                window,
                new StudioSettings.Panes(picturesWidth.get(), settingsWidth.get(), filmHeight.get(), healthOpen.get()),
                recentProjects.stream().map(Path::toString).toList(),
                export);
        store.accept(saved);
    }
}
