package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.ui.ManualJobRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
    private final ManualJobRunner jobs = new ManualJobRunner();
    private final WriteQueue queue = WriteQueue.ofStates(jobs);
    private final List<String> written = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    private void write(String place, String what) {
        write(queue, place, what);
    }

    private void write(WriteQueue to, String place, String what) {
        to.write(
                Path.of(place),
                (progress, cancellation) -> {
                    cancellation.throwIfCancelled();
                    if (what.equals("bad")) {
                        throw new IOException(what);
                    }
                    written.add(what);
                    return what;
                },
                new JobRunner.Observer<>(
                        progress -> {},
                        this::hear,
                        failure -> told.add("not " + what),
                        () -> told.add("no more " + what)));
    }

    private void hear(String what) {
        told.add(what);
        if (what.equals("shock")) {
            throw new IllegalStateException(what);
        }
    }

    /** Runs all that is written to one place. */
    private void runAll() {
        while (jobs.waitingCount() > 0) {
            assertEquals(1, jobs.waitingCount());
            jobs.runNext();
        }
    }

    @Test
    void oneIsWrittenAtATimeAndOfThoseThatWaitForAPlaceTheNewest() {
        write("a", "1");
        write("a", "2");
        write("a", "3");
        write("other/../a", "4");
        assertTrue(queue.writingProperty().get());
        runAll();
        assertEquals(List.of("1", "4"), written);
        assertEquals(written, told);
        assertFalse(queue.writingProperty().get());
    }

    @Test
    void changesAreAllMade() {
        WriteQueue changes = WriteQueue.ofChanges(jobs);
        for (String what : List.of("1", "bad", "3", "4")) {
            write(changes, "a", what);
        }
        runAll();
        assertEquals(List.of("1", "3", "4"), written);
        assertEquals(List.of("1", "not bad", "3", "4"), told);
        assertFalse(changes.writingProperty().get());
    }

    @Test
    void whoFailsAtTheNewsHoldsNothingUp() {
        for (WriteQueue each : List.of(queue, WriteQueue.ofChanges(jobs))) {
            write(each, "a", "shock");
            write(each, "a", "2");
            assertThrows(IllegalStateException.class, jobs::runNext);
            runAll();
            assertFalse(each.writingProperty().get());
        }
        assertEquals(List.of("shock", "2", "shock", "2"), told);
    }

    @Test
    void noPlaceWaitsForAnother() {
        write("hung", "1");
        write("hung", "2");
        write("b", "3");
        jobs.runLast();
        assertEquals(List.of("3"), told);
        assertTrue(queue.writingProperty().get());
        write("b", "4");
        jobs.runLast();
        assertEquals(List.of("3", "4"), told);
        runAll();
        assertEquals(List.of("3", "4", "1", "2"), told);
        assertFalse(queue.writingProperty().get());
    }

    @Test
    void whatFailsHoldsNothingUp() {
        write("a", "bad");
        write("a", "2");
        runAll();
        assertEquals(List.of("not bad", "2"), told);
    }

    @Test
    void whatIsGivenUpEndsBeforeAnythingElseBeginsInItsPlace() {
        write("a", "1");
        write("a", "2");
        queue.cancel();
        assertFalse(queue.writingProperty().get());
        write("a", "3");
        assertTrue(queue.writingProperty().get());
        runAll();
        assertEquals(List.of("3"), written);
        assertEquals(List.of("no more 1", "3"), told);
        assertFalse(queue.writingProperty().get());
    }

    @Test
    void whatIsGivenUpAndNeverEndsIsNoObstacleElsewhere() {
        write("hung", "1");
        queue.cancel();
        write("b", "2");
        assertTrue(queue.writingProperty().get());
        jobs.runLast();
        assertEquals(List.of("2"), told);
        assertFalse(queue.writingProperty().get());
    }
}
