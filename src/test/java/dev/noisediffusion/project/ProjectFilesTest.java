package dev.noisediffusion.project;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.files.Sha256;
import dev.noisediffusion.image.Crop;
import dev.noisediffusion.job.ProjectRefusal;
import dev.noisediffusion.model.Refusals;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectFilesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"/, false", "a.morph, true", "/b/A.MORPH, true", "morph, false"})
    void projectsAreKnownByTheirNames(Path file, boolean project) {
        assertEquals(project, ProjectFiles.isProject(file));
    }

    private static ProjectDocument document() {
        return document(List.of(
                new ProjectDocument.Slot(
                        new ProjectDocument.PictureFile("a.png", "aa", "/p/a.png", "../p/a.png", null),
                        new Crop(0.25, 0.5, 2),
                        null),
                new ProjectDocument.Slot(null, Crop.CENTER, null)));
    }

    private static ProjectDocument document(List<ProjectDocument.Slot> slots) {
        return new ProjectDocument(
                ProjectDocument.FORMAT,
                ProjectDocument.VERSION,
                "the studio 1",
                new ProjectDocument.Model("Flowers", "id", "/models/flowers"),
                slots,
                new ParameterValues(Map.of("gamma", 0.25), Map.of("method", "SLERP"), Map.of("closed", true)),
                Map.of("A", new ParameterValues(Map.of("gamma", 0.5), null, null)),
                new ProjectDocument.Playback(24, "LOOP"),
                new ProjectDocument.Comparison("WIPE", "CURRENT", "KEPT_A"),
                true,
                null,
                null);
    }

    @Test
    void whatIsWrittenComesBack() throws ProjectException {
        Path file = folder.resolve("new").resolve("a.morph");
        ProjectFiles.write(document(), file);
        ProjectFiles.write(document(), file);

        assertEquals(document(), ProjectFiles.open(file).document());
    }

    @Test
    void aProjectIsKnownByItsHashUntilSomebodyChangesIt() throws Exception {
        Path file = folder.resolve("a.morph");
        String hash = ProjectFiles.save(document(), file);

        assertEquals(hash, ProjectFiles.open(file).hash());
        ProjectFiles.requireUnchanged(file, Optional.of(hash));
        Files.writeString(file, Files.readString(file) + " ");
        assertNotEquals(hash, ProjectFiles.open(file).hash());
        assertThrows(ProjectException.class, () -> ProjectFiles.requireUnchanged(file, Optional.of(hash)));
    }

    /** With letters of two and of four bytes, and more pictures inside than fit any buffer. */
    @Test
    void aLargeProjectIsWrittenAsItIsMadeInTheSameBytes() throws Exception {
        Path file = folder.resolve("large.morph");
        var picture = new ProjectDocument.PictureFile("Bär \ud83d\udc3b.png", "aa", null, null, "AbC+".repeat(250_000));
        ProjectDocument large = document(List.of(
                new ProjectDocument.Slot(picture, Crop.CENTER, null),
                new ProjectDocument.Slot(picture, Crop.CENTER, null)));

        String hash = ProjectFiles.save(large, file);

        byte[] written = Files.readAllBytes(file);
        assertArrayEquals(ProjectFiles.JSON.writeValueAsString(large).getBytes(StandardCharsets.UTF_8), written);
        assertEquals(Sha256.hex(Sha256.digest().digest(written)), hash);
        assertEquals(new ProjectFiles.Read(large, hash), ProjectFiles.open(file));
    }

    /** More than an array takes; sparse where the disk knows how. */
    @Test
    void aProjectOfMoreThanTwoGigabytesIsComparedWithoutBeingHeldInMemory() throws Exception {
        Path file = folder.resolve("large.morph");
        try (var large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength((1L << 31) + 1);
        }

        var changed = assertThrows(
                ProjectException.class, () -> ProjectFiles.requireUnchanged(file, Optional.of("the hash of another")));
        var damaged = assertThrows(ProjectException.class, () -> ProjectFiles.open(file));

        assertEquals(ProjectRefusal.CHANGED_SINCE.with("large.morph"), changed.trouble());
        assertEquals(ProjectRefusal.DAMAGED.with("large.morph"), damaged.trouble());
    }

    @Test
    void aProjectOpensThoughAnEditorHasPutAByteOrderMarkBeforeIt() throws Exception {
        Path file = folder.resolve("a.morph");
        ProjectFiles.write(document(), file);
        Files.writeString(file, "\ufeff" + Files.readString(file));

        assertEquals(document(), ProjectFiles.open(file).document());
    }

    @Test
    void aFileThatCannotBeWrittenLeavesTheOneBeforeAndNothingElse() throws Exception {
        Path file = folder.resolve("a.morph");
        Files.createDirectories(file.resolve("in the way"));

        String refused = Refusals.sentence(ProjectException.class, () -> ProjectFiles.write(document(), file));

        assertTrue(refused.startsWith("“a.morph” could not be saved"), refused);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList());
        }
    }

    /** Nobody may write into the image of the Java runtime, not even an administrator. */
    @Test
    void aFileThatIsProtectedIsNotOverwritten() {
        Path file = Path.of(URI.create("jrt:/java.base/java/lang/Object.class"));

        String refused = Refusals.sentence(ProjectException.class, () -> ProjectFiles.save(document(), file));

        assertTrue(refused.startsWith("“Object.class” could not be saved there."), refused);
    }

    @Test
    void aDocumentOfAVersionThatKnewLessIsFilledIn() throws Exception {
        Path file = Files.writeString(
                folder.resolve("old.morph"),
                "{\"format\": \"noisediffusion-project\", \"version\": 1, \"slots\": [{\"picture\":"
                        + " {\"name\": \"a.png\", \"sha256\": \"aa\"}}], \"unheard of\": {}}");

        ProjectDocument document = ProjectFiles.open(file).document();

        assertEquals(Crop.CENTER, document.slots().getFirst().crop());
        assertEquals(new ParameterValues(null, null, null), document.values());
    }

    @Test
    void aProjectFromBeforeMirroringOpens() throws Exception {
        Path file = Files.writeString(
                folder.resolve("old.morph"),
                "{\"format\": \"noisediffusion-project\", \"version\": 1, \"slots\": [{\"crop\":"
                        + " {\"centerX\": 0.25, \"centerY\": 0.5, \"zoom\": 2.0}}]}");

        ProjectDocument document = ProjectFiles.open(file).document();

        assertEquals(new Crop(0.25, 0.5, 2), document.slots().getFirst().crop());
    }

    @Test
    void aMirroredCropComesBackAndOneThatIsNotIsWrittenAsBefore() throws Exception {
        Path file = folder.resolve("a.morph");
        ProjectFiles.write(document(), file);
        assertFalse(Files.readString(file).contains("mirrored"));
        ProjectDocument mirrored =
                document(List.of(new ProjectDocument.Slot(null, new Crop(0.25, 0.5, 2, true), null)));
        ProjectFiles.write(mirrored, file);

        assertEquals(mirrored, ProjectFiles.open(file).document());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"version\": 0,"})
    void aDocumentOlderThanTheFirstVersionOpensAndIsSavedAsTheNewest(String version) throws Exception {
        Path file = Files.writeString(
                folder.resolve("old.morph"),
                "{" + version + "\"format\": \"noisediffusion-project\", \"slots\": [{\"picture\": {}}, {}],"
                        + " \"values\": {\"numbers\": {\"gamma\": 0.25}}, \"model\": {}, \"playback\": {}}");

        ProjectDocument document = ProjectFiles.open(file).document();

        assertEquals(Map.of("gamma", 0.25), document.values().numbers());
        assertEquals(2, document.slots().size());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no such thing")
    void whoCouldReadAProjectCanStillReadItWhenItIsSavedAgain() throws Exception {
        Path file = folder.resolve("a.morph");
        ProjectFiles.write(document(), file);
        Path plain = Files.writeString(folder.resolve("plain"), "");
        assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(file));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

        ProjectFiles.write(document(), file);

        assertEquals("rw-rw-r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "plain text",
                "{\"format\": \"noisediffusion-project\", \"version\": 1, \"slots\": [{",
                "{\"format\": \"noisediffusion-project\", \"version\": 1, \"slots\": [{\"crop\": 7}]}",
                "{\"format\": \"noisediffusion-project\", \"version\": 1, \"slots\": [{\"crop\": {\"zoom\": 99}}]}",
                "{\"format\": \"noisediffusion-project\", \"version\": 1, \"values\": {\"masks\": \"x\"}, \"slots\": []}",
                "{\"format\": \"noisediffusion-project\", \"version\": 1, \"values\": {\"masks\": [\"x\"], \"texts\": {}}}"
            })
    void aBrokenFileIsRefused(String contents) throws IOException {
        Path file = Files.writeString(folder.resolve("broken.morph"), contents);

        String refused = Refusals.sentence(ProjectException.class, () -> ProjectFiles.open(file));

        assertTrue(refused.startsWith("“broken.morph” is "), refused);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"format\": \"something else\", \"version\": 1}|“a.morph” is not a project of the studio: choose a .morph file.",
                "{\"format\": \"noisediffusion-project\", \"version\": 2, \"application\": \"the studio 9\"}"
                        + "|“a.morph” was saved by a newer studio (the studio 9). Open it with that one.",
                "{\"format\": \"noisediffusion-project\", \"version\": 2, \"application\": \"the studio 9\", \"slots\": {}}"
                        + "|“a.morph” was saved by a newer studio (the studio 9). Open it with that one."
            })
    void aFileOfAnotherKindOrANewerOneIsRefused(String contents, String sentence) throws IOException {
        Path file = Files.writeString(folder.resolve("a.morph"), contents);

        assertEquals(sentence, Refusals.sentence(ProjectException.class, () -> ProjectFiles.open(file)));
    }

    @Test
    void aFileThatIsGoneIsMissed() {
        assertTrue(Refusals.sentence(ProjectException.class, () -> ProjectFiles.open(folder.resolve("gone.morph")))
                .startsWith("“gone.morph” was not found"));
    }
}
