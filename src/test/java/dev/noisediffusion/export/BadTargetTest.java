package dev.noisediffusion.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.job.CancellationToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Targets that cannot be written, work that is called off, an encoder that dies: a sentence, and never a half file. */
@Timeout(60)
class BadTargetTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "missing/film.mp4, MP4, does not exist",
        "file/film.gif, GIF, 'is a file, not a folder'",
        "full, MP4, is a folder",
        "full, PNG_SEQUENCE, with files in it",
        "file, PNG_SEQUENCE, needs a folder"
    })
    void isSaidBeforeTheWorkStarts(String target, FilmFormat format, String says) throws IOException {
        Files.writeString(folder.resolve("file"), "text");
        Files.writeString(Files.createDirectory(folder.resolve("full")).resolve("letter.txt"), "text");

        var error = assertThrows(
                ExportException.class,
                () -> FrameSinks.open(
                        folder.resolve(target), ExportSettings.defaults(format), "{}", new CancellationToken()));

        String message = String.valueOf(error.getMessage());
        assertTrue(message.contains(says) && message.endsWith("."), message);
        assertEquals(2, Films.entries(folder));
    }

    @ParameterizedTest
    @CsvSource({
        "1024, 8, MP4, too large",
        "8, 1, MP4, too small",
        "10000, 8, GIF, too large",
        "4096, 4, WEBP, too large",
        "2, 1, WEBM, too small",
        "2048, 8, CONTACT_SHEET, too large"
    })
    void aSizeThatTheFormatCannotHoldIsRefusedWithTheFirstFrame(
            int side, int multiple, FilmFormat format, String says) {
        var settings = ExportSettings.defaults(format).withSizeMultiple(multiple);

        var error = assertThrows(ExportException.class, () -> FrameSinks.checkSize(side, side, settings));

        assertTrue(String.valueOf(error.getMessage()).contains(says), error.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void withoutFinishNothingIsLeft(FilmFormat format) throws IOException {
        try (FrameSink sink = open(format, new CancellationToken())) {
            Films.writeAll(sink, Films.frames(3, 32, 32));
        }

        assertEquals(0, Films.entries(folder));
    }

    @Test
    void aFilmWithoutFramesIsRefused() throws IOException {
        try (FrameSink sink = open(FilmFormat.GIF, new CancellationToken())) {
            assertThrows(ExportException.class, sink::finish);
        }
        assertEquals(0, Films.entries(folder));
    }

    @ParameterizedTest
    @EnumSource
    void anOldFileStaysUntilTheNewOneIsWhole(FilmFormat format) throws IOException {
        if (format == FilmFormat.PNG_SEQUENCE) {
            return;
        }
        Path target = target(format);
        Files.writeString(target, "old");
        try (FrameSink sink = open(format, new CancellationToken())) {
            Films.writeAll(sink, Films.frames(2, 32, 32));
            assertEquals("old", Files.readString(target));
            sink.finish();
        }

        assertTrue(Files.size(target) > 100);
        assertEquals(1, Films.entries(folder));
    }

    @ParameterizedTest
    @EnumSource(names = {"MP4", "GIF", "WEBM", "WEBP", "APNG"})
    void cancellingEndsTheEncoderAndLeavesNothing(FilmFormat format) throws Exception {
        var token = new CancellationToken();
        try (FrameSink sink = open(format, token)) {
            Films.writeAll(sink, Films.frames(60, 256, 256));
            Thread watcher = onEncoder(process -> token.cancel());
            assertThrows(CancellationException.class, sink::finish);
            watcher.join();
            assertTrue(encoder().isEmpty());
        }

        assertEquals(0, Films.entries(folder));
    }

    @ParameterizedTest
    @EnumSource(names = {"MP4", "GIF"})
    void aKilledEncoderIsToldAndLeavesNoHalfFile(FilmFormat format) throws Exception {
        try (FrameSink sink = open(format, new CancellationToken())) {
            Films.writeAll(sink, Films.frames(60, 256, 256));
            Thread watcher = onEncoder(ProcessHandle::destroyForcibly);
            var error = assertThrows(ExportException.class, sink::finish);
            watcher.join();
            assertTrue(String.valueOf(error.getMessage()).contains("the video encoder stopped"), error.getMessage());
            assertFalse(Files.exists(target(format)));
        }

        assertEquals(0, Films.entries(folder));
    }

    @Test
    void whatTheEncoderSaidIsKeptAsTheCause() throws Exception {
        var error = assertThrows(IOException.class, () -> {
            try (var ffmpeg = Ffmpeg.start(folder, List.of("-i", "nowhere.mp4", "out.gif"), new CancellationToken())) {
                ffmpeg.run(input -> {});
            }
        });

        assertTrue(String.valueOf(error.getMessage()).contains("nowhere.mp4"), error.getMessage());
    }

    @Test
    void framesOfAnotherSizeAreAMistake() throws IOException {
        try (FrameSink sink = open(FilmFormat.MP4, new CancellationToken())) {
            Films.writeAll(sink, Films.frames(1, 32, 32));
            assertThrows(IllegalArgumentException.class, () -> Films.writeAll(sink, Films.frames(1, 32, 48)));
        }
    }

    @ParameterizedTest
    @CsvSource({"GIF89a", "ftyp", "'xxxxftypisomxxxx'", "''"})
    void aFileThatIsNoExportHasNoRecipe(String contents) throws IOException {
        assertEquals(Optional.empty(), Recipes.read(Files.writeString(folder.resolve("x"), contents)));
    }

    @Test
    void aMissingExportIsSaid() {
        assertThrows(ExportException.class, () -> Recipes.read(folder.resolve("gone.gif")));
    }

    private FrameSink open(FilmFormat format, CancellationToken token) throws ExportException {
        return FrameSinks.open(target(format), ExportSettings.defaults(format), "{}", token);
    }

    private Path target(FilmFormat format) {
        return folder.resolve("film" + format.extension());
    }

    /** Does something to the next encoder as soon as it runs. */
    private static Thread onEncoder(Consumer<ProcessHandle> action) {
        return Thread.ofPlatform().start(() -> {
            Optional<ProcessHandle> found = encoder();
            while (found.isEmpty()) {
                Thread.onSpinWait();
                found = encoder();
            }
            action.accept(found.get());
        });
    }

    private static Optional<ProcessHandle> encoder() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").contains("ffmpeg"))
                .findFirst();
    }
}
