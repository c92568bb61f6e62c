package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.export.Recipes;
import dev.noisediffusion.image.Crop;
import dev.noisediffusion.morph.Segment;
import dev.noisediffusion.project.ProjectDocument;
import dev.noisediffusion.project.ProjectFiles;
import dev.noisediffusion.project.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/**
 * The file that the work is kept in. What would let go of unsaved work asks first; what cannot be opened leaves the
 * work as it is.
 */
public final class ProjectViewModel {
    private final StudioServices services;
    private final Texts texts;
    private final HistoryViewModel history;
    private final StudioSurroundings surroundings;
    private final ProjectDocuments documents;
    private final FileWork work;
    private final StudioState blank;
    private final ReadOnlyObjectWrapper<@Nullable Path> file = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper unsaved = new ReadOnlyBooleanWrapper();
    private final ClosingQuestion question = new ClosingQuestion();
    private final Changes changes = new Changes();
    /** The hashes of files as this work has read or written them last; each is changed by the job that writes there. */
    private final Map<Path, AtomicReference<Optional<String>>> seen = new HashMap<>();

    private StudioState saved;
    private ProjectDocuments.Surroundings savedAround;
    /** The pictures that the work begins with, until all of them are there or something else was done to the slots. */
    private List<PictureOffer> first = List.of();

    private boolean adding;
    private boolean given;
    /** Counts the works that have begun, so that what was asked for one is not done to the next. */
    private int generation;
    /** Counts the saves, which may end in another order. */
    private int saves;
    /** The newest save that has ended. */
    private int newestSaved;

    ProjectViewModel(
            StudioServices services,
            HistoryViewModel history,
            ParametersViewModel parameters,
            PlaybackViewModel playback,
            CompareViewModel compare,
            ModelViewModel model) {
        this.services = services;
        this.texts = services.texts();
        this.history = history;
        this.surroundings = new StudioSurroundings(services, parameters, playback, compare, model);
        this.work = new FileWork(services);
        this.documents = new ProjectDocuments(services.pictures(), texts);
        this.blank = history.state();
        this.saved = blank;
        this.savedAround = surroundings.now();
        Changes.on(history.revision(), this::workChanged);
        surroundings.onChange(this::refresh);
        Changes.on(model.stateProperty(), this::tellOfModel);
    }

    private void tellOfModel() {
        surroundings.lateNote().ifPresent(note -> {
            work.add(note);
            if (awaitedModelProperty().get() != null) {
                work.offer(Remedy.MODELS);
            }
        });
    }

    /** Where the work is kept; null before it was first saved. */
    public ReadOnlyObjectProperty<@Nullable Path> fileProperty() {
        return file.getReadOnlyProperty();
    }

    /** What the work is called. */
    public ObservableValue<String> name() {
        return Bindings.createStringBinding(
                () -> file().map(ProjectViewModel::nameOf).orElse(texts.get("project.untitled")), file);
    }

    static String nameOf(Path project) {
        String name = project.getFileName().toString();
        return ProjectFiles.isProject(project)
                ? name.substring(0, name.length() - ProjectFiles.EXTENSION.length())
                : name;
    }

    /** Whether something would be lost without saving. */
    public ReadOnlyBooleanProperty unsavedProperty() {
        return unsaved.getReadOnlyProperty();
    }

    /** Whether a project is being read or written. */
    public ReadOnlyBooleanProperty busyProperty() {
        return work.busyProperty();
    }

    /** Whether the user must say what becomes of unsaved work. */
    public ReadOnlyBooleanProperty askingProperty() {
        return question.askingProperty();
    }

    /** What the user should know of the project opened last, or why one could not be; empty if there is nothing. */
    public ReadOnlyStringProperty messageProperty() {
        return work.messageProperty();
    }

    /** Whether the message tells of something that went wrong or is missing. */
    public ReadOnlyBooleanProperty alarmingProperty() {
        return work.alarmingProperty();
    }

    /** The ways out that the message names; empty where it names none. */
    public ReadOnlyObjectProperty<Set<Remedy>> remediesProperty() {
        return work.remediesProperty();
    }

    public void dismissMessage() {
        work.dismissMessage();
    }

    /** Whether every picture is put inside the file; those that are in no file always are. */
    public BooleanProperty embeddingProperty() {
        return surroundings.embedding();
    }

    /** Tells that the work has changed, or what comes to it; to be called after the history has heard of it. */
    void workChanged() {
        if (!first.isEmpty()) {
            takeFirst();
        }
        refresh();
    }

    /**
     * Of what changes while the first pictures are on their way only these count as saved. Where the last of them could not
     * be read, the work has begun all the same.
     */
    private void takeFirst() {
        List<SlotSnapshot> slots = history.present().slots();
        boolean untouched = areAsTheyCame(slots);
        if (untouched) {
            saved = new StudioState(slots, saved.values(), saved.kept());
        }
        boolean coming = adding || !history.coming().isEmpty();
        if (!untouched || !coming) {
            first = List.of();
        }
    }

    /** Whether slots hold first pictures only, as they came and in their order; what has not come yet leaves gaps. */
    private boolean areAsTheyCame(List<SlotSnapshot> slots) {
        Iterator<Path> places = first.stream()
                .flatMap(offer -> offer.place().stream())
                .map(Path::toAbsolutePath)
                .iterator();
        for (SlotSnapshot slot : slots) {
            if (!isAsItCame(slot, places)) {
                return false;
            }
        }
        return true;
    }

    /** @param places of the first pictures that have not been found in a slot before this one */
    private static boolean isAsItCame(SlotSnapshot slot, Iterator<Path> places) {
        SlotContent content = slot.content();
        boolean isOurs = content == null ? slot.isEmpty() : isNext(content, places);
        return isOurs && slot.crop().equals(Crop.CENTER) && slot.segment().equals(Segment.PLAIN);
    }

    private static boolean isNext(SlotContent content, Iterator<Path> places) {
        while (places.hasNext()) {
            if (content.source().equals(Optional.of(places.next()))) {
                return true;
            }
        }
        return false;
    }

    /** The model that the work keeps though it is not in use; null for none. */
    ReadOnlyObjectProperty<ProjectDocument.@Nullable Model> awaitedModelProperty() {
        return surroundings.awaitedProperty();
    }

    /** How the film is played, what is put inside the file and the model count once there is a file. */
    private void refresh() {
        boolean aroundChanged = file.get() != null && !surroundings.now().isLike(savedAround);
        unsaved.set(aroundChanged || !history.present().equals(saved));
        changes.happened();
    }

    /** Grows with every change of what is kept. */
    ReadOnlyLongProperty revision() {
        return changes.revision();
    }

    /** Takes the pictures that come next as where the work begins, as if they had been saved. */
    public void beginWith(KeyframesViewModel keyframes, List<? extends PictureOffer> pictures) {
        if (!pictures.isEmpty()) {
            first = List.copyOf(pictures);
            adding = true;
            keyframes.add(pictures);
            adding = false;
            workChanged();
        }
    }

    /** Which work it is: a number that grows with every other one that begins. */
    int generation() {
        return generation;
    }

    /** Begins with empty hands. */
    public void startNew() {
        onceAllowed(() -> {
            history.startAnew(blank);
            surroundings.embedding().set(false);
            surroundings.awaitNoModel();
            given = false;
            begun(null, Optional.empty());
        });
    }

    /** Lets the user choose a project. */
    public void open() {
        services.dialogs().chooseProject(ProjectFiles.EXTENSION).ifPresent(this::open);
    }

    /** Opens a project in place of the work; asks again where something was done while it was being read. */
    public void open(Path project) {
        onceAllowed(() -> {
            Allowed allowed = allowed();
            work.read(
                    () -> {
                        ProjectFiles.Read read = ProjectFiles.open(project);
                        return new Found(
                                read, documents.open(read.document(), folderOf(project), picture -> Optional.empty()));
                    },
                    found -> goOn(allowed, () -> opened(found, project.toAbsolutePath()), this::onceAllowed));
        });
    }

    private void opened(Found found, Path project) {
        ProjectDocument document = found.read().document();
        become(found.opened().state(), project, Optional.of(found.read().hash()));
        work.tell(found.opened().notes());
        surroundings.restore(document, found.opened());
        tellOfModel();
        savedAround = surroundings.now().with(document.model());
        refresh();
    }

    private record Found(ProjectFiles.Read read, ProjectDocuments.Opened opened) {}

    private void become(StudioState state, @Nullable Path project, Optional<String> hash) {
        history.startWith(state);
        given = true;
        begun(project, hash);
    }

    private void begun(@Nullable Path project, Optional<String> hash) {
        generation++;
        question.stay();
        saved = history.state();
        seen.clear();
        if (project != null) {
            seen(project).set(hash);
        }
        file.set(project);
        work.dismissMessage();
        refresh();
    }

    private AtomicReference<Optional<String>> seen(Path project) {
        return seen.computeIfAbsent(project.toAbsolutePath(), none -> new AtomicReference<>(Optional.empty()));
    }

    /** Where a file lies. */
    static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    /** Saves where the work is kept, unless somebody else has changed the file there since; or asks where to. */
    public void save() {
        Path known = file.get();
        if (known == null) {
            saveAs();
        } else {
            saveTo(known, true);
        }
    }

    /**
     * Asks where to, and saves there. A project that is being read is given up for it: what comes while the dialog is open is
     * not what the place is chosen for.
     */
    public void saveAs() {
        work.stopReading();
        int asked = generation;
        services.dialogs()
                .chooseProjectTarget(name().getValue() + ProjectFiles.EXTENSION, ProjectFiles.EXTENSION)
                .filter(target -> asked == generation)
                .ifPresent(target -> saveTo(target, false));
    }

    /**
     * What follows is for the work that was saved: where other work has begun meanwhile, the file is written all the same. Of
     * two saves the newer one says where the work lies, though it may end first.
     *
     * @param again whether the file is written over only as this work knows it
     */
    private void saveTo(Path target, boolean again) {
        StudioState state = history.present();
        ProjectDocuments.Surroundings around = surroundings.now();
        AtomicReference<Optional<String>> last = seen(target);
        int saving = generation;
        int number = ++saves;
        work.write(
                target,
                (progress, cancellation) -> {
                    ProjectDocument document =
                            cancellation.during(() -> documents.saved(state, around, folderOf(target)));
                    cancellation.throwIfCancelled();
                    if (again) {
                        ProjectFiles.requireUnchanged(target, last.get());
                    }
                    last.set(Optional.of(ProjectFiles.save(document, target)));
                    return target.toAbsolutePath();
                },
                written -> {
                    if (saving != generation) {
                        return;
                    }
                    if (number > newestSaved) {
                        newestSaved = number;
                        saved = state;
                        first = List.of();
                        savedAround = around;
                        file.set(written);
                        work.dismissMessage();
                        refresh();
                    }
                    if (question.waitsFor(number)) {
                        goOnOnceSaved();
                    }
                },
                () -> {
                    if (question.waitsFor(number)) {
                        question.failed();
                    }
                });
    }

    /**
     * Brings back the work of a session that was cut off.
     *
     * @param document as it was kept
     * @param opened the state in it
     * @param more whether the work of another such session waits
     */
    void restore(ProjectDocument document, ProjectDocuments.Opened opened, boolean more) {
        become(
                opened.state(),
                ProjectDocuments.path(document.origin()).orElse(null),
                Optional.ofNullable(document.originHash()));
        saved = blank;
        String back = texts.get("project.restored");
        work.tell(more ? back + " " + texts.get("project.restored.more") : back, opened.notes());
        work.offer(Remedy.SAVE);
        surroundings.restore(document, opened);
        tellOfModel();
        refresh();
    }

    /** Whether there is work already, or some on its way. */
    boolean isBegun() {
        return isOpened() || isAtRisk();
    }

    /** Whether it came from somewhere, or is being read. */
    boolean isOpened() {
        return isGiven() || work.isReading();
    }

    /** Says that the work of a session that was cut off is kept until another begins. */
    void tellOfWorkThatWaits() {
        work.tell(texts.get("project.waiting"), List.of());
    }

    /** Sets the studio as it was when a film was rendered, in one step that can be undone. */
    public void reopen(Path film) {
        StudioState current = history.present();
        work.read(
                () -> {
                    Recipe recipe = Recipes.read(film)
                            .flatMap(Recipe::parse)
                            .orElseThrow(() -> new IOException(texts.get("project.noRecipe", film.getFileName())));
                    return new Remade(
                            recipe.model(),
                            documents.reopen(recipe, Files.isDirectory(film) ? film : folderOf(film), current));
                },
                remade -> {
                    given = true;
                    StudioState made = remade.opened().state();
                    // What was kept while the film was read stays.
                    history.adopt(
                            texts.get("history.reopen"),
                            new StudioState(
                                    made.slots(), made.values(), history.state().kept()));
                    work.tell(surroundings.notes(film, remade.model(), remade.opened()));
                });
    }

    private record Remade(Recipe.Model model, ProjectDocuments.Opened opened) {}

    /** Whether a project or a film says what the settings are. */
    boolean isGiven() {
        return given || file.get() != null;
    }

    /** Changes the work without having been asked to, so that it is no more unsaved than before. */
    void unasked(Runnable change) {
        boolean whole = !unsaved.get();
        change.run();
        if (whole) {
            saved = history.present();
        }
        refresh();
    }

    /** Gives up reading or writing; the work stays as it is, and a file that was there stays whole. */
    void cancel() {
        work.cancel();
        question.stay();
    }

    /**
     * Runs an action that ends the session, at once or when the user has said what becomes of the work and what is being
     * written lies on the disk. Asks again where something was done meanwhile; where writing fails, the session goes on.
     */
    public void afterQuestion(Runnable action) {
        onceAllowed(() -> {
            if (work.isWriteAwaited()) {
                Allowed allowed = allowed();
                work.onceWritten(texts.get("project.closing"), () -> goOn(allowed, action, this::afterQuestion));
            } else {
                action.run();
            }
        });
    }

    /**
     * Runs an action that lets go of the work, at once or when the user has said what becomes of it. A project that is
     * being read is given up for it.
     */
    private void onceAllowed(Runnable action) {
        work.stopReading();
        if (isAtRisk()) {
            question.ask(action);
        } else {
            action.run();
        }
    }

    /** What the user has allowed to be let go. */
    private record Allowed(StudioState work, ProjectDocuments.Surroundings around) {}

    /** Pictures that were on their way are let go at once: one that came would look like something done since. */
    private Allowed allowed() {
        if (arePicturesBegun()) {
            history.forgetComing();
        }
        return new Allowed(history.present(), surroundings.now());
    }

    /** Whether nothing was done since. */
    private boolean stillHolds(Allowed allowed) {
        return history.present().equals(allowed.work())
                && surroundings.now().isLike(allowed.around())
                && !arePicturesBegun();
    }

    /** Lets go of the work as the user has allowed; where they have done something since, they are asked again. */
    private void goOn(Allowed allowed, Runnable action, Consumer<Runnable> askAgain) {
        if (stillHolds(allowed)) {
            action.run();
        } else {
            askAgain.accept(action);
        }
    }

    private boolean isAtRisk() {
        return unsaved.get() || arePicturesBegun();
    }

    /** Whether pictures are on their way that the user has handed over. */
    private boolean arePicturesBegun() {
        return !first.containsAll(history.coming());
    }

    /** Answers the question: save, then go on. Where saving fails or is called off, the work stays. */
    public void saveAndGoOn() {
        int next = saves + 1;
        question.answered();
        question.waitFor(next);
        save();
        if (saves < next) {
            // No place to save was chosen.
            question.stay();
        }
    }

    /** What was done while the work was being saved is asked for too. */
    private void goOnOnceSaved() {
        if (isAtRisk()) {
            question.askAgain();
        } else {
            question.goOn();
        }
    }

    /** Answers the question: go on without saving. */
    public void discardAndGoOn() {
        question.goOn();
    }

    /** Answers the question: stay. */
    public void stay() {
        question.stay();
    }

    /** What lies around the work, for the file of it that is kept without being asked. */
    ProjectDocuments.Surroundings surroundings(@Nullable Path origin) {
        ProjectDocuments.Surroundings now = surroundings.now();
        return origin == null ? now : now.keptIn(origin, seen(origin).get());
    }

    Optional<Path> file() {
        return Optional.ofNullable(file.get());
    }
}
