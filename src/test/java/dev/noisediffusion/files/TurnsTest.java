package dev.noisediffusion.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
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
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
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
}
