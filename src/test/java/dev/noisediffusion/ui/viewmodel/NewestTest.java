package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.ManualJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewestTest {
    private final ManualJobRunner jobs = new ManualJobRunner();
    private final Newest newest = new Newest(jobs);
    private final List<String> told = new ArrayList<>();

    private JobRunner.Observer<String> observer(String name) {
        return new JobRunner.Observer<>(
                progress -> told.add(name + " goes on"),
                result -> told.add(name + " gave " + result),
                failure -> told.add(name + " failed"),
                () -> told.add(name + " was cancelled"));
    }

    private void run(String name) {
        newest.run((progress, cancellation) -> "a result", observer(name));
    }

    private void fail(String name) {
        newest.run(
                (progress, cancellation) -> {
                    throw new IOException("The disk is gone.");
                },
                observer(name));
    }

    @Test
    void anotherJobEndsTheOneBeforeOfWhichNobodyHearsAnyMore() {
        run("first");
        run("second");
        assertTrue(jobs.tokens.getFirst().isCancelled());
        jobs.runLast();
        jobs.runLast();
        assertEquals(List.of("second gave a result"), told);
    }

    @Test
    void aFailureThatComesTooLateIsNotToldOf() {
        fail("first");
        run("second");
        jobs.runNext();
        jobs.runNext();
        fail("third");
        jobs.runNext();
        assertEquals(List.of("second gave a result", "third failed"), told);
    }

    @Test
    void whatIsForgottenEndsWithoutAWord() {
        run("first");
        newest.forget();
        assertTrue(jobs.tokens.getFirst().isCancelled());
        jobs.runNext();
        fail("second");
        newest.forget();
        jobs.runNext();
        assertEquals(List.of(), told);
    }

    @Test
    void aJobThatItsRunnerCancelsSaysSo() {
        run("first");
        jobs.tokens.getFirst().cancel();
        jobs.runNext();
        assertEquals(List.of("first was cancelled"), told);
    }

    /** A runner may do everything at once: what follows has then begun before the first call returns. */
    @Test
    void aJobThatIsBegunByTheEndOfAnotherCanBeEnded() {
        var switched = new SwitchedJobRunner();
        var nested = new Newest(switched);
        nested.run(
                (progress, cancellation) -> "a result",
                JobRunner.Observer.<String>of(
                        result -> {
                            switched.holdBack();
                            nested.run((progress, cancellation) -> result, observer("second"));
                        },
                        failure -> {}));
        assertFalse(switched.tokens().getFirst().isCancelled());
        nested.forget();
        assertTrue(switched.tokens().getFirst().isCancelled());
        switched.runAll();
        assertEquals(List.of(), told);
    }

    @Test
    void atOnceIsNewestToo() {
        new Newest(new InlineJobRunner()).run((progress, cancellation) -> "a result", observer("first"));
        assertEquals(List.of("first gave a result"), told);
    }
}
