package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.export.ExportException;
import dev.noisediffusion.export.Recipes;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.project.ProjectFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The work as a whole: what was done, and where it is kept. */
public final class WorkViewModel implements AutoCloseable {
    private static final Set<String> VIDEOS = Set.of("mp4", "webm");
    /** Which may be films of the studio or plain pictures; what has no extension may be a folder of frames. */
    private static final Set<String> FILMS_OR_PICTURES = Set.of("gif", "png", "apng", "webp");

    private final StudioServices services;
    private final KeyframesViewModel keyframes;
    private final HistoryViewModel history;
    private final ProjectViewModel project;
    private final AutosaveViewModel autosave;

    WorkViewModel(
            StudioServices services,
            KeyframesViewModel keyframes,
            ParametersViewModel parameters,
            KeptSettingsViewModel kept,
            CompareViewModel compare,
            PlaybackViewModel playback,
            ModelViewModel model) {
        this.services = services;
        this.keyframes = keyframes;
        history = new HistoryViewModel(keyframes, parameters, kept, services.texts(), services.gesture());
        project = new ProjectViewModel(services, history, parameters, playback, compare, model);
        Changes.on(keyframes.revision(), project::picturesChanged);
        autosave = new AutosaveViewModel(services, history, project, model);
    }

    public HistoryViewModel history() {
        return history;
    }

    public ProjectViewModel project() {
        return project;
    }

    public AutosaveViewModel autosave() {
        return autosave;
    }

    /** Whether something can only be opened as work, and not as one picture. */
    public static boolean isWork(PictureOffer offer) {
        return offer instanceof PictureOffer.File file
                && (ProjectFiles.isProject(file.path()) || VIDEOS.contains(extension(file.path())));
    }

    private static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** Takes what was dropped on the window: a project, a film with its recipe inside, or pictures. */
    public void drop(List<? extends PictureOffer> offers) {
        take(offers, () -> keyframes.add(offers));
    }

    /** Takes what the session was started with; pictures among it are not unsaved work. */
    public void begin(List<PictureOffer.File> offers) {
        take(offers, () -> project.beginWith(keyframes, offers));
    }

    private void take(List<? extends PictureOffer> offers, Runnable asPictures) {
        Optional<Path> first = offers.stream()
                .findFirst()
                .filter(PictureOffer.File.class::isInstance)
                .map(offer -> ((PictureOffer.File) offer).path());
        if (first.isEmpty()) {
            asPictures.run();
        } else if (ProjectFiles.isProject(first.get())) {
            project.open(first.get());
        } else if (isWork(offers.getFirst())) {
            project.reopen(first.get());
        } else if (extension(first.get()).isEmpty() || FILMS_OR_PICTURES.contains(extension(first.get()))) {
            takeFilmOrPictures(first.get(), asPictures);
        } else {
            asPictures.run();
        }
    }

    private void takeFilmOrPictures(Path file, Runnable asPictures) {
        services.jobs()
                .run(
                        (progress, cancellation) -> hasRecipe(file),
                        new JobRunner.Observer<>(
                                progress -> {},
                                found -> {
                                    if (found) {
                                        project.reopen(file);
                                    } else {
                                        asPictures.run();
                                    }
                                },
                                failure -> asPictures.run(),
                                () -> {}));
    }

    /** A file that cannot be read has none: as a picture it says why. */
    private static boolean hasRecipe(Path file) {
        try {
            return Recipes.read(file).isPresent();
        } catch (ExportException e) {
            return false;
        }
    }

    /** Ends the session in order: what was kept of it is not needed any more. Blocks; for background threads. */
    @Override
    public void close() {
        autosave.close();
    }
}
