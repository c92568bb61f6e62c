package dev.noisediffusion.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noisediffusion.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
    private static final String PREFIX = ".work-";
    private static final int LATELY = 23;
    private static final int LONG_AGO = 25;

    @TempDir
    private Path folder;

    private final Turns turns = new Turns();

    /** Has the turn at a file until it is killed. */
    static final class Other {
        private Other() {}

        @SuppressWarnings("try") // held, not used
        public static void main(String[] args) throws IOException {
            try (Turns.Turn ignored = new Turns().tryTake(Path.of(args[0])).orElseThrow()) {
                System.out.println("held");
                System.out.println(System.in.read());
            }
        }
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private void assertThatAllStays(Turns turns) throws IOException {
        List<Path> before = entries();
        WorkFolder.make(folder, PREFIX, turns).close();
        assertEquals(before, entries());
    }

    @Test
    void whatDeadProcessesLeftLongAgoGoesWhenAnotherFolderIsMade() throws IOException {
        Leftover.leave(folder, PREFIX, LONG_AGO);
        Leftover.leave(folder, PREFIX, LONG_AGO);
        try (WorkFolder made = WorkFolder.make(folder, PREFIX, turns)) {
            Files.writeString(made.path().resolve("frames.rgb"), "gigabytes");
            assertEquals(List.of(made.path(), Leftover.lock(made.path())), entries());
        }
        assertEquals(List.of(), entries());
    }

    /** As another machine may be at work in it, whose locks are not seen here. */
    @Test
    void whatWasChangedLatelyStaysThoughItsLockIsFree() throws IOException {
        FileTime now = FileTime.from(Instant.now());
        Leftover.leave(folder, PREFIX, LATELY);
        Files.setLastModifiedTime(Leftover.leave(folder, PREFIX, LONG_AGO), now);
        Files.setLastModifiedTime(Leftover.leave(folder, PREFIX, LONG_AGO).resolve("unet"), now);
        assertThatAllStays(turns);
    }

    @Test
    void whatAnotherProcessUsesStaysHoweverOldItIs() throws Exception {
        Path used = Leftover.leave(folder, PREFIX, LONG_AGO);
        Process other = new ProcessBuilder(JavaCommand.of(
                        List.of(), Other.class, Leftover.lock(used).toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("held", said.readLine());
            assertThatAllStays(turns);
        } finally {
            other.destroyForcibly().waitFor();
        }
        WorkFolder.make(folder, PREFIX, turns).close();
        assertEquals(List.of(), entries());
    }

    @Test
    void whatThisProcessUsesStaysHoweverOldItIs() throws IOException {
        try (WorkFolder used = WorkFolder.make(folder, PREFIX, turns)) {
            Leftover.age(used.path(), LONG_AGO);
            assertThatAllStays(turns);
        }
    }

    @Test
    void whatIsNotKnownToBeLeftOfThisWorkStays() throws IOException {
        Files.delete(Leftover.lock(Leftover.leave(folder, PREFIX, LONG_AGO)));
        Leftover.leave(folder, ".other-", LONG_AGO);
        Path photographs = Files.createDirectory(folder.resolve(PREFIX + "photographs"));
        Files.createFile(Leftover.lock(photographs));
        Leftover.age(photographs, LONG_AGO);
        assertThatAllStays(turns);
    }

    @Test
    void whereNothingCanBeLockedFoldersAreMadeAndNothingIsDeleted() throws IOException {
        Leftover.leave(folder, PREFIX, LONG_AGO);
        assertThatAllStays(Lockless.turns());
    }
}
