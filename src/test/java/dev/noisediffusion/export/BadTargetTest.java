package dev.noisediffusion.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.files.Turns;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.FilmRefusal;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Targets that cannot be written, work that is called off, an encoder that dies: a sentence, and never a half file. */
@Timeout(60)
class BadTargetTest {
    /** Of which only the frames themselves need much room. */
    private static final ExportSettings MP4 = ExportSettings.defaults(FilmFormat.MP4);

    @TempDir
    private Path folder;

    private final FrameSinks sinks = new FrameSinks();

    /** Encoders of tests before this one. */
    private final Set<ProcessHandle> others = encoders().collect(Collectors.toSet());

    private final AtomicBoolean over = new AtomicBoolean();

    @AfterEach
    void watchNoMore() {
        over.set(true);
    }

    @ParameterizedTest
    @CsvSource({
        "missing/film.mp4, MP4, does not exist, NO_FOLDER",
        "file/film.gif, GIF, 'is a file, not a folder', FOLDER_IS_A_FILE",
        "full, MP4, is a folder, IS_A_FOLDER",
        "full, PNG_SEQUENCE, with files in it, FOLDER_IN_USE",
        "file, PNG_SEQUENCE, needs a folder, IS_A_FILE",
        "., PNG_SEQUENCE, is no name, NO_NAME",
        ".., PNG_SEQUENCE, is no name, NO_NAME"
    })
    void isSaidBeforeTheWorkStarts(String target, FilmFormat format, String says, FilmRefusal refusal)
            throws IOException {
        Files.writeString(folder.resolve("file"), "text");
        Files.writeString(Files.createDirectory(folder.resolve("full")).resolve("letter.txt"), "text");

        var error = assertThrows(
                ExportException.class,
                () -> sinks.open(
                        folder.resolve(target), ExportSettings.defaults(format), "{}", new CancellationToken()));

        String message = String.valueOf(error.getMessage());
        assertTrue(message.contains(says) && message.endsWith("."), message);
        assertEquals(
                target.substring(target.indexOf('/') + 1),
                refused(refusal, error).getFirst());
        assertEquals(2, Films.entries(folder));
    }

    @ParameterizedTest
    @CsvSource({
        "1024, 8, MP4, too large, TOO_LARGE",
        "8, 1, MP4, too small, TOO_SMALL",
        "10000, 8, GIF, too large, TOO_LARGE",
        "4096, 4, WEBP, too large, TOO_LARGE",
        "2, 1, WEBM, too small, TOO_SMALL",
        "2048, 8, CONTACT_SHEET, too large, SHEET_TOO_LARGE"
    })
    void aSizeThatTheFormatCannotHoldIsRefusedWithTheFirstFrame(
            int side, int multiple, FilmFormat format, String says, FilmRefusal refusal) {
        var settings = ExportSettings.defaults(format).withSizeMultiple(multiple);

        var error = assertThrows(ExportException.class, () -> FrameSinks.checkSize(side, side, settings));

        assertTrue(String.valueOf(error.getMessage()).contains(says), error.getMessage());
        assertEquals(
                String.valueOf((long) side * multiple), refused(refusal, error).getFirst());
    }

    @ParameterizedTest
    @EnumSource(names = {"MP4", "PNG_SEQUENCE"})
    void aNameThatTheFileSystemRefusesIsSaidBeforeTheWorkStarts(FilmFormat format) throws IOException {
        Path target = folder.resolve("a".repeat(300));
        var error = assertThrows(ExportException.class, () -> FrameSinks.checkTarget(target, format));
        assertEquals(List.of("a".repeat(300)), refused(FilmRefusal.NAME_REFUSED, error));
        FrameSinks.checkTarget(folder.resolve("film"), format);
        assertEquals(0, Films.entries(folder));
    }

    @Test
    void framesThatFindNoRoomAreRefusedBeforeTheWorkStarts() throws IOException {
        Path target = target(FilmFormat.MP4);
        FrameSinks.checkRoom(List.of(new Footage(target, 17, 16, 16, MP4)));
        List<Footage> large = List.of(new Footage(target, Integer.MAX_VALUE, 32_768, 32_768, MP4));
        var error = assertThrows(ExportException.class, () -> FrameSinks.checkRoom(large));
        assertEquals(List.of("film.mp4"), refused(FilmRefusal.DISK_FULL, error));
    }

    /** Each fits alone. They go into two folders of one disk. */
    @Test
    void framesThatFindNoRoomTogetherAreRefusedBeforeTheWorkStarts() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        int most = (int) (0.6 * folder.toFile().getUsableSpace() / (3 * 1024 * 1024));
        var first = new Footage(target(FilmFormat.MP4), most, 1024, 1024, MP4);
        var second = new Footage(other.resolve("second.mp4"), most, 1024, 1024, MP4);
        FrameSinks.checkRoom(List.of(first));
        FrameSinks.checkRoom(List.of(second));
        var error = assertThrows(ExportException.class, () -> FrameSinks.checkRoom(List.of(first, second)));
        assertEquals(List.of("second.mp4"), refused(FilmRefusal.DISK_FULL, error));
    }

    /** The frames themselves fit. */
    @Test
    void filesWithoutLossThatFindNoRoomAreRefusedBeforeTheWorkStarts() {
        int many = (int) (0.6 * folder.toFile().getUsableSpace() / (3 * 8192 * 8192));
        Path target = target(FilmFormat.PNG_SEQUENCE);
        var settings = new ExportSettings(FilmFormat.PNG_SEQUENCE, 16, 80, 4, Playback.ONCE, 1);
        var error = assertThrows(
                ExportException.class,
                () -> FrameSinks.checkRoom(List.of(new Footage(target, many, 8192, 8192, settings))));
        assertEquals(List.of("film"), refused(FilmRefusal.DISK_FULL, error));
    }

    @ParameterizedTest
    @CsvSource({
        "PNG_SEQUENCE, 4, ONCE, 1900",
        "PNG_SEQUENCE, 4, PING_PONG, 2860",
        "APNG, 1, PING_PONG, 460",
        "CONTACT_SHEET, 1, PING_PONG, 400",
        "GIF, 4, PING_PONG, 2860",
        "WEBP, 4, PING_PONG, 300",
        "MP4, 4, PING_PONG, 300"
    })
    void whatIsWrittenInABulkyFormatTakesRoomBesideTheFrames(
            FilmFormat format, int multiple, Playback playback, long bytes) {
        var settings = new ExportSettings(format, 16, 80, multiple, playback, 2);
        assertEquals(bytes, new Footage(target(format), 5, 4, 5, settings).bytes());
    }

    @Test
    void whatCannotBeReplacedIsNotBlamedOnItsFolder() throws IOException {
        Path target = target(FilmFormat.GIF);
        try (FrameSink sink = open(FilmFormat.GIF, new CancellationToken())) {
            Films.writeAll(sink, Films.frames(2, 32, 32));
            Files.writeString(Files.createDirectory(target).resolve("letter.txt"), "text");
            var error = assertThrows(ExportException.class, () -> sink.finish(ProgressListener.NONE));
            assertEquals(List.of(String.valueOf(target.getFileName())), refused(FilmRefusal.NOT_REPLACED, error));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 32, 48, 1, 1", "1, 48, 32, 1, 1", "2, 16, 512, 2, 1", "5, 60, 40, 2, 3", "9, 32, 32, 3, 3"})
    void aSheetHasNoColumnsWithoutFrames(int frames, int width, int height, int columns, int rows) {
        ContactSheet sheet = ContactSheet.of(frames, width, height);
        assertEquals(columns, sheet.columns());
        assertEquals(rows * height + 4 * (rows - 1), sheet.height());
    }

    @Test
    void aSheetIsAsLargeAsAllItsFrames() throws ExportException {
        var settings = ExportSettings.defaults(FilmFormat.CONTACT_SHEET);
        FrameSinks.checkSize(16, 512, 512, settings);

        var error = assertThrows(ExportException.class, () -> FrameSinks.checkSize(25, 512, 512, settings));

        assertEquals(
                String.valueOf(5 * 4 * 512 + 4 * 4),
                refused(FilmRefusal.SHEET_TOO_LARGE, error).getFirst());
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
            assertThrows(ExportException.class, () -> sink.finish(ProgressListener.NONE));
        }
        assertEquals(0, Films.entries(folder));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PNG_SEQUENCE")
    void anOldFileStaysUntilTheNewOneIsWhole(FilmFormat format) throws IOException {
        Path target = target(format);
        Files.writeString(target, "old");
        try (FrameSink sink = open(format, new CancellationToken())) {
            Films.writeAll(sink, Films.frames(2, 32, 32));
            assertEquals("old", Files.readString(target));
            sink.finish(ProgressListener.NONE);
        }

        assertTrue(Files.size(target) > 100);
        assertEquals(1, Films.entries(folder));
    }

    @ParameterizedTest
    @EnumSource(names = {"GIF", "CONTACT_SHEET"})
    void aNewFilmReplacesNothingThatCameMeanwhile(FilmFormat format) throws IOException {
        Path target = target(format);
        List<String> name = List.of(String.valueOf(target.getFileName()));
        try (FrameSink sink = openNew(format)) {
            Films.writeAll(sink, Films.frames(2, 32, 32));
            Files.writeString(target, "another");
            var error = assertThrows(ExportException.class, () -> sink.finish(ProgressListener.NONE));
            assertEquals(name, refused(FilmRefusal.TAKEN, error));
        }
        var error = assertThrows(ExportException.class, () -> openNew(format));
        assertEquals(name, refused(FilmRefusal.TAKEN, error));
        assertEquals("another", Files.readString(target));
        assertEquals(1, Films.entries(folder));
    }

    private FrameSink openNew(FilmFormat format) throws ExportException {
        return sinks.openNew(target(format), ExportSettings.defaults(format), "{}", new CancellationToken());
    }

    @ParameterizedTest
    @EnumSource
    void aNewFilmGoesWhereNothingIs(FilmFormat format) throws IOException {
        try (FrameSink sink = openNew(format)) {
            Films.writeAll(sink, Films.frames(2, 32, 32));
            sink.finish(ProgressListener.NONE);
        }
        assertTrue(Files.exists(target(format)));
        assertEquals(1, Films.entries(folder));
    }

    @ParameterizedTest
    @EnumSource(names = {"MP4", "GIF", "WEBM", "WEBP", "APNG"})
    void cancellingEndsTheEncoderAndLeavesNothing(FilmFormat format) throws Exception {
        var token = new CancellationToken();
        try (FrameSink sink = openLong(format, token)) {
            Films.writeAll(sink, Films.frames(60, 256, 256));
            Thread watcher = onEncoder(process -> token.cancel());
            assertThrows(CancellationException.class, () -> sink.finish(ProgressListener.NONE));
            watchNoMore();
            watcher.join();
            assertTrue(encoder().isEmpty());
        }

        assertEquals(0, Films.entries(folder));
    }

    @ParameterizedTest
    @EnumSource(names = {"MP4", "GIF"})
    void aKilledEncoderIsToldAndLeavesNoHalfFile(FilmFormat format) throws Exception {
        try (FrameSink sink = openLong(format, new CancellationToken())) {
            Films.writeAll(sink, Films.frames(60, 256, 256));
            Thread watcher = onEncoder(ProcessHandle::destroyForcibly);
            var error = assertThrows(ExportException.class, () -> sink.finish(ProgressListener.NONE));
            watchNoMore();
            watcher.join();
            assertTrue(String.valueOf(error.getMessage()).contains("the video encoder stopped"), error.getMessage());
            refused(FilmRefusal.ENCODER_STOPPED, error);
            assertFalse(Files.exists(target(format)));
        }

        assertEquals(0, Films.entries(folder));
    }

    @Test
    void whatTheEncoderSaidIsKeptAsTheCause() throws Exception {
        var error = assertThrows(IOException.class, () -> {
            try (var ffmpeg = Ffmpeg.start(folder, List.of("-i", "nowhere.mp4", "out.gif"), new CancellationToken())) {
                ffmpeg.run((input, sent) -> {}, frames -> {});
            }
        });

        assertTrue(String.valueOf(error.getMessage()).contains("nowhere.mp4"), error.getMessage());
    }

    /** As where the encoder was unpacked to a place from which no program may run. */
    @Test
    void anEncoderThatDoesNotStartIsNotTakenForABadFolder() throws IOException {
        String program = noProgram();

        var error = assertThrows(
                ExportException.class, () -> Ffmpeg.start(program, folder, List.of(), new CancellationToken()));

        refused(FilmRefusal.ENCODER_UNUSABLE, error);
    }

    private String noProgram() throws IOException {
        return Files.writeString(folder.resolve("ffmpeg"), "no program").toString();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PNG_SEQUENCE", "CONTACT_SHEET"})
    void anEncoderThatDoesNotStartIsSaidBeforeTheFirstFrame(FilmFormat format) throws IOException {
        String program = noProgram();
        var without = new FrameSinks(new Turns(), () -> program);

        var error = assertThrows(
                ExportException.class,
                () -> without.openNew(target(format), ExportSettings.defaults(format), "{}", new CancellationToken()));

        refused(FilmRefusal.ENCODER_UNUSABLE, error);
        assertEquals(1, Films.entries(folder));
    }

    @ParameterizedTest
    @EnumSource(names = {"PNG_SEQUENCE", "CONTACT_SHEET"})
    void picturesNeedNoEncoder(FilmFormat format) throws IOException {
        String program = noProgram();
        var without = new FrameSinks(new Turns(), () -> program);

        try (FrameSink sink =
                without.open(target(format), ExportSettings.defaults(format), "{}", new CancellationToken())) {
            Films.writeAll(sink, Films.frames(2, 32, 32));
            sink.finish(ProgressListener.NONE);
        }

        assertTrue(Files.exists(target(format)));
    }

    /** As where a library that it needs is missing. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a script is no program there")
    void anEncoderThatEndsAtOnceIsOneThatDoesNotStart() throws IOException {
        Path program = Files.writeString(folder.resolve("ffmpeg"), "#!/bin/sh\necho 'No library.' >&2\nexit 127\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));

        var error = assertThrows(
                ExportException.class, () -> Ffmpeg.requireStarts(program.toString(), new CancellationToken()));

        refused(FilmRefusal.ENCODER_UNUSABLE, error);
        assertTrue(String.valueOf(error.getCause()).contains("No library."), () -> String.valueOf(error.getCause()));
    }

    @Test
    void aFolderThatIsLostIsNotTakenForAnEncoderThatDoesNotStart() {
        assertThrows(
                NoSuchFileException.class,
                () -> Ffmpeg.start(folder.resolve("lost"), List.of(), new CancellationToken()));
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
        var error = assertThrows(ExportException.class, () -> Recipes.read(folder.resolve("gone.gif")));
        assertEquals(List.of("gone.gif"), refused(FilmRefusal.GONE, error));
    }

    @ParameterizedTest
    @CsvSource({
        "No space left on device, DISK_FULL",
        "There is not enough space on the disk, DISK_FULL",
        "Disk quota exceeded, DISK_FULL",
        "File too large, FILE_TOO_LARGE",
        "Read-only file system, FOLDER_LOST"
    })
    void whatTheSystemSaysOfTheDiskIsToldPlainly(String said, FilmRefusal refusal) {
        var error = ExportException.notWritten(target(FilmFormat.GIF), new IOException(said));
        assertEquals(List.of(String.valueOf(target(FilmFormat.GIF).getFileName())), refused(refusal, error));
    }

    private static List<String> refused(FilmRefusal refusal, ExportException error) {
        var refused = assertInstanceOf(Trouble.Refused.class, error.trouble());
        assertEquals(refusal, refused.refusal());
        return refused.details();
    }

    private FrameSink open(FilmFormat format, CancellationToken token) throws ExportException {
        return sinks.open(target(format), ExportSettings.defaults(format), "{}", token);
    }

    /** A film that takes so long that something is done to its encoder before it is finished. */
    private FrameSink openLong(FilmFormat format, CancellationToken token) throws ExportException {
        var settings = new ExportSettings(
                format, 16, 80, ExportSettings.MAX_SIZE_MULTIPLE, Playback.LOOP, ExportSettings.MAX_REPEATS);
        return sinks.open(target(format), settings, "{}", token);
    }

    private Path target(FilmFormat format) {
        return folder.resolve("film" + format.extension());
    }

    /** Does something to the encoder of this test as soon as it runs, and to the next: the first of a GIF is soon done. */
    private Thread onEncoder(Consumer<ProcessHandle> action) {
        return Thread.ofPlatform().daemon().start(() -> {
            while (!over.get()) {
                encoder().ifPresent(action);
                Thread.onSpinWait();
            }
        });
    }

    private Optional<ProcessHandle> encoder() {
        return encoders().filter(child -> !others.contains(child)).findFirst();
    }

    private static Stream<ProcessHandle> encoders() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").contains("ffmpeg"));
    }
}
