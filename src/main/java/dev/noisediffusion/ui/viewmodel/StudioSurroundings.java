package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.project.ProjectDocument;
import dev.noisediffusion.project.Recipe;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/** What a project keeps besides the work itself: the model, how the film is played and compared, where pictures are kept. */
final class StudioSurroundings {
    /** Of a number as it was: more say nothing to people. */
    private static final int MOST_DECIMALS = 9;

    private final StudioServices services;
    private final Texts texts;
    private final ParametersViewModel parameters;
    private final PlaybackViewModel playback;
    private final CompareViewModel compare;
    private final ModelViewModel model;
    private final BooleanProperty embedding = new SimpleBooleanProperty();
    /** The model that the work was made with, until it comes into use, or one that was asked for since. */
    private ProjectDocument.@Nullable Model awaited;
    /** Where the model lies that was in use, or on its way, when the awaited one was not where it had been. */
    private Optional<Path> meanwhile = Optional.empty();
    /** Whether it is still to be told that the awaited one is not there. */
    private boolean untold;

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
        Changes.on(model.leaseProperty(), this::leaseChanged);
    }

    private void leaseChanged() {
        ProjectDocument.Model wanted = awaited;
        if (wanted != null && (isUsed(wanted) || !model.folder().equals(meanwhile))) {
            awaitNoModel();
        }
    }

    /** For work that begins with the model in use. */
    void awaitNoModel() {
        awaited = null;
        untold = false;
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
    }

    /** As they are now, of work in no file; of work whose model is on its way, gone or could not be opened, with that one. */
    ProjectDocuments.Surroundings now() {
        return new ProjectDocuments.Surroundings(
                services.application(),
                Optional.ofNullable(awaited).or(this::modelInUse).orElse(null),
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

    /** Sets them as a project says; gives what the user should know of the project. */
    List<String> restore(ProjectDocument document, ProjectDocuments.Opened opened) {
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
            return opened.notes();
        }
        if (isUsed(wanted)) {
            model.stay();
            return opened.notes();
        }
        awaited = wanted;
        untold = opened.model().isEmpty();
        meanwhile = untold ? model.expected() : Optional.empty();
        opened.model().ifPresent(model::open);
        return lateNote().map(note -> with(opened.notes(), note)).orElse(opened.notes());
    }

    private boolean isUsed(ProjectDocument.Model wanted) {
        return model.lease()
                .filter(lease -> lease.open().model().id().equals(wanted.id()))
                .isPresent();
    }

    /**
     * That another model is in use than the project's, which is not where it was; empty where there is nothing to say, nothing
     * yet since the one on its way may be that very model, or nothing more.
     */
    Optional<String> lateNote() {
        ProjectDocument.Model gone = awaited;
        if (gone == null || !untold || model.stateProperty().get() == ModelState.OPENING) {
            return Optional.empty();
        }
        untold = false;
        return Optional.of(texts.get("project.note.model", gone.name()));
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
        Map<String, Double> wanted = opened.state().values().numbers();
        String others = parameters.takenOtherwise(opened.state().values()).stream()
                .map(number -> texts.get(
                        "project.note.number",
                        texts.get("parameter." + number.id()),
                        whole(wanted.getOrDefault(number.id(), number.get()), number),
                        texts.number(number)))
                .collect(Collectors.joining(", "));
        return others.isEmpty()
                ? opened.notes()
                : with(opened.notes(), texts.get("project.note.numbers", film.getFileName(), others));
    }

    /** A number with the decimals that it has, also where the parameter has fewer. */
    private String whole(double value, NumberParameter parameter) {
        int own = BigDecimal.valueOf(value).stripTrailingZeros().scale();
        int decimals = parameter.range().decimals();
        return texts.number(value, Math.clamp(own, decimals, MOST_DECIMALS));
    }

    private static List<String> with(List<String> notes, String note) {
        return Stream.concat(notes.stream(), Stream.of(note)).toList();
    }
}
