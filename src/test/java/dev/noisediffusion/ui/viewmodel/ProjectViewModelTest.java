package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.Latches;
import dev.noisediffusion.export.Recipes;
import dev.noisediffusion.image.Crop;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.library.LibraryModel;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.FrameIdentity;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.Prompting;
import dev.noisediffusion.project.ProjectDocument;
import dev.noisediffusion.project.ProjectException;
import dev.noisediffusion.project.ProjectFiles;
import dev.noisediffusion.project.Recipe;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.FileReader;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class ProjectViewModelTest {
    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();
    private StudioViewModel studio;
    private ProjectViewModel project;

    @BeforeEach
    void setUp() {
        world.sessions = folder.resolve("sessions");
        world.pictures = new FileReader();
        open();
    }

    private void open() {
        open(world.studio());
    }

    private void open(StudioViewModel opened) {
        studio = opened;
        project = studio.work().project();
        studio.model().open(Path.of("model"));
    }

    /** A studio whose jobs can be held back. */
    private SwitchedJobRunner openSlowly() {
        var jobs = new SwitchedJobRunner();
        open(world.studio(jobs, new InlineJobRunner(), world.rest));
        return jobs;
    }

    /** Runs the jobs that wait, in order, until the picture of the first slot is there. */
    private void untilTheFirstHasCome(SwitchedJobRunner jobs) {
        while (studio.keyframes().slots().getFirst().stateProperty().get() == SlotState.LOADING) {
            jobs.runNext();
        }
    }

    /** Saves work with two pictures; jobs after that wait for the test. */
    private Path saveAndHoldBack(SwitchedJobRunner jobs) throws IOException {
        fill();
        Path file = save("rose.morph");
        jobs.holdBack();
        return file;
    }

    private Path picture(String name, int colour) throws IOException {
        Path file = folder.resolve(name);
        PngFile.write(FakeWorld.plain(32, 32, colour), file, Map.of());
        return file;
    }

    private List<PictureOffer> two() throws IOException {
        return List.of(
                new PictureOffer.File(picture("a.png", 0xff0000)), new PictureOffer.File(picture("b.png", 0x0000ff)));
    }

    private void fill() throws IOException {
        studio.keyframes().add(two());
        studio.keyframes().slots().getFirst().zoom(2);
        studio.parameters().gamma().set(0.25);
        studio.parameters().easing().set(Movement.EASE_IN);
        studio.playback().fps().set(30);
    }

    private Path save(String name) {
        Path file = folder.resolve(name);
        world.answers.add(file);
        project.saveAs();
        return file;
    }

    private StudioState state() {
        return studio.work().history().state();
    }

    private void assertSameWork(StudioState expected) {
        assertEquals(expected.values(), state().values());
        assertEquals(
                expected.slots().stream().map(SlotSnapshot::crop).toList(),
                state().slots().stream().map(SlotSnapshot::crop).toList());
        assertEquals(hashes(expected), hashes(state()));
    }

    private static List<String> hashes(StudioState state) {
        return state.slots().stream()
                .map(slot -> slot.content() == null ? "-" : slot.content().sha256())
                .toList();
    }

    @Test
    void whatIsSavedOpensAsItWas() throws IOException {
        fill();
        assertTrue(project.unsavedProperty().get());
        StudioState before = state();
        Path file = save("rose.morph");
        assertFalse(project.unsavedProperty().get());
        assertEquals("rose", project.name().getValue());
        open();
        project.open(file);
        assertSameWork(before);
        assertFalse(project.unsavedProperty().get());
        assertEquals("", project.messageProperty().get());
        assertEquals(30, studio.playback().fps().get());
        assertEquals("", studio.work().history().undoNameProperty().get());
    }

    private FrameIdentity firstFrame() {
        world.rest.elapse();
        return studio.film().cells().getFirst().identity();
    }

    @Test
    void aMirroredPictureIsAnotherFrameAndComesBackWithItsProject() throws IOException {
        fill();
        FrameIdentity straight = firstFrame();
        studio.keyframes().slots().getFirst().mirror();
        FrameIdentity mirrored = firstFrame();
        assertNotEquals(straight, mirrored);
        StudioState before = state();
        Path file = save("rose.morph");
        open();
        project.open(file);
        assertSameWork(before);
        assertTrue(studio.keyframes().slots().getFirst().mirrored().get());
        assertEquals(mirrored, firstFrame());
    }

    @Test
    void paintedMasksAreKept() throws IOException {
        fill();
        studio.maskTool().begin(0.5, 0.5, false);
        studio.maskTool().end();
        StudioState before = state();
        Path file = save("rose.morph");
        open();
        project.open(file);
        assertSameWork(before);
        assertTrue(studio.parameters().masks().areActive().getValue());
    }

    private void speak() {
        world.readsWords = true;
        open();
        studio.parameters().words().prompt().set("a red rose");
        studio.parameters().words().promptTo().set("a bird");
        studio.parameters().words().negative().set("blur");
        studio.parameters().words().guidance().set(7.5);
    }

    @Test
    void wordsAreKept() throws IOException {
        speak();
        fill();
        StudioState before = state();
        Path file = save("rose.morph");
        open();
        project.open(file);
        assertSameWork(before);
        assertEquals(
                new Prompting("a red rose", "blur", 7.5, "a bird"),
                studio.parameters().settings(2).prompting());
    }

    @Test
    void theRecipeOfAFilmBringsItsWordsBack() throws IOException {
        speak();
        Path film = film();
        open();
        studio.work().drop(List.of(new PictureOffer.File(film)));
        assertEquals(
                new Prompting("a red rose", "blur", 7.5, "a bird"),
                studio.parameters().settings(2).prompting());
    }

    @Test
    void aProjectFromBeforeThereWereMasksHasNone() throws IOException {
        Path file = Files.writeString(
                folder.resolve("old.morph"),
                "{\"format\": \"noisediffusion-project\", \"version\": 1, \"values\": {\"numbers\": {\"gamma\": 0.5}}}");
        studio.maskTool().begin(0.5, 0.5, false);
        studio.maskTool().end();
        studio.parameters().boundary().set(3);
        project.open(file);
        project.discardAndGoOn();
        assertFalse(studio.parameters().masks().areActive().getValue());
        assertEquals(0.5, studio.parameters().gamma().get());
        assertEquals(2, studio.parameters().boundary().get());
    }

    @Test
    void projectAndPicturesMayMoveTogether() throws IOException {
        fill();
        StudioState before = state();
        save("rose.morph");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        for (String name : List.of("a.png", "b.png", "rose.morph")) {
            Files.move(folder.resolve(name), elsewhere.resolve(name));
        }
        open();
        project.open(elsewhere.resolve("rose.morph"));
        assertSameWork(before);
        assertEquals("", project.messageProperty().get());
    }

    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a backslash there parts folders")
    @Test
    void aPictureWithABackslashInItsNameMovesWithItsProject() throws IOException {
        String name = "photos\\a.png";
        studio.keyframes().add(List.of(new PictureOffer.File(picture(name, 0xff0000))));
        StudioState before = state();
        save("rose.morph");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        for (String each : List.of(name, "rose.morph")) {
            Files.move(folder.resolve(each), elsewhere.resolve(each));
        }
        open();
        project.open(elsewhere.resolve("rose.morph"));
        assertSameWork(before);
        assertEquals("", project.messageProperty().get());
    }

    @Test
    void aPictureMayComeAfterTheProjectWasSavedWithoutIt() throws IOException {
        fill();
        StudioState before = state();
        save("rose.morph");
        Path elsewhere = Files.createDirectories(folder.resolve("a/folder/of/another/computer"));
        Files.move(folder.resolve("rose.morph"), elsewhere.resolve("rose.morph"));
        Files.move(folder.resolve("b.png"), elsewhere.resolve("b.png"));
        Path late = Files.move(folder.resolve("a.png"), folder.resolve("late.png"));
        open();
        project.open(elsewhere.resolve("rose.morph"));
        assertEquals(
                SlotState.MISSING,
                studio.keyframes().slots().getFirst().stateProperty().get());
        assertEquals(
                "a.png",
                Objects.requireNonNull(
                                ProjectDocuments.kept(state(), project.surroundings(elsewhere.resolve("rose.morph")))
                                        .slots()
                                        .getFirst()
                                        .picture())
                        .relative());
        project.save();
        Files.move(late, elsewhere.resolve("a.png"));
        open();
        project.open(elsewhere.resolve("rose.morph"));
        assertSameWork(before);
        assertEquals("", project.messageProperty().get());
    }

    @Test
    void picturesInsideTheFileNeedNoOther() throws IOException {
        fill();
        StudioState before = state();
        project.embeddingProperty().set(true);
        Path file = save("rose.morph");
        Files.delete(folder.resolve("a.png"));
        Files.delete(folder.resolve("b.png"));
        open();
        project.open(file);
        assertSameWork(before);
        assertTrue(project.embeddingProperty().get());
    }

    private static ProjectDocument.PictureFile savedPicture(Path file) throws ProjectException {
        return Objects.requireNonNull(
                ProjectFiles.open(file).document().slots().getFirst().picture());
    }

    @Test
    void picturesThatAreNoLongerWantedInsideTheFileAreFoundWhereTheyLie() throws Exception {
        fill();
        project.embeddingProperty().set(true);
        Path file = save("rose.morph");
        open();
        project.open(file);
        project.save();
        assertNotNull(savedPicture(file).png());
        open();
        project.open(file);
        project.embeddingProperty().set(false);
        project.save();
        assertNull(savedPicture(file).png());
        assertEquals(folder.resolve("a.png").toString(), savedPicture(file).path());
        assertEquals("a.png", savedPicture(file).relative());
    }

    @Test
    void whereAProjectHasItsPicturesInsideNobodyLooksForThemOutsideWhenItOpens() throws IOException {
        fill();
        project.embeddingProperty().set(true);
        Path file = save("rose.morph");
        var looked = new ArrayList<Path>();
        var reader = new FileReader();
        world.pictures = new PictureReader() {
            @Override
            public Picture read(Path picture) throws Exception {
                looked.add(picture);
                return reader.read(picture);
            }

            @Override
            public Picture read(byte[] bytes, String name) throws Exception {
                return reader.read(bytes, name);
            }
        };
        open();
        project.open(file);
        assertTrue(studio.keyframes().areReady());
        assertEquals(List.of(), looked);
    }

    @Test
    void aPictureInsideTheFileGoesBeforeOneThatHasChangedOutside() throws Exception {
        fill();
        StudioState before = state();
        project.embeddingProperty().set(true);
        Path file = save("rose.morph");
        picture("a.png", 0x123456);
        open();
        project.open(file);
        assertSameWork(before);
        assertEquals("", project.messageProperty().get());
        project.embeddingProperty().set(false);
        project.save();
        open();
        project.open(file);
        assertSameWork(before);
        assertNotNull(savedPicture(file).png());
    }

    @Test
    void whereAMissingPictureLayIsSavedAsAnotherSystemHasWrittenIt() throws Exception {
        Path file = Files.writeString(
                folder.resolve("rose.morph"),
                "{\"format\": \"noisediffusion-project\", \"version\": 1, \"slots\": [{\"picture\":"
                        + " {\"name\": \"a.png\", \"sha256\": \"aa\", \"path\": \"/nowhere//a.png\"}}]}");
        project.open(file);
        assertEquals(
                SlotState.MISSING,
                studio.keyframes().slots().getFirst().stateProperty().get());
        project.save();
        assertEquals("/nowhere//a.png", savedPicture(file).path());
    }

    /** A project with one picture whose umlaut its name has taken apart, and which lies elsewhere now with that put together. */
    private Path saveAPictureWhoseNameChanges(Path elsewhere) throws IOException {
        studio.keyframes()
                .add(List.of(
                        new PictureOffer.File(picture("u\u0308.png", 0xff0000)),
                        new PictureOffer.File(picture("b.png", 0x0000ff))));
        Path file = save("rose.morph");
        Files.move(folder.resolve("u\u0308.png"), elsewhere.resolve("\u00fc.png"));
        return file;
    }

    @Test
    void aPictureIsFoundUnderItsNameInTheOtherFormOfUnicode() throws IOException {
        Path file = saveAPictureWhoseNameChanges(folder);
        StudioState before = state();
        open();
        project.open(file);
        assertSameWork(before);
        assertEquals("", project.messageProperty().get());
    }

    @Test
    void besideAnotherPictureTooItIsFoundUnderItsNameInTheOtherFormOfUnicode() throws IOException {
        Path moved = Files.createDirectories(folder.resolve("moved"));
        Path file = saveAPictureWhoseNameChanges(moved);
        StudioState before = state();
        Files.move(folder.resolve("b.png"), moved.resolve("b.png"));
        open();
        project.open(file);
        world.answers.add(moved.resolve("b.png"));
        studio.keyframes().browseFor(studio.keyframes().slots().get(1));
        assertSameWork(before);
    }

    @Test
    void aPastedPictureIsAlwaysInside() throws IOException {
        fill();
        studio.keyframes().add(List.of(new PictureOffer.Pixels(Raster.of(FakeWorld.plain(8, 8, 0x00ff00)))));
        StudioState before = state();
        Path file = save("rose.morph");
        open();
        project.open(file);
        assertSameWork(before);
    }

    @Test
    void aPictureWhoseFileHasGoneBeforeTheSaveIsInside() throws IOException {
        fill();
        StudioState before = state();
        Files.delete(folder.resolve("a.png"));
        Path file = save("rose.morph");
        open();
        project.open(file);
        assertSameWork(before);
        assertEquals("", project.messageProperty().get());
    }

    /** As that of a network which is away. */
    @Test
    void aDiskThatDoesNotAnswerKeepsNoWorkFromBeingSaved() throws Exception {
        fill();
        Path file = folder.resolve("rose.morph");
        var answer = new CountDownLatch(1);
        var looks = new FileLooks(
                picture -> {
                    Latches.await(answer);
                    return false;
                },
                Duration.ZERO,
                Duration.ZERO);
        try {
            var documents = new ProjectDocuments(world.pictures, world.texts, looks);
            ProjectFiles.save(documents.saved(state(), project.surroundings(null), folder), file);
            assertNull(savedPicture(file).png());
            assertEquals("a.png", savedPicture(file).relative());
        } finally {
            answer.countDown();
        }
    }

    /** Reads pictures inside a project as ever, and files in a way of its own. */
    private abstract class FilesReadOtherwise implements PictureReader {
        @Override
        public Picture read(byte[] bytes, String name) throws Exception {
            return world.pictures.read(bytes, name);
        }
    }

    /** Opens a project which has pictures inside that are wanted in their files alone when it is saved next. */
    private void openWithPicturesToComeOut(List<PictureOffer> offers) {
        studio.keyframes().add(offers);
        project.embeddingProperty().set(true);
        Path file = save("rose.morph");
        open();
        project.open(file);
        project.embeddingProperty().set(false);
    }

    private static boolean hasPicturesInside(ProjectDocument saved) {
        return saved.slots().stream()
                .anyMatch(slot -> Objects.requireNonNull(slot.picture()).png() != null);
    }

    @Test
    void aLargePictureThatTakesItsTimeGoesOutOfTheProjectAllTheSame() throws Exception {
        openWithPicturesToComeOut(two());
        var slow = new FilesReadOtherwise() {
            @Override
            public Picture read(Path picture) throws Exception {
                if (picture.endsWith("a.png")) {
                    Thread.sleep(Duration.ofMillis(1200));
                }
                return world.pictures.read(picture);
            }
        };
        var looks = new FileLooks(Files::isReadable, Duration.ofSeconds(1), Duration.ofMinutes(1));
        var documents = new ProjectDocuments(slow, world.texts, looks);
        assertFalse(hasPicturesInside(documents.saved(state(), project.surroundings(null), folder)));
    }

    /** Wherever they lie: each takes much memory meanwhile. */
    @Test
    void noMoreThanTwoPicturesAreReadAtOnceWhileWorkIsSaved() throws Exception {
        var offers = new ArrayList<PictureOffer>();
        for (int i = 1; i <= 3; i++) {
            Files.createDirectories(folder.resolve("of" + i));
            offers.add(new PictureOffer.File(picture("of" + i + "/a.png", 0x304050 * i)));
        }
        openWithPicturesToComeOut(offers);
        var two = new CountDownLatch(2);
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var slow = new FilesReadOtherwise() {
            @Override
            public Picture read(Path picture) throws Exception {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                try {
                    two.countDown();
                    two.await();
                    // Room for a third, if it were let in.
                    Thread.sleep(Duration.ofMillis(100));
                    return world.pictures.read(picture);
                } finally {
                    running.decrementAndGet();
                }
            }
        };
        var looks = new FileLooks(Files::isReadable, Duration.ofMinutes(1), Duration.ofMinutes(1));
        var documents = new ProjectDocuments(slow, world.texts, looks);
        assertFalse(hasPicturesInside(documents.saved(state(), project.surroundings(null), folder)));
        assertEquals(2, most.get());
    }

    @Test
    void aSaveThatIsGivenUpDoesNotWaitForItsPicturesToBeRead() throws Exception {
        openWithPicturesToComeOut(two());
        var saving = new CancellationToken();
        var answer = new CountDownLatch(1);
        var away = new FilesReadOtherwise() {
            @Override
            public Picture read(Path picture) throws Exception {
                saving.cancel();
                answer.await();
                throw new IOException("Nobody waits any more.");
            }
        };
        var looks = new FileLooks(Files::isReadable, Duration.ofMinutes(1), Duration.ofMinutes(1));
        var documents = new ProjectDocuments(away, world.texts, looks);
        try {
            assertThrows(
                    CancellationException.class,
                    () -> saving.during(() -> documents.saved(state(), project.surroundings(null), folder)));
        } finally {
            answer.countDown();
        }
    }

    /** As that of a network which is away. */
    @Test
    void aPictureStaysInsideWhereTheDiskThatItMayLieOnDoesNotAnswer() throws Exception {
        openWithPicturesToComeOut(two());
        var answer = new CountDownLatch(1);
        var away = new FilesReadOtherwise() {
            @Override
            public Picture read(Path picture) throws Exception {
                answer.await();
                throw new IOException("The network is away.");
            }
        };
        try {
            var looks = new FileLooks(Files::isReadable, Duration.ZERO, Duration.ZERO);
            var documents = new ProjectDocuments(away, world.texts, looks);
            Path other = folder.resolve("other.morph");
            ProjectFiles.save(documents.saved(state(), project.surroundings(null), folder), other);
            assertNotNull(savedPicture(other).png());
            assertEquals("a.png", savedPicture(other).relative());
        } finally {
            answer.countDown();
        }
    }

    private ProjectDocuments.Opened opened(Path file, PictureReader reader) throws ProjectException {
        return new ProjectDocuments(reader, world.texts)
                .open(ProjectFiles.open(file).document(), folder, sha256 -> Optional.empty());
    }

    @Test
    void aPictureOfSeveralSlotsIsReadOnceAndShared() throws Exception {
        fill();
        studio.keyframes().duplicate(studio.keyframes().slots().getFirst());
        Path file = save("rose.morph");
        var reads = new AtomicInteger();
        var counting = new FilesReadOtherwise() {
            @Override
            public Picture read(Path picture) throws Exception {
                reads.incrementAndGet();
                return world.pictures.read(picture);
            }
        };
        StudioState opened = opened(file, counting).state();
        assertEquals(hashes(state()), hashes(opened));
        assertEquals(2, reads.get());
        assertSame(opened.slots().get(0).content(), opened.slots().get(1).content());
    }

    /** As of those that are dropped. */
    @Test
    void twoPicturesOfAProjectAreReadAtOnce() throws Exception {
        fill();
        Path file = save("rose.morph");
        var two = new CountDownLatch(2);
        var meeting = new FilesReadOtherwise() {
            @Override
            public Picture read(Path picture) throws Exception {
                two.countDown();
                if (!two.await(10, TimeUnit.SECONDS)) {
                    throw new IOException("Nobody reads the other.");
                }
                return world.pictures.read(picture);
            }
        };
        assertEquals(hashes(state()), hashes(opened(file, meeting).state()));
    }

    @Test
    void notesKeepTheOrderOfTheSlots() throws Exception {
        fill();
        Path file = save("rose.morph");
        picture("a.png", 0x123456);
        picture("b.png", 0x654321);
        var lastIsRead = new CountDownLatch(1);
        var backwards = new FilesReadOtherwise() {
            @Override
            public Picture read(Path picture) throws Exception {
                if (picture.endsWith("b.png")) {
                    lastIsRead.countDown();
                } else if (!lastIsRead.await(10, TimeUnit.SECONDS)) {
                    throw new IOException("Nobody reads the other.");
                }
                return world.pictures.read(picture);
            }
        };
        String changed = " has changed since the project was saved; the picture as it is now is used.";
        assertEquals(
                List.of("“a.png”" + changed, "“b.png”" + changed),
                opened(file, backwards).notes());
    }

    private static String pngInside(ProjectDocument document) {
        ProjectDocument.PictureFile first = document.slots().getFirst().picture();
        return Objects.requireNonNull(Objects.requireNonNull(first).png());
    }

    @Test
    void aPictureInsideIsCompressedOnceForAllSaves() throws Exception {
        fill();
        project.embeddingProperty().set(true);
        ProjectDocuments.Surroundings around = project.surroundings(null);
        var documents = new ProjectDocuments(world.pictures, world.texts);
        ProjectDocument saved = documents.saved(state(), around, folder);
        assertSame(pngInside(saved), pngInside(documents.saved(state(), around, folder)));
        var later = new ProjectDocuments(world.pictures, world.texts);
        StudioState opened =
                later.open(saved, folder, sha256 -> Optional.empty()).state();
        assertSame(pngInside(saved), pngInside(later.saved(opened, around, folder)));
    }

    @Test
    void goneAndChangedPicturesAreToldOfAndNothingIsLost() throws IOException {
        fill();
        Path file = save("rose.morph");
        StudioState before = state();
        Files.delete(folder.resolve("a.png"));
        picture("b.png", 0x123456);
        open();
        project.open(file);
        assertEquals(
                "“b.png” has changed since the project was saved; the picture as it is now is used. Not found:"
                        + " “a.png”. Use Locate to show where, or drop another picture there.",
                project.messageProperty().get());
        KeyframeViewModel missing = studio.keyframes().slots().getFirst();
        assertEquals(SlotState.MISSING, missing.stateProperty().get());
        assertTrue(missing.missingText()
                .getValue()
                .contains(folder.resolve("a.png").toString()));
        project.save();
        open();
        project.open(file);
        world.answers.add(picture("found.png", 0xff0000));
        studio.keyframes().browseFor(studio.keyframes().slots().getFirst());
        assertEquals(
                before.slots().getFirst().crop(), state().slots().getFirst().crop());
        assertEquals(hashes(before).getFirst(), hashes(state()).getFirst());
    }

    @Test
    void whyAProjectCannotBeOpenedIsToldInTheLanguageOfTheWindow() throws IOException {
        var german = new FakeWorld(Texts.load(Locale.GERMAN));
        ProjectViewModel window = german.studio().work().project();
        window.open(Files.writeString(folder.resolve("bad.morph"), "{"));
        assertEquals(
                "„bad.morph“ ist beschädigt oder kein Projekt des Studios. Wenn es eine Kopie gibt, öffne diese.",
                window.messageProperty().get());
        window.open(Files.writeString(
                folder.resolve("new.morph"),
                "{\"format\": \"noisediffusion-project\", \"version\": 99, \"application\": \"Studio 9\"}"));
        assertEquals(
                "„new.morph“ wurde mit einem neueren Studio gespeichert (Studio 9). Öffne es mit der neueren Version.",
                window.messageProperty().get());
        german.answers.add(Files.writeString(folder.resolve("file"), "text").resolve("a.morph"));
        window.saveAs();
        assertEquals(
                "„a.morph“ ließ sich dort nicht speichern. Wähle einen anderen Namen oder Ordner, oder schaffe Platz.",
                window.messageProperty().get());
    }

    @Test
    void whatCannotBeOpenedLeavesTheWork() throws IOException {
        fill();
        save("rose.morph");
        StudioState before = state();
        for (String contents : List.of("{", "{\"format\": \"noisediffusion-project\", \"version\": 99}")) {
            project.open(Files.writeString(folder.resolve("bad.morph"), contents));
            assertTrue(project.messageProperty().get().startsWith("“bad.morph” "));
            assertEquals(before, state());
            assertEquals("rose", project.name().getValue());
        }
        project.open(folder.resolve("gone.morph"));
        assertTrue(project.messageProperty().get().contains("not found"));
        assertEquals(before, state());
    }

    @Test
    void aProjectThatAnotherWindowHasSavedSinceIsNotOverwritten() throws IOException {
        fill();
        Path file = save("rose.morph");
        StudioViewModel first = studio;
        ProjectViewModel window = project;
        open();
        project.open(file);
        studio.parameters().gamma().set(0.5);
        project.save();
        byte[] newer = Files.readAllBytes(file);
        first.parameters().gamma().set(0.75);
        window.save();
        assertTrue(
                window.messageProperty().get().startsWith("“rose.morph” may have been changed since"),
                window.messageProperty().get());
        assertTrue(window.alarmingProperty().get() && window.unsavedProperty().get());
        assertArrayEquals(newer, Files.readAllBytes(file));
        world.answers.add(file);
        window.saveAs();
        assertFalse(window.unsavedProperty().get());
        first.parameters().gamma().set(1);
        window.save();
        assertFalse(window.unsavedProperty().get(), "the file is as it was left");
    }

    @Test
    void whatIsToldOfTheProjectSaysWhichWaysOutItNames() throws IOException {
        fill();
        studio.model().open(folder.resolve("gone"));
        Path file = save("rose.morph");
        Files.writeString(file, "somebody else’s");
        project.save();
        assertEquals(Set.of(Remedy.SAVE_AS), project.remediesProperty().get());
        world.answers.add(file);
        project.saveAs();
        assertEquals(Set.of(), project.remediesProperty().get());
        open();
        project.open(file);
        assertEquals(Set.of(Remedy.MODELS), project.remediesProperty().get());
        project.dismissMessage();
        project.open(folder.resolve("nowhere.morph"));
        assertFalse(project.messageProperty().get().isEmpty());
        assertEquals(Set.of(), project.remediesProperty().get());
    }

    @Test
    void aProjectThatWasDeletedIsSavedAgain() throws IOException {
        fill();
        Path file = save("rose.morph");
        Files.delete(file);
        studio.parameters().gamma().set(0.5);
        project.save();
        assertTrue(Files.exists(file));
        assertFalse(project.unsavedProperty().get());
    }

    @Test
    void noFolderIsMadeForAProjectWhoseFolderIsGone() throws IOException {
        fill();
        Path drive = Files.createDirectory(folder.resolve("drive"));
        Path file = save("drive/rose.morph");
        Files.delete(file);
        Files.delete(drive);
        project.save();
        assertTrue(project.messageProperty().get().startsWith("“rose.morph” could not be saved there."));
        assertFalse(Files.exists(drive));
    }

    @Test
    void unsavedWorkIsAskedFor() throws IOException {
        fill();
        StudioState before = state();
        project.startNew();
        assertTrue(project.askingProperty().get());
        project.stay();
        assertSameWork(before);
        project.startNew();
        world.answers.clear();
        project.saveAndGoOn();
        assertSameWork(before);
        project.startNew();
        Path file = folder.resolve("rose.morph");
        world.answers.add(file);
        project.saveAndGoOn();
        assertTrue(Files.exists(file));
        assertFalse(studio.keyframes().areReady());
        assertEquals("Untitled", project.name().getValue());
        studio.parameters().gamma().set(1);
        project.open(file);
        project.discardAndGoOn();
        assertSameWork(before);
    }

    @Test
    void ofTwoSavesTheNewerStaysHoweverTheyEnd() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        Path file = saveAndHoldBack(jobs);
        studio.parameters().gamma().set(0.5);
        project.save();
        studio.parameters().gamma().set(0.75);
        project.save();
        while (jobs.waitingCount() > 0) {
            jobs.runLast();
        }
        assertFalse(project.unsavedProperty().get());
        assertFalse(project.busyProperty().get());
        open();
        project.open(file);
        assertEquals(0.75, studio.parameters().gamma().get());
    }

    @Test
    void aDiskThatNeverAnswersHoldsUpNoSaveElsewhere() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        saveAndHoldBack(jobs);
        save("hung.morph");
        project.cancel();
        assertFalse(project.busyProperty().get());
        Path other = save("other.morph");
        jobs.runLast();
        assertTrue(Files.exists(other));
        assertEquals("other", project.name().getValue());
        var ended = new AtomicInteger();
        project.afterQuestion(ended::incrementAndGet);
        assertEquals(1, ended.get());
    }

    @Test
    void theWorkLiesWhereItWasSavedLastHoweverTheSavesEnd() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        saveAndHoldBack(jobs);
        Path slow = save("slow.morph");
        studio.parameters().gamma().set(0.75);
        Path quick = save("quick.morph");
        jobs.runLast();
        assertEquals("quick", project.name().getValue());
        jobs.runAll();
        assertTrue(Files.exists(slow) && Files.exists(quick));
        assertEquals("quick", project.name().getValue());
        assertFalse(project.unsavedProperty().get());
    }

    @Test
    void aSaveThatEndsAfterOtherWorkHasBegunSaysNothingOfThat() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        Path file = saveAndHoldBack(jobs);
        studio.parameters().gamma().set(0.5);
        project.save();
        project.startNew();
        project.discardAndGoOn();
        jobs.runAll();
        assertEquals("Untitled", project.name().getValue());
        studio.parameters().gamma().set(1);
        assertTrue(project.unsavedProperty().get());
        save("other.morph");
        jobs.runAll();
        assertEquals("other", project.name().getValue());
        open();
        project.open(file);
        assertEquals(0.5, studio.parameters().gamma().get());
    }

    @Test
    void whatIsDoneWhileAProjectIsReadIsAskedForBeforeItGoes() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        Path file = saveAndHoldBack(jobs);
        project.open(file);
        studio.parameters().gamma().set(0.75);
        jobs.runAll();
        assertTrue(project.askingProperty().get());
        assertEquals(0.75, studio.parameters().gamma().get());
        project.stay();
        project.open(file);
        project.discardAndGoOn();
        jobs.runAll();
        assertFalse(project.askingProperty().get());
        assertEquals(0.25, studio.parameters().gamma().get());
    }

    @Test
    void aPictureOnItsWayIsNotThrownAwayByAProject() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        Path file = saveAndHoldBack(jobs);
        project.open(file);
        studio.keyframes().add(List.of(new PictureOffer.File(picture("c.png", 0x00ff00))));
        jobs.runNext();
        assertTrue(project.askingProperty().get());
        project.stay();
        jobs.runAll();
        assertEquals(3, studio.keyframes().onPath().size());
    }

    @Test
    void aPictureOnItsWayIsThrownAwayWithoutAnotherQuestionOnceThatWasAllowed() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        Path file = saveAndHoldBack(jobs);
        studio.keyframes().add(List.of(new PictureOffer.File(picture("c.png", 0x00ff00))));
        project.open(file);
        assertTrue(project.askingProperty().get());
        project.discardAndGoOn();
        jobs.runLast();
        assertFalse(project.askingProperty().get());
        jobs.runAll();
        assertEquals(2, studio.keyframes().onPath().size());
    }

    @Test
    void aPictureThatWasThrownAwayIsNotAskedForAgainWhenItWouldHaveCome() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        Path file = saveAndHoldBack(jobs);
        studio.keyframes().add(List.of(new PictureOffer.File(picture("c.png", 0x00ff00))));
        project.open(file);
        project.discardAndGoOn();
        jobs.runNext();
        jobs.runAll();
        assertFalse(project.askingProperty().get());
        assertEquals(2, studio.keyframes().onPath().size());
        studio.keyframes().add(List.of(new PictureOffer.File(folder.resolve("c.png"))));
        save("copy.morph");
        var ended = new AtomicInteger();
        project.afterQuestion(ended::incrementAndGet);
        assertTrue(project.askingProperty().get());
        project.discardAndGoOn();
        jobs.runNext();
        assertEquals(0, ended.get());
        jobs.runAll();
        assertEquals(1, ended.get());
    }

    @Test
    void aPictureThatHasComeCountsWhileAnotherIsOnItsWay() throws Exception {
        SwitchedJobRunner jobs = openSlowly();
        jobs.holdBack();
        studio.keyframes().add(two());
        untilTheFirstHasCome(jobs);
        assertTrue(project.unsavedProperty().get());
        KeyframeViewModel slot = studio.keyframes().slots().getFirst();
        slot.zoom(2);
        Crop cropped = slot.cropProperty().get();
        Path file = save("rose.morph");
        jobs.runLast();
        assertFalse(project.unsavedProperty().get());
        assertEquals("a.png", savedPicture(file).name());
        assertEquals(
                cropped, ProjectFiles.open(file).document().slots().getFirst().crop());
        slot.zoom(2);
        assertTrue(project.unsavedProperty().get());
        save("rose.morph");
        jobs.runLast();
        studio.path().behind(slot).setFrames(3);
        assertTrue(project.unsavedProperty().get());
    }

    @Test
    void aPictureThatHasComeStaysWhereTheProjectCannotBeOpenedForWhichOthersWereGivenUp() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        jobs.holdBack();
        studio.keyframes().add(two());
        untilTheFirstHasCome(jobs);
        project.open(Files.writeString(folder.resolve("bad.morph"), "{"));
        project.discardAndGoOn();
        jobs.runLast();
        jobs.runAll();
        assertTrue(project.messageProperty().get().startsWith("“bad.morph” "), project.messageProperty()::get);
        assertEquals(
                List.of("a.png", ""),
                studio.keyframes().slots().stream()
                        .map(slot -> slot.name().getValue())
                        .toList());
        assertTrue(project.unsavedProperty().get());
    }

    @Test
    void howTheFilmIsPlayedCountsAsWorkWhileAProjectIsRead() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        Path file = saveAndHoldBack(jobs);
        project.open(file);
        studio.playback().fps().set(7);
        jobs.runAll();
        assertTrue(project.askingProperty().get());
    }

    @Test
    void aLaterWishGivesUpAProjectThatIsBeingRead() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        Path file = saveAndHoldBack(jobs);
        project.open(file);
        project.startNew();
        jobs.runAll();
        assertEquals("Untitled", project.name().getValue());
        assertFalse(studio.keyframes().areReady());
    }

    @Test
    void aProjectThatArrivesWhileAPlaceIsChosenIsNotSavedThere() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        fill();
        Path other = save("other.morph");
        studio.parameters().gamma().set(0.75);
        save("rose.morph");
        jobs.holdBack();
        project.open(other);
        Path copy = save("copy.morph");
        jobs.runAll();
        assertEquals("copy", project.name().getValue());
        assertEquals(0.75, studio.parameters().gamma().get());
        open();
        project.open(copy);
        assertEquals(0.75, studio.parameters().gamma().get());
    }

    @Test
    void whatIsDoneWhileTheWorkIsSavedIsAskedForToo() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        fill();
        save("rose.morph");
        jobs.holdBack();
        studio.parameters().gamma().set(0.5);
        project.startNew();
        project.saveAndGoOn();
        studio.parameters().gamma().set(0.75);
        jobs.runAll();
        assertTrue(project.askingProperty().get());
        assertEquals(0.75, studio.parameters().gamma().get());
        project.discardAndGoOn();
        assertEquals("Untitled", project.name().getValue());
    }

    @Test
    void theSessionThatWaitsForASaveEndsThoughALaterOneIsQuicker() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        saveAndHoldBack(jobs);
        studio.parameters().gamma().set(0.5);
        var ended = new AtomicInteger();
        project.afterQuestion(ended::incrementAndGet);
        project.saveAndGoOn();
        save("quick.morph");
        jobs.runLast();
        assertEquals(0, ended.get());
        jobs.runAll();
        assertEquals(1, ended.get());
        assertEquals("quick", project.name().getValue());
    }

    @Test
    void theSessionThatWaitsForASaveEndsThoughALaterOneTakesItsPlace() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        saveAndHoldBack(jobs);
        studio.parameters().gamma().set(0.5);
        project.save();
        studio.parameters().gamma().set(0.75);
        var ended = new AtomicInteger();
        project.afterQuestion(ended::incrementAndGet);
        project.saveAndGoOn();
        project.save();
        jobs.runNext();
        assertFalse(project.askingProperty().get(), "what was done since is in the next");
        jobs.runAll();
        assertEquals(1, ended.get());
    }

    @Test
    void whoClosesOnceMoreDuringASlowSaveIsNotAskedAnyMoreOnceItHasEnded() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        saveAndHoldBack(jobs);
        studio.parameters().gamma().set(0.5);
        var ended = new AtomicInteger();
        project.afterQuestion(ended::incrementAndGet);
        project.saveAndGoOn();
        project.afterQuestion(ended::incrementAndGet);
        jobs.runAll();
        assertFalse(project.askingProperty().get());
        assertEquals(1, ended.get());
    }

    @Test
    void whoClosesOnceMoreDuringASaveThatFailsIsStillAsked() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        Path file = saveAndHoldBack(jobs);
        studio.parameters().gamma().set(0.5);
        var first = new AtomicInteger();
        project.afterQuestion(first::incrementAndGet);
        project.saveAndGoOn();
        var second = new AtomicInteger();
        project.afterQuestion(second::incrementAndGet);
        Files.writeString(file, "of another window");
        jobs.runAll();
        assertTrue(project.alarmingProperty().get());
        assertTrue(project.askingProperty().get());
        project.discardAndGoOn();
        assertEquals(0, first.get());
        assertEquals(1, second.get());
    }

    @Test
    void theSessionEndsWithNoLaterSaveWhereTheOneItWaitedForIsCalledOffOrFails() throws IOException {
        fill();
        var ended = new AtomicInteger();
        project.afterQuestion(ended::incrementAndGet);
        project.saveAndGoOn();
        save("rose.morph");
        Files.writeString(folder.resolve("rose.morph"), "of another window");
        studio.parameters().gamma().set(0.5);
        project.afterQuestion(ended::incrementAndGet);
        project.saveAndGoOn();
        assertTrue(project.alarmingProperty().get());
        save("other.morph");
        assertFalse(project.unsavedProperty().get());
        assertEquals(0, ended.get());
    }

    @Test
    void theSessionEndsWhenACopyIsWritten() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        saveAndHoldBack(jobs);
        Path copy = save("copy.morph");
        var ended = new AtomicInteger();
        project.afterQuestion(ended::incrementAndGet);
        assertFalse(project.askingProperty().get());
        assertEquals(0, ended.get());
        jobs.runAll();
        assertEquals(1, ended.get());
        assertTrue(Files.exists(copy));
    }

    @Test
    void whatIsDoneWhileACopyIsWrittenIsAskedForBeforeTheSessionEnds() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        saveAndHoldBack(jobs);
        save("copy.morph");
        var ended = new AtomicInteger();
        project.afterQuestion(ended::incrementAndGet);
        studio.parameters().gamma().set(0.5);
        jobs.runAll();
        assertTrue(project.askingProperty().get());
        project.discardAndGoOn();
        assertEquals(1, ended.get());
    }

    @Test
    void theSessionGoesOnWhereACopyCannotBeWrittenOrIsGivenUp() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        saveAndHoldBack(jobs);
        Files.writeString(folder.resolve("file"), "in the way");
        save("file/copy.morph");
        var ended = new AtomicInteger();
        project.afterQuestion(ended::incrementAndGet);
        jobs.runAll();
        assertTrue(project.alarmingProperty().get());
        save("copy.morph");
        project.afterQuestion(ended::incrementAndGet);
        project.cancel();
        jobs.runAll();
        assertEquals(0, ended.get());
    }

    @Test
    void aDiskThatNeverAnswersDoesNotKeepTheSessionOnceTheWriteIsGivenUp() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        saveAndHoldBack(jobs);
        save("copy.morph");
        var ended = new AtomicInteger();
        project.afterQuestion(ended::incrementAndGet);
        assertEquals(
                "The window closes when the project is saved. Esc cancels the saving.",
                project.messageProperty().get());
        project.cancel();
        project.afterQuestion(ended::incrementAndGet);
        assertEquals(1, ended.get());
    }

    @Test
    void whatTheWorkBeginsWithIsNotUnsaved() throws IOException {
        project.beginWith(studio.keyframes(), two());
        assertFalse(project.unsavedProperty().get());
        studio.parameters().gamma().set(0.5);
        assertTrue(project.unsavedProperty().get());
        studio.work().history().undo();
        assertFalse(project.unsavedProperty().get());
    }

    @Test
    void whatIsSetWhileTheFirstPicturesComeIsUnsavedAndTheyAreNot() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        jobs.holdBack();
        project.beginWith(studio.keyframes(), two());
        studio.parameters().gamma().set(0.5);
        assertTrue(project.unsavedProperty().get());
        jobs.runAll();
        assertTrue(studio.keyframes().areReady());
        assertTrue(project.unsavedProperty().get());
        studio.parameters().gamma().set(0);
        assertFalse(project.unsavedProperty().get());
    }

    @Test
    void whatIsAddedWhileTheFirstPicturesComeIsUnsaved() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        jobs.holdBack();
        project.beginWith(studio.keyframes(), two());
        studio.keyframes().add(List.of(new PictureOffer.File(picture("c.png", 0x00ff00))));
        project.startNew();
        assertTrue(project.askingProperty().get());
        project.stay();
        jobs.runAll();
        assertEquals(3, studio.keyframes().onPath().size());
        assertTrue(project.unsavedProperty().get());
    }

    @Test
    void whatIsCroppedWhileTheFirstPicturesComeIsUnsaved() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        jobs.holdBack();
        project.beginWith(studio.keyframes(), two());
        untilTheFirstHasCome(jobs);
        assertFalse(project.unsavedProperty().get());
        studio.keyframes().slots().getFirst().zoom(2);
        assertTrue(project.unsavedProperty().get());
        jobs.runAll();
        assertTrue(project.unsavedProperty().get());
    }

    @Test
    void whatComesOfTheFirstPicturesAfterASaveIsUnsaved() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        jobs.holdBack();
        project.beginWith(studio.keyframes(), two());
        untilTheFirstHasCome(jobs);
        save("rose.morph");
        jobs.runLast();
        project.startNew();
        assertTrue(project.askingProperty().get());
        project.stay();
        jobs.runAll();
        assertEquals(2, studio.keyframes().onPath().size());
        assertTrue(project.unsavedProperty().get());
    }

    @Test
    void theOrderOfTheFirstPicturesCountsWhileTheyCome() throws IOException {
        for (boolean copied : List.of(false, true)) {
            SwitchedJobRunner jobs = openSlowly();
            jobs.holdBack();
            List<PictureOffer> three = new ArrayList<>(two());
            three.add(new PictureOffer.File(picture("c.png", 0x00ff00)));
            project.beginWith(studio.keyframes(), three);
            while (studio.keyframes().onPath().size() < 2) {
                jobs.runNext();
            }
            assertFalse(project.unsavedProperty().get());
            KeyframeViewModel slot = studio.keyframes().slots().getFirst();
            if (copied) {
                studio.keyframes().duplicate(slot);
            } else {
                studio.keyframes().move(slot, 1);
            }
            assertTrue(project.unsavedProperty().get());
            jobs.runAll();
            assertTrue(project.unsavedProperty().get());
        }
    }

    @Test
    void whatComesAfterABeginningThatFailedIsUnsaved() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        jobs.holdBack();
        Path broken = Files.writeString(folder.resolve("broken.jpg"), "no picture");
        project.beginWith(studio.keyframes(), List.of(new PictureOffer.File(broken)));
        jobs.runAll();
        studio.keyframes()
                .add(List.of(
                        new PictureOffer.Pixels(Raster.of(FakeWorld.plain(8, 8, 0x00ff00))),
                        new PictureOffer.Pixels(Raster.of(FakeWorld.plain(8, 8, 0xff0000)))));
        project.startNew();
        assertTrue(project.askingProperty().get());
        project.stay();
        jobs.runAll();
        assertTrue(studio.keyframes().areReady());
        assertTrue(project.unsavedProperty().get());
    }

    private Path film() throws IOException {
        return film(UnaryOperator.identity());
    }

    /** A film whose recipe has other settings than the studio. */
    private Path film(UnaryOperator<MorphSettings> made) throws IOException {
        fill();
        world.rest.elapse();
        world.answers.add(folder);
        studio.export().open();
        studio.export().chooseFolder();
        studio.export().export();
        ExportRequest exported = world.exports.getLast();
        MorphRequest own = exported.request();
        var request = new MorphRequest(own.keyframes(), own.path(), made.apply(own.settings()));
        String recipe = Recipe.of(request, exported.model(), "test").toJson();
        Path film = folder.resolve("film.png");
        PngFile.write(exported.frames().getFirst(), film, Map.of("noisediffusion-recipe", recipe));
        return film;
    }

    @Test
    void aFilmDroppedOnTheWindowSetsTheStudioAsItWasMade() throws IOException {
        Path film = film();
        StudioState before = state();
        studio.parameters().reset();
        studio.work().drop(List.of(new PictureOffer.File(film)));
        assertSameWork(before);
        assertEquals("", project.messageProperty().get());
        studio.work().history().undo();
        assertEquals(0, studio.parameters().gamma().get());
        open();
        studio.work().drop(List.of(new PictureOffer.File(film)));
        assertEquals(hashes(before), hashes(state()));
        assertEquals(0.25, studio.parameters().gamma().get());
    }

    @Test
    void whatHasComeBeforeAFilmOpensIsThereAgainOnceThatIsUndone() throws IOException {
        Path film = film();
        SwitchedJobRunner jobs = openSlowly();
        jobs.holdBack();
        studio.keyframes()
                .add(List.of(
                        new PictureOffer.File(picture("c.png", 0x00ff00)),
                        new PictureOffer.File(picture("d.png", 0x808080))));
        untilTheFirstHasCome(jobs);
        project.reopen(film);
        studio.kept().keep(KeptLetter.A);
        jobs.runLast();
        assertEquals(0.25, studio.parameters().gamma().get());
        assertTrue(state().kept().get(KeptLetter.A).isPresent());
        jobs.runAll();
        studio.work().history().undo();
        assertEquals("c.png", studio.keyframes().slots().getFirst().name().getValue());
        assertEquals(0, studio.parameters().gamma().get());
        studio.work().history().undo();
        assertFalse(state().slots().stream().anyMatch(slot -> slot.content() != null));
    }

    @Test
    void thePicturesOfAFilmAreFoundUnderTheirNamesInTheOtherFormOfUnicode() throws IOException {
        String recipe = Recipes.read(film()).orElseThrow();
        StudioState before = state();
        Path film = folder.resolve("other.png");
        PngFile.write(
                FakeWorld.plain(8, 8, 0),
                film,
                Map.of("noisediffusion-recipe", recipe.replace("\"a.png\"", "\"u\u0308.png\"")));
        Files.move(folder.resolve("a.png"), folder.resolve("\u00fc.png"));
        open();
        studio.work().drop(List.of(new PictureOffer.File(film)));
        assertEquals(hashes(before), hashes(state()));
    }

    @Test
    void ofSeveralFilesEachIsAPictureAlsoOneWithARecipe() throws IOException {
        Path film = film();
        open();
        studio.work().drop(List.of(new PictureOffer.File(film), new PictureOffer.File(folder.resolve("a.png"))));
        assertEquals(
                List.of("film.png", "a.png"),
                studio.keyframes().slots().stream()
                        .map(slot -> slot.name().getValue())
                        .toList());
        assertEquals(0, studio.parameters().gamma().get());
    }

    @Test
    void numbersOfAFilmThatTheWindowDoesNotHaveAreToldOf() throws IOException {
        Path film = film(own -> new MorphSettings(
                new NoiseDiffusion(0.125, 5, BoundaryPlacement.BOTH, Injection.PAPER),
                own.frames(),
                own.steps(),
                own.signalLevel(),
                20_261_123,
                own.noiseTravel(),
                own.endpoints()));
        studio.work().drop(List.of(new PictureOffer.File(film)));
        assertEquals(20_261_123, studio.parameters().seed().get());
        assertEquals(
                "“film.png” was made with numbers that the window does not take as they are: Lubrication γ 0.125 → 0.13,"
                        + " Boundary 5.00 → 4.00. Its frames come out differently here.",
                project.messageProperty().get());
        assertTrue(project.alarmingProperty().get());
    }

    @Test
    void picturesOfARecipeThatAreNowhereAreMissing() throws IOException {
        Path film = film();
        Files.delete(folder.resolve("a.png"));
        open();
        studio.work().drop(List.of(new PictureOffer.File(film)));
        assertEquals(
                SlotState.MISSING,
                studio.keyframes().slots().getFirst().stateProperty().get());
        assertEquals(0.25, studio.parameters().gamma().get());
    }

    @Test
    void whatHasNoRecipeIsAPictureOrSaysSo() throws IOException {
        studio.work().drop(List.of(new PictureOffer.File(picture("a.png", 0xff0000))));
        assertEquals("a.png", studio.keyframes().slots().getFirst().name().getValue());
        StudioState before = state();
        studio.work().drop(List.of(new PictureOffer.File(Files.write(folder.resolve("x.mp4"), new byte[64]))));
        assertTrue(project.messageProperty().get().startsWith("“x.mp4” does not say how it was made"));
        assertEquals(before, state());
    }

    @Test
    void whatIsPutInsideStaysAChoiceOfTheProject() throws IOException {
        fill();
        project.embeddingProperty().set(true);
        Path file = save("rose.morph");
        open();
        project.open(file);
        assertFalse(project.unsavedProperty().get());
        project.save();
        open();
        project.open(file);
        assertTrue(project.embeddingProperty().get());
        project.embeddingProperty().set(false);
        assertTrue(project.unsavedProperty().get());
        project.save();
        assertFalse(project.unsavedProperty().get());
    }

    @Test
    void newWorkIsKeptAsWorkUsuallyIs() throws IOException {
        fill();
        project.embeddingProperty().set(true);
        save("rose.morph");
        project.startNew();
        assertFalse(project.embeddingProperty().get());
        assertFalse(project.unsavedProperty().get());
    }

    @Test
    void howTheFilmIsPlayedIsPartOfAProject() throws IOException {
        fill();
        save("rose.morph");
        studio.playback().fps().set(7);
        assertTrue(project.unsavedProperty().get());
        studio.playback().fps().set(30);
        assertFalse(project.unsavedProperty().get());
    }

    @Test
    void aProjectOfAnOlderVersionOpensWithTheDefaultsOfWhatItLacks() throws IOException {
        picture("a.png", 0xff0000);
        project.open(Files.writeString(
                folder.resolve("old.morph"),
                "{\"format\": \"noisediffusion-project\", \"version\": 0, \"values\": {\"numbers\": {\"gamma\":"
                        + " 0.25}}, \"slots\": [{\"picture\": {\"name\": \"a.png\", \"relative\": \"a.png\"}}]}"));
        assertEquals(0.25, studio.parameters().gamma().get());
        assertEquals(50, studio.parameters().steps().get());
        assertEquals("a.png", studio.keyframes().slots().getFirst().name().getValue());
        project.save();
        assertTrue(Files.readString(folder.resolve("old.morph")).contains("\"version\" : 1"));
    }

    @Test
    void aModelThatIsGoneIsToldOf() throws IOException {
        fill();
        studio.model().open(folder.resolve("gone"));
        Path file = save("rose.morph");
        open();
        project.open(file);
        assertTrue(project.messageProperty().get().startsWith("The model “gone” is not where it was."));
        assertTrue(project.alarmingProperty().get());
    }

    @Test
    void whatIsSavedBeforeItsModelIsReadyKeepsItUntilOtherWorkBegins() throws IOException {
        Path rose = Files.createDirectory(folder.resolve("rose"));
        SwitchedJobRunner jobs = openSlowly();
        fill();
        studio.model().open(rose);
        Path file = save("rose.morph");
        studio.model().open(Path.of("model"));
        jobs.holdBack();
        project.open(file);
        project.discardAndGoOn();
        jobs.runNext();
        assertEquals(ModelState.OPENING, studio.model().stateProperty().get());
        assertEquals("rose", modelName());
        studio.model().cancel();
        assertEquals("rose", modelName());
        project.startNew();
        assertEquals("model", modelName());
    }

    @Test
    void theModelIsPartOfAProject() throws IOException {
        fill();
        save("rose.morph");
        studio.model().open(Path.of("other"));
        assertTrue(project.unsavedProperty().get());
        studio.model().open(Path.of("model"));
        assertFalse(project.unsavedProperty().get());
    }

    /** A project whose model was on a drive that is not there now. */
    private Path saveWithAModelThatGoes() throws IOException {
        Path rose = Files.createDirectory(folder.resolve("rose"));
        fill();
        studio.model().open(rose);
        Path file = save("rose.morph");
        Files.delete(rose);
        return file;
    }

    @Test
    void aProjectKeepsAModelThatIsNotThereUntilAnotherIsAskedFor() throws IOException {
        Path file = saveWithAModelThatGoes();
        open();
        project.open(file);
        assertEquals("rose", modelName());
        assertFalse(project.unsavedProperty().get());
        studio.parameters().gamma().set(0.5);
        project.save();
        open();
        project.open(file);
        assertEquals("rose", modelName());
        world.device = "GPU";
        studio.model().reopen();
        assertEquals("rose", modelName());
        assertFalse(project.unsavedProperty().get());
        studio.model().use(Path.of("other"));
        assertEquals("other", modelName());
        assertTrue(project.unsavedProperty().get());
    }

    @Test
    void theModelInUseTakesAProjectOfOneThatIsGoneOnceItIsAskedFor() throws IOException {
        Path file = saveWithAModelThatGoes();
        open();
        project.open(file);
        int closed = world.closedModels.get();
        studio.model().use(Path.of("model"));
        assertEquals("model", modelName());
        assertTrue(project.unsavedProperty().get());
        assertEquals(closed, world.closedModels.get(), "it is not opened again");
    }

    @Test
    void theModelThatWasOnItsWayAnywayTakesTheProjectOnceItIsAskedFor() throws IOException {
        Path file = saveWithAModelThatGoes();
        SwitchedJobRunner jobs = openWithoutAModelYet();
        world.models = (place, notices) -> {
            throw new IOException("no memory");
        };
        project.open(file);
        jobs.runLast();
        jobs.runAll();
        assertEquals(ModelState.NONE, studio.model().stateProperty().get());
        assertEquals("rose", modelName());
        world.models = (place, notices) -> world.openModel(place);
        studio.model().use(Path.of("model"));
        jobs.runAll();
        assertEquals("model", modelName());
        assertTrue(project.unsavedProperty().get());
    }

    @Test
    void aModelThatDoesNotOpenStaysThatOfTheProjectOnAnotherDevice() throws IOException {
        Path rose = Files.createDirectory(folder.resolve("rose"));
        fill();
        studio.model().open(rose);
        Path file = save("rose.morph");
        open();
        world.models = (place, notices) -> {
            if (place.equals(rose)) {
                throw new IOException("no memory");
            }
            return world.openModel(place);
        };
        project.open(file);
        world.device = "GPU";
        studio.model().reopen();
        assertEquals("GPU", studio.model().device().get());
        assertTrue(project.messageProperty().get().startsWith("The model “rose” could not be opened."));
        assertEquals("rose", modelName());
        assertFalse(project.unsavedProperty().get());
    }

    @Test
    void aModelThatWasChangedInItsPlaceIsToldOfAndIsNoChangeOfTheProject() throws IOException {
        fill();
        studio.model().open(Files.createDirectory(folder.resolve("rose")));
        Path file = save("rose.morph");
        Files.writeString(file, Files.readString(file).replace("id of rose", "id of an earlier rose"));
        open();
        project.open(file);
        assertEquals("rose", studio.model().name().getValue());
        assertFalse(project.unsavedProperty().get());
        assertTrue(project.messageProperty().get().startsWith("The model “rose” has changed since"));
        project.save();
        open();
        project.open(file);
        assertEquals("", project.messageProperty().get());
    }

    /** A session whose first model is on its way still. */
    private SwitchedJobRunner openWithoutAModelYet() {
        var jobs = new SwitchedJobRunner();
        jobs.holdBack();
        open(world.studio(jobs, new InlineJobRunner(), world.rest));
        assertEquals(ModelState.OPENING, studio.model().stateProperty().get());
        return jobs;
    }

    @Test
    void theModelThatWasOnItsWayAnywayTakesTheProjectOfNoOther() throws IOException {
        Path file = saveWithAModelThatGoes();
        SwitchedJobRunner jobs = openWithoutAModelYet();
        project.open(file);
        jobs.runLast();
        assertEquals("rose", project.name().getValue());
        assertEquals("", project.messageProperty().get());
        jobs.runAll();
        assertEquals("model", studio.model().name().getValue());
        assertTrue(project.messageProperty().get().startsWith("The model “rose” is not where it was."));
        assertTrue(project.alarmingProperty().get());
        assertEquals("rose", modelName());
        assertFalse(project.unsavedProperty().get());
    }

    @Test
    void aModelIsNotMissedWhileItIsOnItsWayFromAnotherPlace() throws IOException {
        fill();
        Path file = save("rose.morph");
        SwitchedJobRunner jobs = openWithoutAModelYet();
        project.open(file);
        jobs.runLast();
        assertEquals("rose", project.name().getValue());
        jobs.runAll();
        assertEquals(ModelState.READY, studio.model().stateProperty().get());
        assertEquals("", project.messageProperty().get());
        assertFalse(project.unsavedProperty().get());
    }

    @Test
    void aModelIsMissedWhereTheOneOnItsWayDoesNotComeEither() throws IOException {
        Path file = saveWithAModelThatGoes();
        SwitchedJobRunner jobs = openWithoutAModelYet();
        project.open(file);
        jobs.runLast();
        studio.model().cancel();
        assertTrue(project.messageProperty().get().startsWith("The model “rose” is not where it was."));
    }

    @Test
    void aModelThatIsOpeningDoesNotTakeOverAProjectOfTheOneInUse() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        Path file = saveAndHoldBack(jobs);
        studio.model().open(Path.of("other"));
        project.open(file);
        jobs.runLast();
        assertEquals("rose", project.name().getValue());
        assertEquals(ModelState.READY, studio.model().stateProperty().get());
        jobs.runAll();
        assertEquals("model", studio.model().name().getValue());
        assertEquals("model", modelName());
    }

    @Test
    void theModelInUseStillComesOnItsOtherDevice() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        Path file = saveAndHoldBack(jobs);
        world.device = "GPU";
        studio.model().reopen();
        project.open(file);
        jobs.runLast();
        jobs.runAll();
        assertEquals("GPU", studio.model().device().get());
    }

    private String modelName() {
        return Objects.requireNonNull(project.surroundings(null).model()).name();
    }

    @Test
    void aModelThatIsOneFileComesBack() throws IOException {
        Path model = Files.createFile(folder.resolve("rose.safetensors"));
        fill();
        studio.model().open(model);
        Path file = save("rose.morph");
        open();
        project.open(file);
        assertEquals("rose.safetensors", studio.model().name().getValue());
        assertEquals("", project.messageProperty().get());
    }

    @Test
    void aFilmOfAnotherModelIsToldOf() throws IOException {
        Path film = film();
        studio.model().open(Path.of("other"));
        studio.work().drop(List.of(new PictureOffer.File(film)));
        assertTrue(project.messageProperty().get().startsWith("“film.png” was made with the model “model”."));
    }

    @Test
    void aFolderOfFramesDroppedOnTheWindowSetsTheStudioAsTheyWereMade() throws IOException {
        Path frames = Files.createDirectories(folder.resolve("frames"));
        Files.move(film(), frames.resolve("0001.png"));
        studio.parameters().reset();
        studio.work().drop(List.of(new PictureOffer.File(frames)));
        assertEquals(0.25, studio.parameters().gamma().get());
    }

    @Test
    void aModelDroppedOnTheWindowGoesIntoTheListOfModels() throws IOException {
        world.library = folder.resolve("library");
        open();
        fill();
        Path model = Fixtures.copy("unet2d-modern", Files.createDirectory(folder.resolve("roses-v1.5")));
        studio.work().drop(List.of(new PictureOffer.File(model)));
        assertTrue(studio.models().showingProperty().get());
        assertEquals("", studio.models().messageProperty().get());
        assertTrue(studio.models().rows().stream()
                .flatMap(row -> row.model().stream())
                .anyMatch(known -> known.folder().equals(model)));
        studio.models().close();
        Path file = Files.createFile(folder.resolve("rose.safetensors"));
        studio.work().drop(List.of(new PictureOffer.File(file)));
        assertTrue(studio.models().showingProperty().get());
        assertFalse(studio.models().messageProperty().get().isEmpty());
        studio.models().close();
        Path zip = Files.writeString(folder.resolve("roses.ZIP"), "no archive");
        studio.work().drop(List.of(new PictureOffer.File(zip)));
        assertTrue(studio.models().showingProperty().get());
        String refused = studio.models().messageProperty().get();
        assertTrue(refused.contains("roses.ZIP could not be read"), refused);
        assertEquals(2, studio.keyframes().slots().size());
    }

    @Test
    void severalModelsDroppedAtOnceAllGoIntoTheListOfModels() throws IOException {
        world.library = folder.resolve("library");
        open();
        Path roses = Fixtures.copy("unet2d-modern", Files.createDirectory(folder.resolve("roses-v1.5")));
        Path tulips = Fixtures.copy("unet2d-modern", Files.createDirectory(folder.resolve("tulips")));
        studio.work().drop(List.of(new PictureOffer.File(roses), new PictureOffer.File(tulips)));
        List<Path> known = studio.models().rows().stream()
                .flatMap(row -> row.model().stream())
                .map(LibraryModel::folder)
                .toList();
        assertTrue(known.containsAll(List.of(roses, tulips)), known::toString);
    }

    @Test
    void onASlotAFrameOfAFilmIsAPictureAndAModelStillGoesIntoTheListOfModels() throws IOException {
        world.library = folder.resolve("library");
        open();
        Path film = film();
        studio.parameters().reset();
        KeyframeViewModel slot = studio.keyframes().slots().getFirst();
        studio.work().drop(slot, List.of(new PictureOffer.File(film)));
        assertEquals("film.png", slot.name().getValue());
        assertEquals(0, studio.parameters().gamma().get());
        Path model = Fixtures.copy("unet2d-modern", Files.createDirectory(folder.resolve("roses-v1.5")));
        Path zip = Files.writeString(folder.resolve("roses.zip"), "no archive");
        for (Path dropped : List.of(model, zip)) {
            studio.work().drop(slot, List.of(new PictureOffer.File(dropped)));
            assertTrue(studio.models().showingProperty().get(), dropped::toString);
            studio.models().close();
        }
        assertEquals("", slot.messageProperty().get());
        studio.work().drop(slot, List.of(new PictureOffer.File(folder.resolve("a.png"))));
        assertEquals("a.png", slot.name().getValue());
    }

    @Test
    void aFolderThatIsOfNoUseSaysSoInTheSlotItWasDroppedOn() throws IOException {
        fill();
        KeyframeViewModel slot = studio.keyframes().slots().getLast();
        Path holiday = Files.createDirectory(folder.resolve("holiday"));
        studio.work().drop(slot, List.of(new PictureOffer.File(holiday)));
        assertTrue(slot.messageProperty().get().contains("holiday"), slot.messageProperty()::get);
        assertEquals("b.png", slot.name().getValue());
        assertEquals(2, studio.keyframes().slots().size());
    }

    @Test
    void onASlotAPictureIsOnItsWayAtOnce() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        jobs.holdBack();
        KeyframeViewModel slot = studio.keyframes().slots().getFirst();
        studio.work().drop(slot, List.of(new PictureOffer.File(picture("a.png", 0xff0000))));
        assertEquals(SlotState.LOADING, slot.stateProperty().get());
        jobs.runAll();
        assertEquals("a.png", slot.name().getValue());
    }

    @Test
    void whatIsStillLookedIntoIsNotTakenIntoOtherWork() throws IOException {
        world.library = folder.resolve("library");
        SwitchedJobRunner jobs = openSlowly();
        Path model = Fixtures.copy("unet2d-modern", Files.createDirectory(folder.resolve("roses-v1.5")));
        jobs.holdBack();
        studio.work().drop(List.of(new PictureOffer.File(picture("a.png", 0xff0000))));
        studio.work().drop(List.of(new PictureOffer.File(model)));
        project.startNew();
        jobs.runAll();
        assertTrue(studio.keyframes().slots().stream()
                .allMatch(slot -> slot.stateProperty().get() == SlotState.EMPTY));
        assertTrue(studio.models().showingProperty().get(), "the list of models belongs to no work");
    }

    @Test
    void whatIsPastedIsAPictureWhateverItsRecipeAndAFolderOfFramesIsStillAFilm() throws IOException {
        Path film = film();
        studio.parameters().reset();
        studio.work().paste(List.of(new PictureOffer.File(film)));
        assertEquals("film.png", studio.keyframes().slots().getLast().name().getValue());
        assertEquals(3, studio.keyframes().slots().size());
        assertEquals(0, studio.parameters().gamma().get());
        Path frames = Files.createDirectory(folder.resolve("frames"));
        Files.move(film, frames.resolve("0001.png"));
        studio.work().paste(List.of(new PictureOffer.File(frames)));
        assertEquals(0.25, studio.parameters().gamma().get());
    }

    @Test
    void aProjectTheSessionIsStartedWithIsOpened() throws IOException {
        fill();
        StudioState before = state();
        Path file = save("rose.morph");
        open();
        studio.work().begin(List.of(new PictureOffer.File(file)));
        assertSameWork(before);
        assertEquals("rose", project.name().getValue());
        assertFalse(project.unsavedProperty().get());
    }

    @Test
    void aFilmTheSessionIsStartedWithIsReopenedAndAPictureIsJustAPicture() throws IOException {
        Path film = film();
        open();
        studio.work().begin(List.of(new PictureOffer.File(film)));
        assertEquals(0.25, studio.parameters().gamma().get());
        open();
        studio.work().begin(List.of(new PictureOffer.File(folder.resolve("a.png"))));
        assertEquals("a.png", studio.keyframes().slots().getFirst().name().getValue());
        assertFalse(project.unsavedProperty().get());
    }

    @Test
    void whereOneMissingPictureLiesTheOthersAreLookedForToo() throws IOException {
        fill();
        Path file = save("rose.morph");
        StudioState before = state();
        Path moved = Files.createDirectories(folder.resolve("moved"));
        Files.move(folder.resolve("a.png"), moved.resolve("a.png"));
        Files.move(folder.resolve("b.png"), moved.resolve("b.png"));
        open();
        project.open(file);
        world.answers.add(moved.resolve("a.png"));
        studio.keyframes().browseFor(studio.keyframes().slots().getFirst());
        assertSameWork(before);
    }

    @Test
    void whatComesInPlaceOfAMissingPictureIsNotGivenUpForALookElsewhere() throws IOException {
        SwitchedJobRunner jobs = openSlowly();
        fill();
        Path file = save("rose.morph");
        Path moved = Files.createDirectories(folder.resolve("moved"));
        Files.move(folder.resolve("a.png"), moved.resolve("a.png"));
        Files.delete(folder.resolve("b.png"));
        project.open(file);
        jobs.holdBack();
        KeyframeViewModel second = studio.keyframes().slots().get(1);
        second.load(new PictureOffer.File(picture("c.png", 0x00ff00)));
        world.answers.add(moved.resolve("a.png"));
        studio.keyframes().browseFor(studio.keyframes().slots().getFirst());
        jobs.runAll();
        assertEquals(SlotState.LOADED, second.stateProperty().get());
        assertEquals("c.png", second.name().getValue());
    }

    @Test
    void theFilmOfOtherWorkGoesWhenAProjectOpensThoughNothingRendersByItself() throws IOException {
        studio.keyframes()
                .add(List.of(
                        new PictureOffer.File(picture("c.png", 0x00ff00)),
                        new PictureOffer.File(picture("d.png", 0x808080))));
        Path other = save("other.morph");
        project.startNew();
        fill();
        save("rose.morph");
        world.rest.elapse();
        studio.render().liveProperty().set(false);
        studio.keyframes().slots().getFirst().load(new PictureOffer.File(folder.resolve("c.png")));
        assertTrue(studio.export().canExportProperty().get());
        project.save();
        project.open(other);
        assertFalse(studio.export().canExportProperty().get());
    }

    @Test
    void theFilmOfOtherWorkGoesWhenAProjectOpensWithoutItsPictures() throws IOException {
        fill();
        Path file = save("rose.morph");
        world.rest.elapse();
        assertTrue(studio.export().canExportProperty().get());
        Files.delete(folder.resolve("a.png"));
        project.open(file);
        assertFalse(studio.export().canExportProperty().get());
    }
}
