package dev.noisediffusion.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noisediffusion.files.Leftover;
import dev.noisediffusion.files.Lockless;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is beside a film while it is made, and afterwards. */
class SpooledSinkTest {
    private static final String PREFIX = ".noisediffusion-";
    private static final int LONG_AGO = 25;

    @TempDir
    private Path folder;

    private final FrameSinks sinks = new FrameSinks();

    private FrameSink open(FrameSinks sinks, String name) throws IOException {
        var settings = ExportSettings.defaults(FilmFormat.CONTACT_SHEET);
        return sinks.open(folder.resolve(name), settings, "", new CancellationToken());
    }

    private void save(FrameSinks sinks, String name) throws IOException {
        try (FrameSink sink = open(sinks, name)) {
            finish(sink);
        }
    }

    private static void finish(FrameSink sink) throws IOException {
        Films.writeAll(sink, Films.frames(2, 32, 32));
        sink.finish(ProgressListener.NONE);
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    @Test
    void whatADeadProcessLeftLongAgoGoesWithTheNextFilm() throws IOException {
        Leftover.leave(folder, PREFIX, LONG_AGO);
        save(sinks, "film.png");
        assertEquals(List.of(folder.resolve("film.png")), entries());
    }

    @Test
    void filmsAreMadeBesideEachOther() throws IOException {
        try (FrameSink first = open(sinks, "first.png");
                FrameSink second = open(sinks, "second.png")) {
            finish(first);
            finish(second);
        }
        assertEquals(List.of(folder.resolve("first.png"), folder.resolve("second.png")), entries());
    }

    @Test
    void filmsAreMadeWhereNothingCanBeLocked() throws IOException {
        save(new FrameSinks(Lockless.turns()), "film.png");
        assertEquals(List.of(folder.resolve("film.png")), entries());
    }

    /** As where a virus scanner reads it. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the name of an open file is not free there")
    void aFilmIsSavedThoughWhatIsBesideItCannotBeDeleted() throws IOException {
        Path film = folder.resolve("film.png");
        Path lock;
        try (FrameSink sink = open(sinks, "film.png")) {
            lock = entries().getLast();
            Files.delete(lock);
            Files.writeString(Files.createDirectory(lock).resolve("letter.txt"), "text");
            finish(sink);
        }
        assertEquals(List.of(lock, film), entries());
    }
}
