package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
    private final WriteQueue queue = new WriteQueue(jobs);
    private final List<String> written = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    private void write(String place, String what) {
        queue.write(
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
                        told::add,
                        failure -> told.add("not " + what),
                        () -> told.add("no more " + what)));
    }

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
        write("b", "3");
        write("other/../a", "4");
        assertTrue(queue.writingProperty().get());
        runAll();
        assertEquals(List.of("1", "3", "4"), written);
        assertEquals(written, told);
        assertFalse(queue.writingProperty().get());
    }

    @Test
    void whatFailsHoldsNothingUp() {
        write("a", "bad");
        write("b", "2");
        runAll();
        assertEquals(List.of("not bad", "2"), told);
    }

    @Test
    void whatIsGivenUpEndsBeforeAnythingElseBegins() {
        write("a", "1");
        write("b", "2");
        queue.cancel();
        write("a", "3");
        assertTrue(queue.writingProperty().get());
        runAll();
        assertEquals(List.of("3"), written);
        assertEquals(List.of("no more 1", "3"), told);
    }
}
