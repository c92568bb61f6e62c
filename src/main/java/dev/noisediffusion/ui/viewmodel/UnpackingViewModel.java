package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.library.LibraryModel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Zips of models that are being unpacked, one after another. */
public final class UnpackingViewModel {
    private final JobRunner jobs;
    private final LibraryServices library;
    private final Texts texts;
    private final Runnable added;
    private final Consumer<Throwable> failed;
    private final Deque<Path> waiting = new ArrayDeque<>();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper fraction = new ReadOnlyDoubleWrapper();
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private CancellationToken work = new CancellationToken();

    /**
     * Nothing to unpack yet.
     *
     * @param added called with every model that has come
     * @param failed hears why one has not
     */
    UnpackingViewModel(
            JobRunner jobs, LibraryServices library, Texts texts, Runnable added, Consumer<Throwable> failed) {
        this.jobs = jobs;
        this.library = library;
        this.texts = texts;
        this.added = added;
        this.failed = failed;
    }

    public ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** In [0, 1]. */
    public ReadOnlyDoubleProperty fractionProperty() {
        return fraction.getReadOnlyProperty();
    }

    /** Which one, and how long still. */
    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    void unpack(Path zip) {
        waiting.add(zip);
        if (!running.get()) {
            next();
        }
    }

    private void next() {
        Path zip = waiting.poll();
        running.set(zip != null);
        if (zip == null) {
            return;
        }
        String name = zip.getFileName().toString();
        fraction.set(0);
        text.set(texts.get("models.unpacking", name));
        work = jobs.run(
                (progress, cancellation) -> library.models().unpack(zip, progress, cancellation),
                new JobRunner.Observer<LibraryModel>(
                        progress -> show(name, progress),
                        model -> {
                            added.run();
                            next();
                        },
                        failure -> {
                            failed.accept(failure);
                            next();
                        },
                        this::next));
    }

    private void show(String name, Progress progress) {
        fraction.set(progress.fraction());
        String left = texts.left(progress);
        String what = texts.get("models.unpacking", name);
        text.set(left.isEmpty() ? what : what + "  ·  " + left);
    }

    /** Ends it, and what waits. Nothing is left of what was begun. */
    public void cancel() {
        waiting.clear();
        work.cancel();
    }
}
