package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.project.ProjectDocument;
import dev.noisediffusion.project.Recipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/** What a project keeps besides the work itself: the model, how the film is played and compared, where pictures are kept. */
final class StudioSurroundings {
    private final StudioServices services;
    private final PlaybackViewModel playback;
    private final CompareViewModel compare;
    private final ModelViewModel model;
    private final BooleanProperty embedding = new SimpleBooleanProperty();

    StudioSurroundings(
            StudioServices services, PlaybackViewModel playback, CompareViewModel compare, ModelViewModel model) {
        this.services = services;
        this.playback = playback;
        this.compare = compare;
        this.model = model;
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
    }

    /**
     * As they are now.
     *
     * @param origin the file that the work is kept in; null for none
     */
    ProjectDocuments.Surroundings now(@Nullable Path origin) {
        return new ProjectDocuments.Surroundings(
                services.application(),
                model.lease()
                        .map(lease -> new ProjectDocument.Model(
                                lease.open().model().name(),
                                lease.open().model().id(),
                                model.folder().map(Path::toString).orElse(null)))
                        .orElse(null),
                new ProjectDocument.Playback(
                        (int) playback.fps().get(), playback.mode().get().name()),
                compare.document(),
                embedding.get(),
                origin);
    }

    /** Sets them as a project says; gives what the user should know of the project. */
    List<String> restore(ProjectDocument document, ProjectDocuments.Opened opened) {
        embedding.set(document.embedding());
        ProjectDocument.Playback played = document.playback();
        if (played != null) {
            playback.fps().set(played.fps());
            playback.mode().choose(played.mode());
        }
        Optional.ofNullable(document.comparison()).ifPresent(compare::restore);
        ProjectDocument.Model wanted = document.model();
        if (wanted == null || usedModel().filter(wanted.id()::equals).isPresent()) {
            return opened.notes();
        }
        opened.model().ifPresent(model::open);
        return opened.model().isPresent()
                ? opened.notes()
                : with(opened.notes(), services.texts().get("project.note.model", wanted.name()));
    }

    private Optional<String> usedModel() {
        return model.lease().map(lease -> lease.open().model().id());
    }

    /** What the user should know of a film that is made again: also that another model is in use. */
    List<String> notes(Path film, Recipe.Model made, ProjectDocuments.Opened opened) {
        return model.lease()
                .map(lease -> lease.open().model())
                .filter(used -> !used.id().equals(made.id()))
                .map(used -> with(
                        opened.notes(),
                        services.texts().get("project.note.otherModel", film.getFileName(), made.name(), used.name())))
                .orElse(opened.notes());
    }

    private static List<String> with(List<String> notes, String note) {
        return Stream.concat(notes.stream(), Stream.of(note)).toList();
    }
}
