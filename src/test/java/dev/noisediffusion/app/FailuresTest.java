package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.critic.CriticException;
import dev.noisediffusion.critic.CriticFile;
import dev.noisediffusion.critic.ReadyCritic;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.model.ModelException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource(names = {"UNWRITABLE", "NOT_DELETED", "NO_ROOM", "DISK_FULL", "DISK_FILLED"})
    void aModelThatCannotBeWrittenIsNoBadInput(ModelRefusal refusal) {
        assertEquals(ExitCode.BAD_TARGET, code(new ModelException(refusal.with("model"), "It is not written.", null)));
    }

    @Test
    void aCriticThatCannotBeWrittenIsNoBadInput(@TempDir Path folder) throws IOException {
        var critics = new CriticFile(Files.writeString(folder.resolve("critics"), "no folder"));
        var refused = assertThrows(CriticException.class, () -> ReadyCritic.save(critics, "model"));
        assertEquals(ExitCode.BAD_TARGET, code(refused));
    }

    @Test
    void whatCannotBeReadIsBadInput() {
        assertEquals(
                ExitCode.BAD_INPUT,
                code(new ModelException(ModelRefusal.UNREADABLE.with("model", ""), "It is not read.", null)));
    }

    private static int code(Exception failure) {
        return Failures.report(failure, new PrintWriter(new StringWriter(), true), false);
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
