package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Job;
import dev.noisediffusion.job.JobRunner;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Writes one thing after another to each place, so that what is older never ends last. No place waits for another, which
 * may lie on a disk that never answers.
 */
final class WriteQueue {
    /** What is being written. */
    private static final class Write {
        private CancellationToken token = new CancellationToken();
    }

    /** What is written to one place. */
    private static final class Lane {
        private final Path place;
        private final Deque<Consumer<Write>> waiting = new ArrayDeque<>();
        private @Nullable Write current;

        Lane(Path place) {
            this.place = place;
        }

        /** Whether something here is wanted still: what is given up may go on for ever. */
        boolean isAwaited() {
            return !waiting.isEmpty() || (current != null && !current.token.isCancelled());
        }
    }

    private final JobRunner jobs;
    private final boolean everything;
    private final Map<Path, Lane> lanes = new HashMap<>();
    private final ReadOnlyBooleanWrapper writing = new ReadOnlyBooleanWrapper();

    private WriteQueue(JobRunner jobs, boolean everything) {
        this.jobs = jobs;
        this.everything = everything;
    }

    /** For states, each of which takes the place of the one before: of those that wait only the newest is written. */
    static WriteQueue ofStates(JobRunner jobs) {
        return new WriteQueue(jobs, false);
    }

    /** For changes, all of which are made. */
    static WriteQueue ofChanges(JobRunner jobs) {
        return new WriteQueue(jobs, true);
    }

    /** Whether something is being written, or waits to be, and has not been given up. */
    ReadOnlyBooleanProperty writingProperty() {
        return writing.getReadOnlyProperty();
    }

    /**
     * Writes in the background, after what is being written to the same place.
     *
     * @param observer hears of the end before the next is begun; one whose writing is replaced while it waits hears nothing
     */
    <T> void write(Path place, Job<T> job, JobRunner.Observer<T> observer) {
        Lane lane = lanes.computeIfAbsent(place.toAbsolutePath().normalize(), Lane::new);
        if (!everything) {
            lane.waiting.clear();
        }
        lane.waiting.add(write -> start(lane, write, job, observer));
        if (lane.current == null) {
            next(lane);
        } else {
            refresh();
        }
    }

    private void next(Lane lane) {
        Consumer<Write> first = lane.waiting.poll();
        if (first == null) {
            lane.current = null;
            lanes.remove(lane.place);
            refresh();
        } else {
            var write = new Write();
            lane.current = write;
            refresh();
            first.accept(write);
        }
    }

    private <T> void start(Lane lane, Write write, Job<T> job, JobRunner.Observer<T> observer) {
        write.token = jobs.run(
                job,
                new JobRunner.Observer<>(
                        observer.onProgress(),
                        result -> end(lane, () -> observer.onSuccess().accept(result)),
                        failure -> end(lane, () -> observer.onFailure().accept(failure)),
                        () -> end(lane, observer.onCancelled())));
    }

    private void end(Lane lane, Runnable news) {
        try {
            news.run();
        } finally {
            next(lane);
        }
    }

    private void refresh() {
        writing.set(lanes.values().stream().anyMatch(Lane::isAwaited));
    }

    /** Gives up what waits, and asks what is being written to end; until it has, nothing else is begun in its place. */
    void cancel() {
        for (Lane lane : List.copyOf(lanes.values())) {
            lane.waiting.clear();
            if (lane.current != null) {
                lane.current.token.cancel();
            }
        }
        refresh();
    }
}
