package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.project.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * Writes exports one after another while editing goes on. Each has its film as it stood when it was asked for; one whose
 * film the studio is still rendering lets others go before. What fails or is cancelled leaves the rest as it is.
 */
public final class ExportQueueViewModel {
    /** The part of an export that rendering takes, where it is rendered from here. */
    private static final double RENDERING_SHARE = 0.85;

    private final JobRunner runner;
    private final Exporter exporter;
    private final FileDialogs dialogs;
    private final Texts texts;
    private final ModelViewModel model;
    private final BooleanSupplier rendering;
    private final ObservableList<ExportJob> jobs = FXCollections.observableArrayList();
    private final ObservableList<ExportJob> readOnlyJobs = FXCollections.unmodifiableObservableList(jobs);
    private final ReadOnlyObjectWrapper<@Nullable ExportJob> running = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyIntegerWrapper unfinished = new ReadOnlyIntegerWrapper();
    private final ReadOnlyBooleanWrapper showing = new ReadOnlyBooleanWrapper();
    private final ClosingQuestion question = new ClosingQuestion();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private boolean finishing;

    /** @param rendering whether the studio makes frames at this moment */
    ExportQueueViewModel(StudioServices services, ModelViewModel model, BooleanSupplier rendering) {
        this.runner = services.jobs();
        this.exporter = services.exporter();
        this.dialogs = services.dialogs();
        this.texts = services.texts();
        this.model = model;
        this.rendering = rendering;
    }

    /** In the order in which they were asked for. */
    public ObservableList<ExportJob> jobs() {
        return readOnlyJobs;
    }

    /** The export on its way, null while there is none. */
    public ReadOnlyObjectProperty<@Nullable ExportJob> runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** Exports that wait or run. */
    public ReadOnlyIntegerProperty unfinishedProperty() {
        return unfinished.getReadOnlyProperty();
    }

    /** Whether the list is on the screen. */
    public ReadOnlyBooleanProperty showingProperty() {
        return showing.getReadOnlyProperty();
    }

    /** Whether the user must say what becomes of unfinished exports before the window closes. */
    public ReadOnlyBooleanProperty askingProperty() {
        return question.askingProperty();
    }

    /** Why the last export that failed did so, empty if none did. */
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /** What was saved last, empty before and once the work has changed since. */
    ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }

    /** Says what was done without the queue. */
    void note(String sentence) {
        note.set(sentence);
    }

    /** Tells that the work is another one than what was saved. */
    void forgetNote() {
        note.set("");
    }

    void tell(Throwable failure) {
        message.set(texts.failure(failure));
    }

    public void dismissMessage() {
        message.set("");
    }

    /** Shows the list, or puts it away. */
    public void toggle() {
        showing.set(!showing.get());
    }

    public void hide() {
        showing.set(false);
    }

    /** The files that are still to be written. */
    Set<Path> pending() {
        return jobs.stream()
                .filter(job -> !job.isOver())
                .map(ExportJob::target)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Puts exports of one film at the end of the queue. */
    void add(List<ExportJob.Order> orders, FilmSnapshot film) {
        message.set("");
        jobs.addAll(
                orders.stream().map(order -> new ExportJob(order, film, texts)).toList());
        goOn();
    }

    /** Looks whether an export can begin: to be called when the studio's films or its render have changed. */
    void goOn() {
        List<ExportJob> waiting = jobs.stream().filter(ExportJob::isWaiting).toList();
        waiting.stream().map(ExportJob::film).distinct().forEach(FilmSnapshot::look);
        if (rendering.getAsBoolean()) {
            forgetNote();
        }
        for (ExportJob job : waiting) {
            job.waitFor(texts.get(isComing(job) ? "queue.film" : "queue.WAITING"));
        }
        unfinished.set((int) jobs.stream().filter(job -> !job.isOver()).count());
        if (running.get() == null) {
            waiting.stream().filter(job -> !isComing(job)).findFirst().ifPresent(this::start);
        }
    }

    private boolean isComing(ExportJob job) {
        return rendering.getAsBoolean() && !job.isWhole() && job.isOnScreen();
    }

    private void start(ExportJob job) {
        Recipe.Model needed = job.film().model();
        Optional<ModelLease> lease =
                model.lease().filter(used -> used.open().model().equals(needed));
        job.become(ExportState.RUNNING, texts.get("status.starting"));
        running.set(job);
        if (lease.isEmpty() && !job.isWhole()) {
            failed(job, texts.get("queue.modelGone", needed.name()));
            return;
        }
        var observer = new JobRunner.Observer<ExportJob>(
                job::show, written -> done(job), failure -> failed(job, texts.failure(failure)), () -> stopped(job));
        job.runs(runner.run((progress, cancellation) -> write(job, lease, progress, cancellation), observer));
    }

    private ExportJob write(
            ExportJob job, Optional<ModelLease> lease, ProgressListener progress, CancellationToken cancellation)
            throws Exception {
        cancellation.throwIfCancelled();
        double rendered = job.isWhole() ? 0 : RENDERING_SHARE;
        if (!job.isWhole()) {
            job.render(lease.orElseThrow(), progress.part(0, rendered), cancellation);
        }
        exporter.export(job.request(), progress.part(rendered, 1), cancellation);
        job.written();
        return job;
    }

    /**
     * Those asked for before were allowed to replace what was there then, and not this film; nor were those that there were
     * when it was tried again.
     */
    private void done(ExportJob job) {
        Stream.concat(jobs.subList(0, jobs.indexOf(job)).stream(), job.othersAtRetry().stream())
                .filter(other -> ExportTargets.mayBeOne(other.target(), job.target()))
                .forEach(ExportJob::keepOff);
        note.set(texts.get("export.saved", job.name()));
        end(job, ExportState.DONE, texts.get("queue.DONE"));
    }

    private void failed(ExportJob job, String why) {
        message.set(why);
        end(job, ExportState.FAILED, why);
    }

    /** A model that is replaced ends what has not begun with it; a film that is in its place cannot be called off any more. */
    private void stopped(ExportJob job) {
        if (job.isWritten()) {
            done(job);
        } else if (job.token().isCancelled()) {
            end(job, ExportState.CANCELLED, texts.get("queue.CANCELLED"));
        } else {
            failed(job, texts.get("queue.modelGone", job.film().model().name()));
        }
    }

    private void end(ExportJob job, ExportState how, String words) {
        job.become(how, words);
        running.set(null);
        goOn();
        closeWhenOver(how);
    }

    private void closeWhenOver(ExportState how) {
        if (how == ExportState.FAILED) {
            finishing = false;
        } else if (finishing && unfinished.get() == 0) {
            finishing = false;
            question.goOn();
        }
    }

    /** Ends an export; what it has written so far goes with it. */
    public void cancel(ExportJob job) {
        if (job.isWaiting()) {
            job.become(ExportState.CANCELLED, texts.get("queue.CANCELLED"));
            goOn();
            closeWhenOver(ExportState.CANCELLED);
        } else {
            job.token().cancel();
        }
    }

    /** Ends the export on its way, and none of those that wait. */
    void cancelRunning() {
        ExportJob job = running.get();
        if (job != null) {
            cancel(job);
        }
    }

    /** Ends all that wait or run. */
    void cancelAll() {
        jobs.stream().filter(ExportJob::isWaiting).forEach(this::cancel);
        cancelRunning();
    }

    /** Tries an export again that failed or was cancelled, with the film it was asked for with. */
    public void retry(ExportJob job) {
        message.set("");
        job.tryAgain(jobs.stream().filter(other -> !other.equals(job)).toList());
        job.become(ExportState.WAITING, texts.get("queue.WAITING"));
        goOn();
    }

    /** Takes what is over off the list; the files stay. */
    public void removeFinished() {
        jobs.removeIf(ExportJob::isOver);
    }

    /** What was saved, be it a folder of pictures; empty while the export is not done. */
    public Optional<Path> saved(ExportJob job) {
        return job.stateProperty().get() == ExportState.DONE
                ? Optional.of(job.target().toAbsolutePath())
                : Optional.empty();
    }

    /** Opens what was saved with the platform's own program; of a folder of pictures the folder. */
    public void open(ExportJob job) {
        saved(job).ifPresent(file -> open(job, file));
    }

    private void open(ExportJob job, Path file) {
        runner.run(
                (progress, cancellation) -> {
                    if (Files.notExists(file)) {
                        throw new IOException(texts.get("queue.gone", job.name(), job.place()));
                    }
                    dialogs.open(file);
                    return job;
                },
                JobRunner.Observer.<ExportJob>of(opened -> {}, this::tell));
    }

    /** Shows a file where it lies. */
    public void showInFolder(ExportJob job) {
        runner.run(
                (progress, cancellation) -> {
                    dialogs.showInFolder(job.target());
                    return job;
                },
                JobRunner.Observer.<ExportJob>of(shown -> {}, this::tell));
    }

    /** Whether an export waits or runs that nobody has called off. */
    public boolean isAnyAwaited() {
        return jobs.stream().anyMatch(ExportJob::isAwaited);
    }

    /** Runs an action that ends the session, at once or when the user has said what becomes of unfinished exports. */
    public void afterQuestion(Runnable action) {
        finishing = false;
        if (isAnyAwaited()) {
            question.ask(action);
        } else {
            action.run();
        }
    }

    /** Answers the question: finish them, then go on. One that fails keeps the window open, to be told of. */
    public void finishAndGoOn() {
        question.answered();
        if (unfinished.get() == 0) {
            question.goOn();
        } else {
            finishing = true;
            showing.set(true);
        }
    }

    /** Answers the question: cancel them and go on. */
    public void cancelAndGoOn() {
        question.answered();
        cancelAll();
        question.goOn();
    }

    /** Answers the question: stay. */
    public void stay() {
        question.stay();
    }
}
