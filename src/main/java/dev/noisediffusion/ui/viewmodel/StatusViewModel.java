package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.Progress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/**
 * The long work of the studio: what, how far, how long still. The line has room for one of them, the export on its way
 * before the render, and a number for the rest.
 */
public final class StatusViewModel {
    private final Texts texts;
    private final ModelViewModel model;
    private final KeyframesViewModel keyframes;
    private final RenderViewModel render;
    private final ExportQueueViewModel exports;
    private final FilmstripViewModel film;
    private final ProjectViewModel project;
    private final SheetViewModel sheet;
    private final LabViewModel lab;
    private final LongWork rendering;
    private final LongWork filling;
    private final LongWork experimenting;
    private final LongWork projectWork;
    private final LongWork opening;
    private final LongWork training;
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper timeLeft = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper fraction = new ReadOnlyDoubleWrapper();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper();

    StatusViewModel(
            Texts texts,
            ModelViewModel model,
            KeyframesViewModel keyframes,
            RenderViewModel render,
            ExportQueueViewModel exports,
            FilmstripViewModel film,
            ProjectViewModel project,
            SheetViewModel sheet,
            LongWork training,
            LabViewModel lab) {
        this.texts = texts;
        this.model = model;
        this.keyframes = keyframes;
        this.render = render;
        this.exports = exports;
        this.film = film;
        this.project = project;
        this.sheet = sheet;
        this.training = training;
        this.lab = lab;
        rendering = new LongWork("render", texts, render::cancel);
        filling = new LongWork("sheet", texts, sheet::cancel);
        experimenting = new LongWork("lab", texts, lab::cancel);
        projectWork = new LongWork("project", texts, project::cancel);
        opening = new LongWork("model", texts, model::cancel);
        Changes.on(model.stateProperty(), this::refresh);
        Changes.on(keyframes.revision(), this::refresh);
        Changes.on(render.stateProperty(), this::refresh);
        Changes.on(render.progressProperty(), this::refresh);
        Changes.on(render.outdatedProperty(), this::refresh);
        Changes.on(exports.unfinishedProperty(), this::refresh);
        Changes.on(exports.runningProperty(), this::exportChanged);
        Changes.on(exports.noteProperty(), this::refresh);
        Changes.on(film.doneProperty(), this::refresh);
        Changes.on(project.busyProperty(), this::refresh);
        Changes.on(sheet.busyProperty(), this::refresh);
        Changes.on(sheet.progressProperty(), this::refresh);
        Changes.on(training.runningProperty(), this::refresh);
        Changes.on(training.textProperty(), this::refresh);
        Changes.on(training.fractionProperty(), this::refresh);
        Changes.on(training.timeLeftProperty(), this::refresh);
        Changes.on(lab.messageProperty(), this::refresh);
        Changes.on(lab.busyProperty(), this::refresh);
        refresh();
    }

    private void exportChanged() {
        ExportJob job = exports.runningProperty().get();
        if (job != null) {
            Changes.on(job.fractionProperty(), this::refresh);
            Changes.on(job.textProperty(), this::refresh);
        }
        refresh();
    }

    /** The work besides the exports, running or not: rendering, a sheet, the project, the model, a critic, the lab. */
    public List<LongWork> works() {
        return List.of(rendering, filling, projectWork, opening, training, experimenting);
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

    /** Whether there is long work, which can be cancelled. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** How much work there is: what runs, and exports that wait. */
    public ReadOnlyIntegerProperty countProperty() {
        return count.getReadOnlyProperty();
    }

    /** Ends the work that the line tells of. */
    public void cancel() {
        if (exports.runningProperty().get() != null) {
            exports.cancelRunning();
        } else {
            first().ifPresent(LongWork::cancel);
        }
    }

    /**
     * Ends the render, or what reads or writes the project; whether there was either. All else takes long, and is ended
     * only where it is meant.
     */
    public boolean giveUp() {
        Optional<LongWork> work = Stream.of(rendering, projectWork)
                .filter(candidate -> candidate.runningProperty().get())
                .findFirst();
        work.ifPresent(LongWork::cancel);
        return work.isPresent();
    }

    private Optional<LongWork> first() {
        return works().stream().filter(work -> work.runningProperty().get()).findFirst();
    }

    private void refresh() {
        Progress progress = render.progressProperty().get();
        rendering.show(
                render.stateProperty().get() == RenderState.RENDERING,
                progress == null ? texts.get("status.starting") : rendering(progress),
                progress);
        filling.show(
                sheet.busyProperty().get(),
                sheet.filled(),
                sheet.progressProperty().get());
        projectWork.show(project.busyProperty().get(), texts.get("status.project"), null);
        opening.show(model.stateProperty().get() == ModelState.OPENING, texts.get("status.opening"), null);
        experimenting.show(
                lab.busyProperty().get(), lab.done(), lab.progressProperty().get());
        int running = (int)
                works().stream().filter(work -> work.runningProperty().get()).count();
        count.set(running + exports.unfinishedProperty().get());
        ExportJob export = exports.runningProperty().get();
        Optional<LongWork> work = first();
        busy.set(export != null || work.isPresent());
        if (export != null) {
            line(
                    texts.get(
                            "status.exporting",
                            export.name(),
                            export.textProperty().get()),
                    export.fractionProperty().get(),
                    export.timeLeftProperty().get());
        } else if (work.isPresent()) {
            LongWork shown = work.get();
            String note = exports.noteProperty().get();
            // It goes with the next frame that arrives.
            boolean noted = shown.equals(rendering) && !note.isEmpty();
            line(
                    noted ? note : shown.textProperty().get(),
                    shown.fractionProperty().get(),
                    shown.timeLeftProperty().get());
        } else {
            line(idleText(), 0, "");
        }
    }

    private void line(String what, double howFar, String left) {
        text.set(what);
        fraction.set(howFar);
        timeLeft.set(left);
    }

    private String rendering(Progress progress) {
        String activity = texts.activity(progress.activity());
        int done = film.doneProperty().get();
        int frames = film.cells().size();
        // When all are there, what is still made is the film that they are compared with.
        return done == 0 || done == frames ? activity : texts.get("status.rendering", activity, done, frames);
    }

    private String idleText() {
        if (!exports.noteProperty().get().isEmpty()) {
            return exports.noteProperty().get();
        }
        // A film may outlive its pictures; while one is being read, none is missing.
        if (!keyframes.areReady() && !keyframes.areLoading()) {
            return texts.get("status.addPictures");
        }
        return switch (render.stateProperty().get()) {
            case FINISHED -> texts.get(render.outdatedProperty().get() ? "status.outdated" : "status.finished");
            case CANCELLED -> texts.get("status.cancelled");
            case FAILED -> texts.get("status.failed");
            case IDLE, RENDERING -> texts.get(keyframes.areReady() ? "status.ready" : "status.addPictures");
        };
    }
}
