package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Job;
import dev.noisediffusion.job.JobRunner;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/**
 * Writes one thing after another, so that what is older never ends last. Of what waits for the same place only the newest
 * is written.
 */
final class WriteQueue {
    private final JobRunner jobs;
    private final SequencedMap<Path, Runnable> waiting = new LinkedHashMap<>();
    private final ReadOnlyBooleanWrapper writing = new ReadOnlyBooleanWrapper();
    private CancellationToken token = new CancellationToken();

    WriteQueue(JobRunner jobs) {
        this.jobs = jobs;
    }

    /** Whether something is being written. */
    ReadOnlyBooleanProperty writingProperty() {
        return writing.getReadOnlyProperty();
    }

    /**
     * Writes in the background, after what is being written or waits already.
     *
     * @param observer hears of the end before the next is begun; one whose writing is replaced while it waits hears nothing
     */
    <T> void write(Path place, Job<T> job, JobRunner.Observer<T> observer) {
        Path known = place.toAbsolutePath().normalize();
        waiting.remove(known);
        waiting.put(known, () -> start(job, observer));
        if (!writing.get()) {
            next();
        }
    }

    private void next() {
        var first = waiting.pollFirstEntry();
        writing.set(first != null);
        if (first != null) {
            first.getValue().run();
        }
    }

    private <T> void start(Job<T> job, JobRunner.Observer<T> observer) {
        token = jobs.run(
                job,
                new JobRunner.Observer<>(
                        observer.onProgress(),
                        result -> end(() -> observer.onSuccess().accept(result)),
                        failure -> end(() -> observer.onFailure().accept(failure)),
                        () -> end(observer.onCancelled())));
    }

    private void end(Runnable news) {
        try {
            news.run();
        } finally {
            next();
        }
    }

    /** Gives up what waits, and asks what is being written to end; until it has, nothing else is begun. */
    void cancel() {
        waiting.clear();
        token.cancel();
    }
}
