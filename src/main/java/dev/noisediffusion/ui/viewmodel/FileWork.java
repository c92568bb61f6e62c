package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Job;
import dev.noisediffusion.job.JobRunner;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Reads and writes files in the background, the latest wish only, and keeps what the user should know of it. */
final class FileWork {
    private final StudioServices services;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper alarming = new ReadOnlyBooleanWrapper();
    private CancellationToken working = new CancellationToken();

    FileWork(StudioServices services) {
        this.services = services;
    }

    /** Whether a file is being read or written. */
    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Sentences for the user; empty if there are none. */
    ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /** Whether the message tells of something that went wrong or is missing. */
    ReadOnlyBooleanProperty alarmingProperty() {
        return alarming.getReadOnlyProperty();
    }

    /** Says what is wrong or missing; nothing, where there are no notes. */
    void tell(List<String> notes) {
        tell("", notes);
    }

    /** Says a sentence, and after it what is wrong or missing. */
    void tell(String sentence, List<String> notes) {
        alarming.set(!notes.isEmpty());
        message.set((sentence + " " + String.join(" ", notes)).strip());
    }

    void dismissMessage() {
        message.set("");
    }

    /**
     * Reads or writes in the background; what was under way is given up.
     *
     * @param then gets the result on the JavaFX thread; a failure becomes the message
     */
    <T> void run(Callable<T> reading, Consumer<T> then) {
        working.cancel();
        busy.set(true);
        Job<T> job = (progress, cancellation) -> {
            T result = reading.call();
            cancellation.throwIfCancelled();
            return result;
        };
        working = services.jobs()
                .run(
                        job,
                        new JobRunner.Observer<>(
                                progress -> {},
                                result -> {
                                    busy.set(false);
                                    then.accept(result);
                                },
                                failure -> {
                                    busy.set(false);
                                    tell(List.of(services.texts().failure(failure)));
                                },
                                () -> {}));
    }

    /** Gives up what is under way; a file that was there stays whole. */
    void cancel() {
        working.cancel();
        busy.set(false);
    }
}
