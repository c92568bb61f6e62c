package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.project.ProjectDocument;
import dev.noisediffusion.project.Recipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/** What a project keeps besides the work itself: the model, how the film is played and compared, where pictures are kept. */
final class StudioSurroundings {
    private final StudioServices services;
    private final Texts texts;
    private final ParametersViewModel parameters;
    private final PlaybackViewModel playback;
    private final CompareViewModel compare;
    private final ModelViewModel model;
    private final BooleanProperty embedding = new SimpleBooleanProperty();
    /** The model that the work was made with, until it or one in its place comes into use, or one that was asked for since. */
    private final ReadOnlyObjectWrapper<ProjectDocument.@Nullable Model> awaited = new ReadOnlyObjectWrapper<>();
    /** Where the model lies that the user has asked for since the work awaits another. */
    private Optional<Path> asked = Optional.empty();
    /** What is still to be told of the model that the work was made with. */
    private Optional<String> untold = Optional.empty();

    StudioSurroundings(
            StudioServices services,
            ParametersViewModel parameters,
            PlaybackViewModel playback,
            CompareViewModel compare,
            ModelViewModel model) {
        this.services = services;
        this.texts = services.texts();
        this.parameters = parameters;
        this.playback = playback;
        this.compare = compare;
        this.model = model;
        Changes.on(model.leaseProperty(), this::consider);
        model.tellWishesTo(this::wished);
    }

    private void wished(Path place) {
        asked = Optional.of(place);
        if (model.isAt(place)) {
            awaitNoModel();
        }
    }

    /** Others come into use that nobody has asked for, as where a session begins or the device changes: the work takes none. */
    private void consider() {
        ProjectDocument.Model wanted = awaited.get();
        if (wanted == null) {
            return;
        }
        boolean isInItsPlace =
                ProjectDocuments.path(wanted.folder()).filter(model::isAt).isPresent();
        if (isUsed(wanted) || asked.filter(model::isAt).isPresent()) {
            awaitNoModel();
        } else if (isInItsPlace) {
            awaitNoModel();
            untold = Optional.of(texts.get("project.note.modelChanged", wanted.name()));
        }
    }

    /** For work that begins with the model in use. */
    void awaitNoModel() {
        awaited.set(null);
        asked = Optional.empty();
        untold = Optional.empty();
    }

    /** The model that the work keeps though it is not in use: it is on its way, gone or could not be opened; null for none. */
    ReadOnlyObjectProperty<ProjectDocument.@Nullable Model> awaitedProperty() {
        return awaited.getReadOnlyProperty();
    }

    /** Whether every picture is put inside the file. */
    BooleanProperty embedding() {
        return embedding;
    }

    /** Calls back when what is kept of them changes. */
    void onChange(Runnable action) {
        Changes.on(embedding, action);
        Changes.on(playback.fps().valueProperty(), action);
        Changes.on(playback.mode().valueProperty(), action);
        Changes.on(model.leaseProperty(), action);
        Changes.on(awaited, action);
    }

    /** As they are now, of work in no file; of work whose model is on its way, gone or could not be opened, with that one. */
    ProjectDocuments.Surroundings now() {
        return new ProjectDocuments.Surroundings(
                services.application(),
                Optional.ofNullable(awaited.get()).or(this::modelInUse).orElse(null),
                new ProjectDocument.Playback(
                        (int) playback.fps().get(), playback.mode().get().name()),
                compare.document(),
                embedding.get(),
                null,
                null);
    }

    private Optional<ProjectDocument.Model> modelInUse() {
        return model.lease()
                .map(lease -> new ProjectDocument.Model(
                        lease.open().model().name(),
                        lease.open().model().id(),
                        model.folder().map(Path::toString).orElse(null)));
    }

    /** Sets them as a project says. What the user should know of its model is a {@link #lateNote}. */
    void restore(ProjectDocument document, ProjectDocuments.Opened opened) {
        embedding.set(document.embedding());
        ProjectDocument.Playback played = document.playback();
        if (played != null) {
            playback.fps().set(played.fps());
            playback.mode().choose(played.mode());
        }
        Optional.ofNullable(document.comparison()).ifPresent(compare::restore);
        awaitNoModel();
        ProjectDocument.Model wanted = document.model();
        if (wanted == null) {
            return;
        }
        if (isUsed(wanted)) {
            model.stay();
            return;
        }
        awaited.set(wanted);
        String kept = opened.model().isPresent() ? "project.note.modelNotOpened" : "project.note.model";
        untold = Optional.of(texts.get(kept, wanted.name()));
        opened.model().ifPresent(model::open);
    }

    private boolean isUsed(ProjectDocument.Model wanted) {
        return model.lease()
                .filter(lease -> lease.open().model().id().equals(wanted.id()))
                .isPresent();
    }

    /**
     * That the project's model is not where it was, was changed there or could not be opened; empty where there is nothing to say, nothing yet since
     * the one on its way may be that very model, or nothing more.
     */
    Optional<String> lateNote() {
        if (model.stateProperty().get() == ModelState.OPENING) {
            return Optional.empty();
        }
        Optional<String> note = untold;
        untold = Optional.empty();
        return note;
    }

    /**
     * What the user should know of a film that is made again, once its values were taken: also what could not be taken as
     * it was, and that another model is in use.
     */
    List<String> notes(Path film, Recipe.Model made, ProjectDocuments.Opened opened) {
        List<String> notes = withNumbers(film, opened);
        return model.lease()
                .map(lease -> lease.open().model())
                .filter(used -> !used.id().equals(made.id()))
                .map(used ->
                        with(notes, texts.get("project.note.otherModel", film.getFileName(), made.name(), used.name())))
                .orElse(notes);
    }

    private List<String> withNumbers(Path film, ProjectDocuments.Opened opened) {
        String others = TakenNumbers.otherwise(parameters, opened.state().values(), texts);
        return others.isEmpty()
                ? opened.notes()
                : with(opened.notes(), texts.get("project.note.numbers", film.getFileName(), others));
    }

    private static List<String> with(List<String> notes, String note) {
        return Stream.concat(notes.stream(), Stream.of(note)).toList();
    }
}
