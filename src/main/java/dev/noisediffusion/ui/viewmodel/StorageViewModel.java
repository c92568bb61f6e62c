package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.model.GraphCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** The studio itself, and what it keeps on the disk: unsaved work, what can be made again, and its log. */
public final class StorageViewModel {
    private static final double MEGABYTE = 1e6;

    private final JobRunner jobs;
    private final Newest measuring;
    private final GraphCache cache;
    private final Path autosaves;
    private final Path log = UserFolders.log(UserFolders.ofUser().logs(), "0");
    private final String application;
    private final FileDialogs dialogs;
    private final Texts texts;
    private final ReadOnlyStringWrapper cacheText = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper clearable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper logTrouble = new ReadOnlyStringWrapper("");

    StorageViewModel(StudioServices services) {
        this.jobs = services.jobs();
        this.measuring = new Newest(jobs);
        this.cache = services.graphs();
        this.autosaves = services.autosaves().folder();
        this.application = services.application();
        this.dialogs = services.dialogs();
        this.texts = services.texts();
    }

    /** Where unsaved work is kept. */
    public String autosavePlace() {
        return autosaves.toString();
    }

    /** How much room the prepared models take, or why they could not be cleared away. */
    public ReadOnlyStringProperty cacheTextProperty() {
        return cacheText.getReadOnlyProperty();
    }

    /** Whether there is something to clear away. */
    public ReadOnlyBooleanProperty clearableProperty() {
        return clearable.getReadOnlyProperty();
    }

    /** Looks how much room the caches take. */
    public void measure() {
        measuring.run((progress, cancellation) -> cache.size(), observer(this::measured));
    }

    /** Clears the caches away; what is needed of them is made again. */
    public void clear() {
        clearable.set(false);
        work(
                () -> {
                    cache.clear();
                    return cache.size();
                },
                this::cleared);
    }

    /** What was measured before the end says nothing any more. */
    private void cleared(long bytes) {
        measuring.forget();
        measured(bytes);
    }

    private void measured(long bytes) {
        clearable.set(bytes > 0);
        cacheText.set(texts.get("storage.cache.size", bytes / MEGABYTE));
    }

    /** Shows where unsaved work is kept. */
    public void showAutosaves() {
        work(
                () -> {
                    dialogs.showInFolder(Files.createDirectories(autosaves));
                    return autosaves;
                },
                shown -> {});
    }

    /** The name of the studio with its version, where it was packaged. */
    public String application() {
        return application;
    }

    /** Shows where the log lies. */
    public void showLog() {
        logTrouble.set("");
        jobs.run(
                (progress, cancellation) -> {
                    dialogs.showInFolder(log);
                    return log;
                },
                JobRunner.Observer.<Path>of(shown -> {}, failure -> logTrouble.set(texts.failure(failure))));
    }

    /** Why the log was not shown; empty where nothing is wrong. */
    public ReadOnlyStringProperty logTroubleProperty() {
        return logTrouble.getReadOnlyProperty();
    }

    private <T> void work(Callable<T> work, Consumer<T> then) {
        jobs.run((progress, cancellation) -> work.call(), observer(then));
    }

    private <T> JobRunner.Observer<T> observer(Consumer<T> then) {
        return JobRunner.Observer.of(then, failure -> cacheText.set(texts.failure(failure)));
    }
}
