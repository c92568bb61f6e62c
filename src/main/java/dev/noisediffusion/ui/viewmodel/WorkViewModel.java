package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.export.ExportException;
import dev.noisediffusion.export.Recipes;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.project.ProjectFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** The work as a whole: what was done, and where it is kept. */
public final class WorkViewModel implements AutoCloseable {
    private static final Set<String> VIDEOS = Set.of("mp4", "webm");
    /** Which are never films of the studio; all else may be one, or a folder of frames or with a model. */
    private static final Set<String> PICTURES = Set.of("jpg", "jpeg", "bmp", "tif", "tiff");

    /** Which are films of the studio where they have a recipe inside. */
    private static final Set<String> FILMS_OR_PICTURES = Set.of("png", "apng", "gif", "webp");

    /** A single file with a whole model, and a folder with one that is packed. */
    private static final Set<String> MODELS = Set.of("safetensors", "zip");

    /** What was dropped. */
    private enum Kind {
        PROJECT,
        FILM,
        MODEL,
        PICTURE,
        /** Which only a look inside tells. */
        UNKNOWN
    }

    private final StudioServices services;
    private final KeyframesViewModel keyframes;
    private final HistoryViewModel history;
    private final ProjectViewModel project;
    private final AutosaveViewModel autosave;
    private Consumer<List<Path>> models = folders -> {};

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
        keyframes.turnWith(turn -> {
            history.settle();
            history.asOne(services.texts().get("history.order"), () -> {
                turn.run();
                parameters.turnRound(keyframes.expected());
            });
        });
        project = new ProjectViewModel(services, history, parameters, playback, compare, model);
        // Once the history has heard of it.
        Changes.on(keyframes.revision(), project::workChanged);
        Changes.on(keyframes.segmentsRevision(), project::workChanged);
        autosave = new AutosaveViewModel(services, history, project);
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

    /** Says who takes models that are dropped on the window: folders, zips, and files with a whole model. */
    void sendModelsTo(Consumer<List<Path>> taker) {
        models = taker;
    }

    private static Kind byName(Path file, boolean mayBeFilm) {
        String extension = extension(file);
        if (ProjectFiles.isProject(file)) {
            return Kind.PROJECT;
        }
        if (VIDEOS.contains(extension)) {
            return Kind.FILM;
        }
        if (MODELS.contains(extension)) {
            return Kind.MODEL;
        }
        boolean picture = PICTURES.contains(extension) || (!mayBeFilm && FILMS_OR_PICTURES.contains(extension));
        return picture ? Kind.PICTURE : Kind.UNKNOWN;
    }

    private static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Takes what was dropped on the window: a project, a film with its recipe inside, a model, or pictures. Of several
     * picture files each is a picture, whatever recipe it has inside: that would let go of the others.
     */
    public void drop(List<? extends PictureOffer> offers) {
        take(offers, offers.size() == 1, () -> keyframes.add(offers));
    }

    /** Takes what was dropped on a slot: as on the window, but pictures go into it, whatever recipe they have inside. */
    public void drop(KeyframeViewModel slot, List<? extends PictureOffer> offers) {
        take(offers, false, () -> keyframes.put(slot, offers));
    }

    /** Takes what was pasted: as on the window, but a picture file is a picture, whatever recipe it has inside. */
    public void paste(List<? extends PictureOffer> offers) {
        take(offers, false, () -> keyframes.add(offers));
    }

    /** Takes what the session was started with; pictures among it are not unsaved work. */
    public void begin(List<PictureOffer.File> offers) {
        take(offers, offers.size() == 1, () -> project.beginWith(keyframes, offers));
    }

    /**
     * Begins with pictures that show what a morph is, where there are none yet; those that the user adds take their places.
     * They are not unsaved work.
     */
    public void beginWithExamples(List<Path> examples) {
        if (!project.isOpened() && keyframes.slots().stream().allMatch(KeyframeViewModel::isFree)) {
            project.beginWith(
                    keyframes, examples.stream().map(PictureOffer.Example::new).toList());
        }
    }

    /** @param mayBeFilm whether a picture file with a recipe inside is a film; videos and folders of frames always are */
    private void take(List<? extends PictureOffer> offers, boolean mayBeFilm, Runnable asPictures) {
        if (!offers.isEmpty() && offers.getFirst() instanceof PictureOffer.File(Path file)) {
            take(offers, file, byName(file, mayBeFilm), mayBeFilm, asPictures);
        } else {
            asPictures.run();
        }
    }

    private void take(
            List<? extends PictureOffer> offers, Path first, Kind kind, boolean mayBeFilm, Runnable asPictures) {
        switch (kind) {
            case PROJECT -> project.open(first);
            case FILM -> project.reopen(first);
            case MODEL -> models.accept(files(offers));
            case PICTURE -> asPictures.run();
            case UNKNOWN -> takeByContent(offers, first, mayBeFilm, asPictures);
        }
    }

    /** The list of models says itself which of them are none. */
    private static List<Path> files(List<? extends PictureOffer> offers) {
        return offers.stream()
                .filter(PictureOffer.File.class::isInstance)
                .map(PictureOffer.File.class::cast)
                .map(PictureOffer.File::path)
                .toList();
    }

    /** Nothing is taken into other work that has begun meanwhile; the list of models belongs to none. */
    private void takeByContent(
            List<? extends PictureOffer> offers, Path first, boolean mayBeFilm, Runnable asPictures) {
        int offeredTo = project.generation();
        services.jobs()
                .run(
                        (progress, cancellation) -> lookInto(first, mayBeFilm),
                        JobRunner.Observer.<Kind>of(
                                found -> {
                                    if (found == Kind.MODEL || offeredTo == project.generation()) {
                                        take(offers, first, found, mayBeFilm, asPictures);
                                    }
                                },
                                failure -> {
                                    if (offeredTo == project.generation()) {
                                        asPictures.run();
                                    }
                                }));
    }

    private static Kind lookInto(Path file, boolean mayBeFilm) {
        boolean folder = Files.isDirectory(file);
        if ((mayBeFilm || folder) && hasRecipe(file)) {
            return Kind.FILM;
        }
        return folder && isModel(file) ? Kind.MODEL : Kind.PICTURE;
    }

    private static boolean isModel(Path folder) {
        try {
            ModelLayout.read(folder);
            return true;
        } catch (ModelException e) {
            return false;
        }
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
