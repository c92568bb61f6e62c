package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.Progress;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** One line: what the studio is doing, how far, how long still. An export comes before a render. */
public final class StatusViewModel {
    private final Texts texts;
    private final ModelViewModel model;
    private final KeyframesViewModel keyframes;
    private final RenderViewModel render;
    private final ExportViewModel export;
    private final FilmstripViewModel film;
    private final ProjectViewModel project;
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper timeLeft = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper fraction = new ReadOnlyDoubleWrapper();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

    StatusViewModel(
            Texts texts,
            ModelViewModel model,
            KeyframesViewModel keyframes,
            RenderViewModel render,
            ExportViewModel export,
            FilmstripViewModel film,
            ProjectViewModel project) {
        this.texts = texts;
        this.model = model;
        this.keyframes = keyframes;
        this.render = render;
        this.export = export;
        this.film = film;
        this.project = project;
        Changes.on(model.stateProperty(), this::refresh);
        Changes.on(keyframes.revision(), this::refresh);
        Changes.on(render.stateProperty(), this::refresh);
        Changes.on(render.progressProperty(), this::refresh);
        Changes.on(export.stateProperty(), this::refresh);
        Changes.on(export.progressProperty(), this::refresh);
        Changes.on(film.doneProperty(), this::refresh);
        Changes.on(project.busyProperty(), this::refresh);
        refresh();
    }

    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    /** The time left in words, empty while unknown. */
    public ReadOnlyStringProperty timeLeftProperty() {
        return timeLeft.getReadOnlyProperty();
    }

    /** In [0, 1], negative while unknown. */
    public ReadOnlyDoubleProperty fractionProperty() {
        return fraction.getReadOnlyProperty();
    }

    /** Whether there is work that can be cancelled. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Ends the work that the line tells of. */
    public void cancel() {
        if (export.stateProperty().get() == ExportState.RUNNING) {
            export.cancel();
        } else {
            render.cancel();
        }
    }

    private void refresh() {
        if (export.stateProperty().get() == ExportState.RUNNING) {
            Progress progress = export.progressProperty().get();
            work(progress, progress == null ? texts.get("status.exporting") : progress.stage());
        } else if (render.stateProperty().get() == RenderState.RENDERING) {
            Progress progress = render.progressProperty().get();
            work(progress, progress == null ? texts.get("status.starting") : rendering(progress));
        } else {
            rest();
        }
    }

    private String rendering(Progress progress) {
        int done = film.doneProperty().get();
        return done == 0
                ? progress.stage()
                : texts.get(
                        "status.rendering", progress.stage(), done, film.cells().size());
    }

    private void work(@Nullable Progress progress, String what) {
        text.set(what);
        fraction.set(progress == null ? -1 : progress.fraction());
        timeLeft.set(
                progress == null ? "" : progress.remaining().map(texts::left).orElse(""));
        busy.set(true);
    }

    private void rest() {
        busy.set(false);
        fraction.set(0);
        timeLeft.set("");
        text.set(idleText());
    }

    private String idleText() {
        if (model.stateProperty().get() == ModelState.OPENING) {
            return texts.get("status.opening");
        }
        if (project.busyProperty().get()) {
            return texts.get("status.project");
        }
        if (export.stateProperty().get() == ExportState.DONE) {
            return export.messageProperty().get();
        }
        return switch (render.stateProperty().get()) {
            case FINISHED -> texts.get("status.finished");
            case CANCELLED -> texts.get("status.cancelled");
            case FAILED -> texts.get("status.failed");
            case IDLE, RENDERING ->
                keyframes.keyframes().isPresent() ? texts.get("status.ready") : texts.get("status.addPictures");
        };
    }
}
