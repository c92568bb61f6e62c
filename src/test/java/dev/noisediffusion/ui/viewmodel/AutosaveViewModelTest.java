package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.JavaCommand;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.project.Autosaves;
import dev.noisediffusion.project.ProjectFiles;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.FileReader;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutosaveViewModelTest {
    @TempDir
    private Path folder;

    /** A studio whose sessions lie in the folder. */
    private static StudioViewModel studio(FakeWorld world, Path folder) {
        world.sessions = folder;
        world.pictures = new FileReader();
        return world.studio();
    }

    private static void work(StudioViewModel studio, double gamma) {
        studio.keyframes()
                .add(List.of(
                        new PictureOffer.File(Path.of("assets", "samples", "01-dahlia.jpg")),
                        new PictureOffer.Pixels(Raster.of(FakeWorld.plain(24, 16, 0x2080c0)))));
        studio.keyframes().slots().get(1).zoom(1.5);
        studio.parameters().gamma().set(gamma);
    }

    private static List<Object> describe(StudioViewModel studio) {
        StudioState state = studio.work().history().state();
        return Stream.concat(
                        Stream.<Object>of(state.values()),
                        state.slots().stream()
                                .map(slot -> List.of(
                                        slot.content() == null
                                                ? "-"
                                                : slot.content().sha256(),
                                        slot.crop())))
                .toList();
    }

    @Test
    void aSessionThatEndsInOrderLeavesNothing() throws Exception {
        var world = new FakeWorld();
        StudioViewModel studio = studio(world, folder);
        work(studio, 0.5);
        world.keeping.elapse();
        studio.close();
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void workIsForgottenThoughTheModelDoesNotClose() throws Exception {
        var world = new FakeWorld();
        world.models = (place, notices) -> {
            OpenModel made = world.openModel(place);
            return new OpenModel(
                    made.model(),
                    made.shape(),
                    made.batchSize(),
                    made.device(),
                    made.suggested(),
                    made.fallback(),
                    made.renderer(),
                    made.bench(),
                    () -> {
                        throw new IOException("The server is gone.");
                    });
        };
        StudioViewModel studio = studio(world, folder);
        studio.model().open(Path.of("rose"));
        work(studio, 0.5);
        world.keeping.elapse();
        assertThrows(IllegalStateException.class, studio::close);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void savingMakesTheAutosaveNeedless() throws Exception {
        var world = new FakeWorld();
        StudioViewModel studio = studio(world, folder.resolve("sessions"));
        work(studio, 0.5);
        world.keeping.elapse();
        world.answers.add(folder.resolve("a.morph"));
        studio.work().project().save();
        world.keeping.elapse();
        try (Stream<Path> left = Files.list(folder.resolve("sessions"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void twoWindowsDoNotTakeEachOthersWork() {
        var world = new FakeWorld();
        StudioViewModel first = studio(world, folder);
        work(first, 0.5);
        world.keeping.elapse();
        StudioViewModel second = studio(new FakeWorld(), folder);
        var began = new boolean[1];
        second.work().autosave().recover(() -> {}, () -> began[0] = true);
        assertTrue(began[0]);
        assertFalse(second.keyframes().areReady());
        first.close();
    }

    @Test
    void whereTheWorkCannotBeKeptTheUserIsTold() throws Exception {
        var world = new FakeWorld();
        StudioViewModel studio = studio(world, Files.writeString(folder.resolve("file"), "in the way"));
        work(studio, 0.5);
        world.keeping.elapse();
        assertTrue(studio.work().autosave().messageProperty().get().startsWith("The work cannot be kept"));
        var german = new FakeWorld(Texts.load(Locale.GERMAN));
        StudioViewModel window = studio(german, folder.resolve("file"));
        work(window, 0.5);
        german.keeping.elapse();
        assertEquals(
                "Die Arbeit lässt sich nicht in „" + folder.resolve("file")
                        + "“ aufbewahren. Speichere sie als Projekt, und prüfe dann, ob du dort schreiben darfst und ob noch Platz ist.",
                window.work().autosave().messageProperty().get());
    }

    /** A session that was cut off with work in it. */
    private void cutOff() throws Exception {
        StudioViewModel studio = studio(new FakeWorld(), folder.resolve("other"));
        work(studio, 0.25);
        cutOff(studio);
    }

    private void cutOff(StudioViewModel studio) throws Exception {
        StudioState state = studio.work().history().state();
        ProjectViewModel project = studio.work().project();
        try (var cut = new Autosaves(folder)) {
            cut.keep(
                    ProjectDocuments.kept(
                            state, project.surroundings(project.file().orElse(null))),
                    ProjectDocuments.unsourced(state));
        }
    }

    /** A session that was cut off with changes since its work was saved. */
    private Path cutOffWithAProject(Path projects) throws Exception {
        var world = new FakeWorld();
        StudioViewModel studio = studio(world, folder.resolve("other"));
        work(studio, 0.25);
        Path file = projects.resolve("a.morph");
        world.answers.add(file);
        studio.work().project().save();
        studio.parameters().gamma().set(0.5);
        cutOff(studio);
        return file;
    }

    private StudioViewModel restored() {
        StudioViewModel studio = studio(new FakeWorld(), folder);
        studio.work().autosave().recover(() -> {}, () -> {});
        assertEquals(0.5, studio.parameters().gamma().get());
        return studio;
    }

    @Test
    void oldWorkIsSavedInItsProject(@TempDir Path projects) throws Exception {
        Path file = cutOffWithAProject(projects);
        StudioViewModel studio = restored();
        studio.work().project().save();
        assertFalse(studio.work().project().unsavedProperty().get());
        assertEquals(0.5, ProjectFiles.open(file).document().values().numbers().getOrDefault("gamma", 0.0));
        studio.close();
    }

    @Test
    void oldWorkDoesNotOverwriteWhatWasSavedInItsProjectSince(@TempDir Path projects) throws Exception {
        Path file = cutOffWithAProject(projects);
        StudioViewModel other = studio(new FakeWorld(), folder.resolve("other"));
        other.work().project().open(file);
        other.parameters().gamma().set(0.75);
        other.work().project().save();
        StudioViewModel studio = restored();
        studio.work().project().save();
        assertTrue(
                studio.work().project().messageProperty().get().startsWith("“a.morph” may have been changed since"),
                studio.work().project().messageProperty().get());
        assertEquals(0.75, ProjectFiles.open(file).document().values().numbers().getOrDefault("gamma", 0.0));
        studio.close();
    }

    @Test
    void aPictureInsideTheProjectComesBackThoughItsFileWasEditedSince(@TempDir Path projects) throws Exception {
        Path samples = Path.of("assets", "samples");
        Path picture = Files.copy(samples.resolve("01-dahlia.jpg"), projects.resolve("a.jpg"));
        Path file = projects.resolve("a.morph");
        var world = new FakeWorld();
        world.answers.add(file);
        StudioViewModel before = studio(world, folder.resolve("other"));
        before.keyframes().add(List.of(new PictureOffer.File(picture)));
        before.work().project().embeddingProperty().set(true);
        before.work().project().save();
        StudioViewModel opened = studio(new FakeWorld(), folder.resolve("other"));
        opened.work().project().open(file);
        opened.parameters().gamma().set(0.5);
        cutOff(opened);
        Files.copy(samples.resolve("03-marigold.jpg"), picture, StandardCopyOption.REPLACE_EXISTING);
        StudioViewModel restored = restored();
        assertEquals(describe(opened), describe(restored));
        restored.close();
    }

    private static StudioViewModel slowStudio(FakeWorld world, SwitchedJobRunner jobs, Path folder) {
        world.sessions = folder;
        world.pictures = new FileReader();
        StudioViewModel studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        jobs.holdBack();
        return studio;
    }

    private void assertTheNextSessionHasTheOldWork() {
        StudioViewModel next = studio(new FakeWorld(), folder);
        next.work().autosave().recover(() -> {}, () -> {});
        assertEquals(0.25, next.parameters().gamma().get());
        assertTrue(next.keyframes().areReady());
        next.close();
    }

    @Test
    void whatIsBegunBeforeOldWorkIsBackStaysAndTheOldWorkWaits() throws Exception {
        cutOff();
        var world = new FakeWorld();
        var jobs = new SwitchedJobRunner();
        StudioViewModel studio = slowStudio(world, jobs, folder);
        studio.work().autosave().recover(() -> {}, () -> {});
        studio.keyframes().add(List.of(new PictureOffer.Pixels(Raster.of(FakeWorld.plain(8, 8, 0x00ff00)))));
        world.keeping.elapse();
        jobs.runAll();
        assertEquals(
                "Your last session ended unexpectedly. You have begun other work since, so its work is kept: it comes back"
                        + " when the studio starts next.",
                studio.work().project().messageProperty().get());
        assertEquals(1, studio.keyframes().onPath().size());
        assertEquals(0, studio.parameters().gamma().get());
        world.keeping.elapse();
        jobs.runAll();
        studio.close();
        assertTheNextSessionHasTheOldWork();
    }

    /** Reads picture files, and has something done before the first of them. */
    private static final class SlowReader implements PictureReader {
        private final FileReader files = new FileReader();
        private Callable<Boolean> meanwhile = () -> true;

        @Override
        public Picture read(Path file) throws Exception {
            first().call();
            return files.read(file);
        }

        /** For one of the threads that read. */
        private synchronized Callable<Boolean> first() {
            Callable<Boolean> now = meanwhile;
            meanwhile = () -> true;
            return now;
        }

        @Override
        public Picture read(byte[] bytes, String name) throws Exception {
            return files.read(bytes, name);
        }
    }

    /** How work comes to be kept. */
    @FunctionalInterface
    private interface Keeping {
        void keep(FakeWorld world, StudioViewModel studio, SwitchedJobRunner jobs) throws Exception;
    }

    /** @param keeping of what is begun while the pictures of old work are read, which may take for ever */
    private void assertBothAreKept(Keeping keeping) throws Exception {
        cutOff();
        var world = new FakeWorld();
        var reader = new SlowReader();
        world.sessions = folder;
        world.pictures = reader;
        var jobs = new SwitchedJobRunner();
        StudioViewModel studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        jobs.holdBack();
        reader.meanwhile = () -> {
            studio.parameters().gamma().set(0.5);
            keeping.keep(world, studio, jobs);
            return true;
        };
        studio.work().autosave().recover(() -> {}, () -> {});
        jobs.runAll();
        assertEquals(List.of(0.25, 0.5), kept());
        studio.close();
        assertTheNextSessionHasTheOldWork();
    }

    /** The lubrication of all work that is kept, the least first. */
    private List<Double> kept() throws Exception {
        var gammas = new ArrayList<Double>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path work : files.filter(file -> file.endsWith("work.morph")).toList()) {
                gammas.add(ProjectFiles.open(work).document().values().numbers().getOrDefault("gamma", 0.0));
            }
        }
        return gammas.stream().sorted().toList();
    }

    @Test
    void whatIsBegunBeforeOldWorkIsBackIsKept() throws Exception {
        assertBothAreKept((world, studio, jobs) -> {
            world.keeping.elapse();
            jobs.runLast();
        });
    }

    @Test
    void whatIsBegunBeforeOldWorkIsBackIsKeptWhenTheSessionIsToldToEnd() throws Exception {
        assertBothAreKept(
                (world, studio, jobs) -> studio.work().autosave().lastWork().close());
    }

    @Test
    void whatWasKeptBeforeOldWorkIsBackDoesNotGetIntoItsPlaceThoughItWasUndone() throws Exception {
        assertBothAreKept((world, studio, jobs) -> {
            world.keeping.elapse();
            jobs.runLast();
            studio.parameters().gamma().set(0);
        });
    }

    private static String restoredMessage(StudioViewModel studio) {
        studio.work().autosave().recover(() -> {}, () -> {});
        assertTrue(studio.keyframes().areReady());
        return studio.work().project().messageProperty().get();
    }

    @Test
    void whereTwoWindowsWereCutOffItIsToldThatTheWorkOfTheOtherWaits() throws Exception {
        cutOff();
        cutOff();
        Files.writeString(
                Files.createDirectory(folder.resolve("session-damaged")).resolve("work.morph"), "{");
        String back = "Your last session ended unexpectedly. Its work is back here; save it to keep it.";
        StudioViewModel one = studio(new FakeWorld(), folder);
        StudioViewModel other = studio(new FakeWorld(), folder);
        assertEquals(
                back + " Other unsaved work is kept too: start the studio once more to have it back.",
                restoredMessage(one));
        assertEquals(back, restoredMessage(other));
        one.close();
        other.close();
    }

    private static String modelOf(StudioViewModel studio) {
        return Objects.requireNonNull(studio.work().project().surroundings(null).model())
                .name();
    }

    @Test
    void oldWorkKeepsItsModelWhileThatOpens(@TempDir Path models) throws Exception {
        StudioViewModel before = studio(new FakeWorld(), folder.resolve("other"));
        before.model().open(Files.createDirectory(models.resolve("rose")));
        work(before, 0.25);
        cutOff(before);
        var world = new FakeWorld();
        var jobs = new SwitchedJobRunner();
        StudioViewModel studio = slowStudio(world, jobs, folder);
        studio.work().autosave().recover(() -> {}, () -> {});
        jobs.runNext();
        assertEquals(ModelState.OPENING, studio.model().stateProperty().get());
        assertEquals("rose", modelOf(studio));
        world.keeping.elapse();
        jobs.runAll();
        assertEquals(ModelState.READY, studio.model().stateProperty().get());
        assertEquals("rose", modelOf(studio));
        studio.close();
    }

    @Test
    void workIsKeptAnewWithAnotherModel() {
        var world = new FakeWorld();
        StudioViewModel studio = studio(world, folder);
        work(studio, 0.5);
        world.keeping.elapse();
        studio.model().open(Path.of("rose"));
        assertTrue(world.keeping.isWaiting());
        studio.close();
    }

    @Test
    void aPictureThatHasComeIsKeptWhileAnotherIsOnItsWay() throws Exception {
        var world = new FakeWorld();
        var jobs = new SwitchedJobRunner();
        StudioViewModel studio = slowStudio(world, jobs, folder);
        var pasted = new PictureOffer.Pixels(Raster.of(FakeWorld.plain(8, 8, 0x00ff00)));
        studio.keyframes().add(List.of(pasted, pasted));
        while (studio.keyframes().slots().getFirst().stateProperty().get() == SlotState.LOADING) {
            jobs.runNext();
        }
        world.keeping.elapse();
        jobs.runLast();
        try (Stream<Path> files = Files.walk(folder)) {
            Path kept = files.filter(file -> file.endsWith("work.morph"))
                    .findFirst()
                    .orElseThrow();
            assertNotNull(ProjectFiles.open(kept).document().slots().getFirst().picture());
        }
        studio.close();
    }

    @Test
    void aSessionThatEndsBeforeOldWorkIsBackLeavesIt() throws Exception {
        cutOff();
        var jobs = new SwitchedJobRunner();
        StudioViewModel studio = slowStudio(new FakeWorld(), jobs, folder);
        studio.work().autosave().recover(() -> {}, () -> {});
        jobs.tokens().getLast().cancel();
        jobs.runAll();
        studio.close();
        assertTheNextSessionHasTheOldWork();
    }

    @Test
    void workComesBackAfterKillMinusNine() throws Exception {
        Process session = session();
        try (var said = new BufferedReader(new InputStreamReader(session.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("kept", said.readLine());
        } finally {
            session.destroyForcibly().waitFor();
        }
        assertNotEquals(0, session.exitValue());
        var expected = studio(new FakeWorld(), folder.resolve("other"));
        work(expected, 0.25);
        StudioViewModel restored = studio(new FakeWorld(), folder);
        restored.work().autosave().recover(() -> {}, () -> {});
        assertEquals(
                "Your last session ended unexpectedly. Its work is back here; save it to keep it.",
                restored.work().project().messageProperty().get());
        assertEquals(
                Set.of(Remedy.SAVE),
                restored.work().project().remediesProperty().get());
        assertTrue(restored.work().project().unsavedProperty().get());
        List<Object> work = describe(restored);
        assertEquals(describe(expected).subList(1, 3), work.subList(1, 3));
        assertEquals(
                0.25,
                Math.floor(restored.parameters().gamma().get() * 4) / 4,
                "the work as it was kept, or as one of the changes after it made it");
        restored.close();
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    left.filter(path -> path.getFileName().toString().startsWith("session-"))
                            .toList());
        }
    }

    private Process session() throws Exception {
        return new ProcessBuilder(JavaCommand.of(List.of(), Session.class, folder.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** A session that works and keeps its work until it is killed, wherever it may be then. */
    static final class Session {
        private Session() {}

        public static void main(String[] folder) {
            var world = new FakeWorld();
            StudioViewModel studio = studio(world, Path.of(folder[0]));
            work(studio, 0.25);
            world.keeping.elapse();
            System.out.println("kept");
            for (int i = 0; ; i++) {
                studio.parameters().gamma().set(0.25 + 0.01 * (i % 20));
                world.keeping.elapse();
            }
        }
    }
}
