package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.Job;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.ProjectRefusal;
import dev.noisediffusion.job.Refusal;
import dev.noisediffusion.job.Trouble;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes files in the background, and keeps what the user should know of it. Of reads only the latest wish counts;
 * writes to one place come one after another.
 */
final class FileWork {
    /** What another name or folder helps against. */
    private static final Set<Refusal> OF_THE_PLACE = Set.of(ProjectRefusal.CHANGED_SINCE, ProjectRefusal.NOT_SAVED);

    private final StudioServices services;
    private final WriteQueue writes;
    private final Newest reading;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper alarming = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Set<Remedy>> remedies = new ReadOnlyObjectWrapper<>(Set.of());
    private boolean underWay;
    /** What waits until nothing is written any more, null if nothing does. */
    private @Nullable Runnable afterwards;

    FileWork(StudioServices services) {
        this.services = services;
        this.writes = WriteQueue.ofStates(services.jobs());
        this.reading = new Newest(services.jobs());
        Changes.on(writes.writingProperty(), this::refresh);
        Changes.on(writes.writingProperty(), this::goOnOnceWritten);
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

    /** The ways out that the message names. */
    ReadOnlyObjectProperty<Set<Remedy>> remediesProperty() {
        return remedies.getReadOnlyProperty();
    }

    /** Says what is wrong or missing; nothing, where there are no notes. */
    void tell(List<String> notes) {
        tell("", notes);
    }

    /** Says a sentence, and after it what is wrong or missing. */
    void tell(String sentence, List<String> notes) {
        remedies.set(Set.of());
        alarming.set(!notes.isEmpty());
        message.set((sentence + " " + String.join(" ", notes)).strip());
    }

    /** Says that the message names a way out. */
    void offer(Remedy remedy) {
        remedies.set(Stream.concat(remedies.get().stream(), Stream.of(remedy)).collect(Collectors.toUnmodifiableSet()));
    }

    /** Says what is wrong or missing after what is said already. */
    void add(String note) {
        alarming.set(true);
        message.set((message.get() + " " + note).strip());
    }

    private void tell(Throwable failure) {
        tell(List.of(services.texts().failure(failure)));
        if (failure instanceof Trouble.Carrier carrier
                && carrier.trouble() instanceof Trouble.Refused refused
                && OF_THE_PLACE.contains(refused.refusal())) {
            offer(Remedy.SAVE_AS);
        }
    }

    void dismissMessage() {
        remedies.set(Set.of());
        message.set("");
    }

    /**
     * Reads in the background; what was being read is given up.
     *
     * @param then gets the result on the JavaFX thread; a failure becomes the message
     */
    <T> void read(Callable<T> source, Consumer<T> then) {
        setReading(true);
        reading.run(
                (progress, cancellation) -> source.call(),
                new JobRunner.Observer<T>(
                        progress -> {},
                        result -> {
                            setReading(false);
                            then.accept(result);
                        },
                        failure -> {
                            setReading(false);
                            tell(failure);
                        },
                        () -> setReading(false)));
    }

    /**
     * Writes in the background.
     *
     * @param then gets the result on the JavaFX thread; a failure becomes the message
     * @param otherwise runs there after a failure
     */
    <T> void write(Path target, Job<T> job, Consumer<T> then, Runnable otherwise) {
        writes.write(target, job, JobRunner.Observer.of(then, failure -> {
            afterwards = null;
            tell(failure);
            otherwise.run();
        }));
    }

    /** Whether a file is being written, or waits to be, and has not been given up: a disk may never answer. */
    boolean isWriteAwaited() {
        return writes.writingProperty().get();
    }

    /**
     * Does one thing once all that is being written lies on the disk; never, where writing fails or is given up.
     *
     * @param sentence for the user, who waits
     */
    void onceWritten(String sentence, Runnable action) {
        afterwards = action;
        tell(sentence, List.of());
        goOnOnceWritten();
    }

    private void goOnOnceWritten() {
        Runnable action = afterwards;
        if (action != null && !writes.writingProperty().get()) {
            afterwards = null;
            action.run();
        }
    }

    /** Whether a file is being read. */
    boolean isReading() {
        return underWay;
    }

    private void setReading(boolean now) {
        underWay = now;
        refresh();
    }

    private void refresh() {
        busy.set(underWay || writes.writingProperty().get());
    }

    /** Gives up what is being read. */
    void stopReading() {
        reading.forget();
        setReading(false);
    }

    /** Gives up what is under way; a file that was there stays whole. */
    void cancel() {
        afterwards = null;
        stopReading();
        writes.cancel();
    }
}
