package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.job.Trouble;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class FailuresTest {
    @Test
    void aFailureThatHasASentenceIsToldByItAlone() {
        var err = new StringWriter();
        assertEquals(ExitCode.DEVICE_FAILED, Failures.report(new NoMemory(), new PrintWriter(err, true), false));
        assertEquals("Choose a smaller model.", err.toString().strip());
    }

    @Test
    void anyOtherFailureIsToldByWhatItIs() {
        var err = new StringWriter();
        var failure = new IllegalStateException("no such thing");
        assertEquals(ExitCode.INTERNAL, Failures.report(failure, new PrintWriter(err, true), false));
        assertTrue(err.toString().startsWith("Something went wrong: " + failure), err::toString);
    }

    private static final class NoMemory extends IllegalStateException implements Trouble.Carrier {
        NoMemory() {
            super("Choose a smaller model.");
        }

        @Override
        public Trouble trouble() {
            return Trouble.Known.OUT_OF_MEMORY;
        }
    }
}
