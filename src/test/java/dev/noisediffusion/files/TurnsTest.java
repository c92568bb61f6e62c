package dev.noisediffusion.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.JavaCommand;
import dev.noisediffusion.job.CancellationToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnsTest {
    @TempDir
    Path folder;

    private final Turns turns = new Turns();

    /** Says whether it gets a file, in a process of its own, and dies without letting it go. */
    static final class Other {
        private Other() {}

        public static void main(String[] args) throws IOException {
            System.out.print(new Turns().tryTake(Path.of(args[0])).isPresent());
        }
    }

    private static String anotherProcessGets(Path file) throws IOException {
        Process other = new ProcessBuilder(JavaCommand.of(List.of(), Other.class, file.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    @SuppressWarnings("try") // held, not used
    void anotherLookDoesNotLetATurnGo() throws Exception {
        Path file = folder.resolve("turn.lock");
        try (Turns.Turn ignored = turns.tryTake(file).orElseThrow()) {
            assertEquals(Optional.empty(), turns.tryTake(folder.resolve("../" + folder.getFileName() + "/turn.lock")));
            assertEquals("false", anotherProcessGets(file));
        }
        assertEquals("true", anotherProcessGets(file));
        try (Turns.Turn ignored = turns.await(file)) {
            assertTrue(turns.tryTake(file).isEmpty());
        }
    }

    @Test
    @SuppressWarnings("try") // held, not used
    void whereNothingCanBeLockedThreadsTakeTurnsAtBest() throws Exception {
        Path file = folder.resolve("turn.lock");
        Turns strict = Lockless.turns();
        Turns without = strict.bestEffort();
        assertThrows(IOException.class, () -> strict.tryTake(file));
        try (Turns.Turn ignored = without.tryTake(file).orElseThrow()) {
            assertTrue(without.tryTake(file).isEmpty());
            assertTrue(strict.tryTake(file).isEmpty());
        }
        try (Turns.Turn ignored = without.await(file)) {
            assertThrows(IOException.class, () -> without.tryTake(folder.resolve("none/turn.lock")), "no such folder");
        }
    }

    @Test
    @SuppressWarnings("try") // held, not used
    void aBestEffortIsAsGoodAsAnyWhereFilesCanBeLocked() throws Exception {
        Path file = folder.resolve("turn.lock");
        try (Turns.Turn ignored = turns.bestEffort().await(file)) {
            assertTrue(turns.tryTake(file).isEmpty());
            assertEquals("false", anotherProcessGets(file));
        }
    }

    @Test
    @SuppressWarnings("try") // held, not used
    void whoWaitsCanBeCancelled() throws Exception {
        Path file = folder.resolve("turn.lock");
        var token = new CancellationToken();
        var waiting = new FutureTask<Turns.Turn>(() -> token.during(() -> turns.await(file)));
        try (Turns.Turn ignored = turns.await(file)) {
            Thread thread = Thread.ofPlatform().start(waiting);
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                assertFalse(waiting.isDone(), "It did not wait");
                Thread.onSpinWait();
            }
            token.cancel();
            var end = assertThrows(ExecutionException.class, waiting::get);
            assertInstanceOf(CancellationException.class, end.getCause());
        }
        turns.await(file).close();
    }
}
