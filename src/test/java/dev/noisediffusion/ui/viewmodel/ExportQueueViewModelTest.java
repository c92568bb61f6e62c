package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.export.ExportException;
import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.export.FrameSinks;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.FilmRefusal;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportQueueViewModelTest {
    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner jobs = new SwitchedJobRunner();
    private final SwitchedJobRunner renders = new SwitchedJobRunner();
    private final StudioViewModel studio = world.studio(jobs, renders, world.rest);
    private final ExportQueueViewModel queue = studio.exports();

    private void rendered() {
        FakeWorld.fill(studio);
        world.rest.elapse();
    }

    private void export(String name, FilmFormat... formats) {
        ExportViewModel export = studio.export();
        export.open();
        world.answers.add(folder);
        export.chooseFolder();
        export.formats().set(formats[0]);
        List.of(formats).forEach(format -> export.formats().ticked(format).set(true));
        export.nameProperty().set(name);
        export.export();
    }

    /** Lets the look at the folder pass, which comes before the queue. */
    private void exportLater(String name, FilmFormat... formats) {
        export(name, formats);
        jobs.runLast();
    }

    private List<ExportState> states() {
        return queue.jobs().stream().map(job -> job.stateProperty().get()).toList();
    }

    private static double gamma(ExportRequest request) {
        return ((NoiseDiffusion) request.request().settings().method()).gamma();
    }

    @Test
    void exportsRunOneAfterAnother() {
        rendered();
        jobs.holdBack();
        exportLater("a", FilmFormat.MP4, FilmFormat.GIF);
        assertEquals(List.of(ExportState.RUNNING, ExportState.WAITING), states());
        assertEquals(2, queue.unfinishedProperty().get());
        exportLater("b", FilmFormat.WEBP);
        jobs.runNext();
        assertEquals(List.of(ExportState.DONE, ExportState.RUNNING, ExportState.WAITING), states());
        jobs.runAll();
        assertEquals(List.of(ExportState.DONE, ExportState.DONE, ExportState.DONE), states());
        assertEquals(
                List.of("a.mp4", "a.gif", "b.webp"),
                world.exports.stream()
                        .map(request -> request.target().getFileName().toString())
                        .toList());
        queue.removeFinished();
        assertTrue(queue.jobs().isEmpty());
    }

    @Test
    void whatIsChangedMeanwhileDoesNotReachAnExport() {
        rendered();
        jobs.holdBack();
        exportLater("a", FilmFormat.MP4, FilmFormat.GIF);
        studio.parameters().gamma().set(0.5);
        world.rest.elapse();
        jobs.runAll();
        assertEquals(
                0.5,
                ((NoiseDiffusion) studio.film()
                                .version()
                                .orElseThrow()
                                .request()
                                .settings()
                                .method())
                        .gamma());
        assertEquals(2, world.exports.size());
        assertEquals(0, gamma(world.exports.getFirst()));
        assertEquals(0, gamma(world.exports.getLast()));
        assertEquals(world.exports.getFirst().frames(), world.exports.getLast().frames());
        assertNotEquals(
                FilmPictures.of(studio.film()).get(8),
                world.exports.getFirst().frames().get(8));
    }

    @Test
    void anExportWaitsForTheFilmOnTheScreenAndTakesItsPictures() {
        FakeWorld.fill(studio);
        renders.holdBack();
        world.rest.elapse();
        export("a", FilmFormat.MP4);
        assertEquals(List.of(ExportState.WAITING), states());
        assertEquals(
                "Waiting for the film", queue.jobs().getFirst().textProperty().get());
        renders.runNext();
        assertEquals(List.of(ExportState.DONE), states());
        assertEquals(FilmPictures.of(studio.film()), world.exports.getFirst().frames());
    }

    @Test
    void anExportWhoseFilmTheStudioGaveUpRendersItItself() {
        rendered();
        renders.holdBack();
        studio.parameters().gamma().set(0.3);
        world.rest.elapse();
        export("a", FilmFormat.MP4, FilmFormat.GIF);
        assertEquals(List.of(ExportState.WAITING, ExportState.WAITING), states());
        studio.parameters().gamma().set(0.9);
        world.rest.elapse();
        assertEquals(List.of(ExportState.DONE, ExportState.DONE), states());
        assertEquals(0.3, gamma(world.exports.getFirst()));
        assertEquals(17, world.exports.getFirst().frames().size());
        renders.runAll();
        studio.parameters().gamma().set(0.3);
        world.rest.elapse();
        renders.runAll();
        assertEquals(FilmPictures.of(studio.film()), world.exports.getLast().frames());
    }

    @Test
    void anExportOfConstantSpeedRendersItselfAsTheStudioWould() {
        rendered();
        studio.parameters().easing().set(Movement.CONSTANT_SPEED);
        renders.holdBack();
        studio.parameters().gamma().set(0.3);
        world.rest.elapse();
        renders.runNext();
        export("a", FilmFormat.MP4);
        assertEquals(List.of(ExportState.WAITING), states());
        studio.parameters().gamma().set(0.9);
        world.rest.elapse();
        renders.runAll();
        assertEquals(List.of(ExportState.DONE), states());
        studio.parameters().gamma().set(0.3);
        world.rest.elapse();
        renders.runAll();
        assertEquals(FilmPictures.of(studio.film()), world.exports.getLast().frames());
    }

    @Test
    void aRivalIsExportedInTheTimeOfItsOwnMorphThoughTheStudioShowsItInAnother() {
        studio.parameters().easing().set(Movement.CONSTANT_SPEED);
        studio.compare().toggle();
        rendered();
        List<Picture> before = FilmPictures.of(studio.compare().film());
        renders.holdBack();
        studio.parameters().gamma().set(0.6);
        world.rest.elapse();
        // Measures the speed; the frames are on their way.
        renders.runNext();
        jobs.holdBack();
        studio.export().contents().set(ExportContent.SIDE_BY_SIDE);
        exportLater("a", FilmFormat.MP4, FilmFormat.GIF);
        assertEquals(List.of(ExportState.WAITING, ExportState.WAITING), states());
        studio.parameters().gamma().reset();
        assertEquals(before, FilmPictures.of(studio.compare().film()));
        jobs.runAll();
        assertEquals(List.of(ExportState.DONE, ExportState.DONE), states());
        renders.runAll();
        studio.parameters().gamma().set(0.6);
        world.rest.elapse();
        jobs.runAll();
        renders.runAll();
        List<Picture> rival = FilmPictures.of(studio.compare().film());
        assertNotEquals(before, rival);
        assertEquals(rival, world.exports.getFirst().rival());
        assertEquals(rival, world.exports.getLast().rival());
    }

    /** The network calls that new frames take, where the pictures are encoded already. */
    private int calls(int frames) {
        OpenModel open = studio.model().lease().orElseThrow().open();
        MorphSettings settings = studio.film().version().orElseThrow().request().settings();
        return open.renderer().timetable(settings).length() * Math.ceilDiv(frames, open.batchSize());
    }

    @Test
    void anExportRendersOnlyTheFramesThatTheStudioHasNot() {
        rendered();
        renders.holdBack();
        studio.parameters().gamma().set(0.3);
        world.rest.elapse();
        studio.film().doneProperty().addListener((done, before, now) -> {
            if (now.intValue() == 9) {
                studio.render().cancel();
            }
        });
        renders.runAll();
        assertEquals(9, studio.film().doneProperty().get());
        int before = world.networkCalls.get();
        export("a", FilmFormat.MP4);
        assertEquals(List.of(ExportState.DONE), states());
        assertEquals(before + calls(8), world.networkCalls.get());
        studio.render().start();
        renders.runAll();
        assertEquals(FilmPictures.of(studio.film()), world.exports.getFirst().frames());
    }

    @Test
    void aMorphThatIsBeingMadeIsNotMadeASecondTimeForAFilmThatSetsItsRivalBesideIt() {
        rendered();
        renders.holdBack();
        studio.parameters().gamma().set(0.3);
        world.rest.elapse();
        int before = world.networkCalls.get();
        studio.export().contents().set(ExportContent.SIDE_BY_SIDE);
        export("a", FilmFormat.MP4);
        assertEquals(List.of(ExportState.WAITING), states());
        renders.runAll();
        assertEquals(List.of(ExportState.DONE), states());
        // The studio makes the frame in sight alone and then the others, the export the rival.
        assertEquals(before + calls(1) + calls(14) + calls(15), world.networkCalls.get());
        assertEquals(FilmPictures.of(studio.film()), world.exports.getFirst().frames());
    }

    @Test
    void anExportThatIsCancelledGoesOnWithTheFramesThatItHasMade() {
        rendered();
        renders.holdBack();
        studio.parameters().gamma().set(0.3);
        world.rest.elapse();
        studio.render().cancel();
        assertEquals(2, studio.film().doneProperty().get());
        jobs.holdBack();
        exportLater("a", FilmFormat.MP4);
        ExportJob job = queue.jobs().getFirst();
        int inTheSecondBatch = world.networkCalls.get() + calls(4) + 1;
        job.fractionProperty().addListener((fraction, before, now) -> {
            if (world.networkCalls.get() == inTheSecondBatch) {
                queue.cancel(job);
            }
        });
        jobs.runAll();
        assertEquals(List.of(ExportState.CANCELLED), states());
        queue.retry(job);
        jobs.runAll();
        assertEquals(List.of(ExportState.DONE), states());
        assertEquals(inTheSecondBatch + calls(15 - 4), world.networkCalls.get());
        assertEquals(17, world.exports.getFirst().frames().size());
    }

    @Test
    void aMorphThatIsThereDoesNotWaitForItsRival() {
        rendered();
        jobs.holdBack();
        studio.export().contents().ticked(ExportContent.SIDE_BY_SIDE).set(true);
        exportLater("a", FilmFormat.MP4);
        int before = world.networkCalls.get();
        jobs.runNext();
        assertEquals(List.of(ExportState.DONE, ExportState.RUNNING), states());
        assertEquals(before, world.networkCalls.get());
        jobs.runAll();
        assertEquals(List.of(ExportState.DONE, ExportState.DONE), states());
        assertTrue(world.networkCalls.get() > before);
        assertEquals(17, world.exports.getLast().rival().size());
    }

    @Test
    void aMorphThatIsThereDoesNotFailWithItsRival() {
        rendered();
        studio.export().contents().ticked(ExportContent.SIDE_BY_SIDE).set(true);
        studio.model().open(Path.of("other"));
        export("a", FilmFormat.MP4);
        assertEquals(List.of(ExportState.DONE, ExportState.FAILED), states());
        assertTrue(queue.messageProperty().get().startsWith("The model “model” was closed"));
    }

    @Test
    void aFilmThatIsReadyGoesBeforeOneThatIsNot() {
        rendered();
        renders.holdBack();
        studio.parameters().gamma().set(0.3);
        world.rest.elapse();
        export("slow", FilmFormat.MP4);
        studio.render().cancel();
        assertEquals(List.of(ExportState.DONE), states());
    }

    @Test
    void oneThatFailsLeavesTheOthersAndCanBeTriedAgain() {
        rendered();
        var attempts = new AtomicInteger();
        world.exporter = (request, progress, cancellation) -> {
            if (attempts.incrementAndGet() == 2) {
                throw new IOException("The disk is full.");
            }
        };
        export("a", FilmFormat.MP4, FilmFormat.GIF, FilmFormat.WEBP);
        assertEquals(List.of(ExportState.DONE, ExportState.DONE, ExportState.FAILED), sorted());
        ExportJob failed = queue.jobs().get(1);
        assertEquals("The disk is full.", failed.textProperty().get());
        assertEquals("The disk is full.", queue.messageProperty().get());
        queue.dismissMessage();
        queue.retry(failed);
        assertEquals(ExportState.DONE, failed.stateProperty().get());
        assertEquals("", queue.messageProperty().get());
        assertEquals(4, attempts.get());
    }

    /** A disk that takes no film until the test says so. */
    private AtomicBoolean fullDisk() {
        var full = new AtomicBoolean(true);
        world.exporter = (request, progress, cancellation) -> {
            if (full.get()) {
                throw new IOException("The disk is full.");
            }
            world.exports.add(request);
        };
        return full;
    }

    @Test
    void aFilmSavedAtASecondTryIsNotReplacedByAnExportThatWasAskedForBeforeIt() throws IOException {
        rendered();
        Files.createFile(folder.resolve("a.mp4"));
        AtomicBoolean full = fullDisk();
        failTwiceReplacing("a", "a");
        full.set(false);
        queue.retry(queue.jobs().getFirst());
        queue.retry(queue.jobs().getLast());
        assertEquals(List.of(true, false), mayReplace());
    }

    private void failTwiceReplacing(String first, String second) {
        for (String name : List.of(first, second)) {
            export(name, FilmFormat.MP4);
            studio.export().replace();
        }
        assertEquals(List.of(ExportState.FAILED, ExportState.FAILED), states());
    }

    /** Of the films named a, in the order in which they were saved. */
    private List<Boolean> mayReplace() {
        return world.exports.stream()
                .filter(request ->
                        request.target().endsWith("a.mp4") || request.target().endsWith("A.mp4"))
                .map(ExportRequest::mayReplace)
                .toList();
    }

    @Test
    void aFilmSavedAtASecondTryIsNotReplacedByAnExportThatWaitedMeanwhile() throws IOException {
        rendered();
        Files.createFile(folder.resolve("a.mp4"));
        AtomicBoolean full = fullDisk();
        failTwiceReplacing("a", "a");
        full.set(false);
        jobs.holdBack();
        exportLater("b", FilmFormat.MP4);
        queue.retry(queue.jobs().get(1));
        queue.retry(queue.jobs().getFirst());
        jobs.runAll();
        assertEquals(List.of(ExportState.DONE, ExportState.DONE, ExportState.DONE), states());
        assertEquals(List.of(true, false), mayReplace());
    }

    /** Which is one file on many disks. */
    @Test
    void aRetryReplacesNoFilmWhoseNameDiffersOnlyInItsCase() throws IOException {
        rendered();
        Files.write(folder.resolve("A.mp4"), new byte[1]);
        Files.write(folder.resolve("a.mp4"), new byte[1]);
        AtomicBoolean full = fullDisk();
        failTwiceReplacing("A", "a");
        full.set(false);
        queue.retry(queue.jobs().getFirst());
        queue.retry(queue.jobs().getLast());
        assertEquals(List.of(true, false), mayReplace());
    }

    @Test
    void anExportThatMayReplaceAFilmOnItsSecondTryReplacesIt() {
        rendered();
        AtomicBoolean full = fullDisk();
        export("a", FilmFormat.MP4);
        full.set(false);
        jobs.holdBack();
        queue.retry(queue.jobs().getFirst());
        exportLater("a", FilmFormat.MP4);
        studio.export().replace();
        jobs.runAll();
        assertEquals(List.of(ExportState.DONE, ExportState.DONE), states());
        assertTrue(world.exports.getLast().mayReplace());
    }

    @Test
    void whyAFilmWasNotSavedIsToldInTheLanguageOfTheWindow() throws IOException {
        var german = new FakeWorld(Texts.load(Locale.GERMAN));
        german.exporter = (request, progress, cancellation) -> {
            if (request.target().endsWith("full.gif")) {
                throw new ExportException(FilmRefusal.DISK_FULL.with("full.gif"), "The disk is full.", null);
            }
            FrameSinks.checkTarget(request.target(), request.settings().format());
        };
        StudioViewModel window = german.renderedStudio();
        ExportViewModel export = window.export();
        export.open();
        german.answers.add(folder);
        export.chooseFolder();
        export.formats().set(FilmFormat.GIF);
        export.nameProperty().set("full");
        export.export();
        assertEquals(
                "„full.gif“ wurde nicht gespeichert: Auf dem Datenträger ist zu wenig Platz; schaffe Platz, oder wähle"
                        + " einen anderen Ort.",
                window.exports().jobs().getLast().textProperty().get());
        Files.createDirectory(folder.resolve("film.gif"));
        export.open();
        export.nameProperty().set("film");
        export.export();
        export.replace();
        assertEquals(
                "„film.gif“ ist ein Ordner: Wähle für den Film einen Dateinamen.",
                window.exports().messageProperty().get());
    }

    @Test
    void aFilmThatIsInItsPlaceIsSavedThoughItIsCalledOffInThatMoment() {
        rendered();
        jobs.holdBack();
        world.exporter = (request, progress, cancellation) -> {
            world.exports.add(request);
            cancellation.cancel();
        };
        exportLater("a", FilmFormat.MP4);
        jobs.runAll();
        assertEquals(1, world.exports.size());
        assertEquals(List.of(ExportState.DONE), states());
        assertEquals("Saved", queue.jobs().getFirst().textProperty().get());
    }

    private List<ExportState> sorted() {
        return states().stream().sorted().toList();
    }

    @Test
    void oneThatIsCancelledLeavesTheOthers() {
        rendered();
        jobs.holdBack();
        exportLater("a", FilmFormat.MP4, FilmFormat.GIF, FilmFormat.WEBP);
        queue.cancel(queue.jobs().get(2));
        queue.cancel(queue.jobs().getFirst());
        jobs.runAll();
        assertEquals(List.of(ExportState.CANCELLED, ExportState.DONE, ExportState.CANCELLED), states());
        assertTrue(queue.messageProperty().get().isEmpty());
        queue.retry(queue.jobs().getFirst());
        jobs.runAll();
        assertEquals(ExportState.DONE, states().getFirst());
    }

    @Test
    void aModelThatIsGoneIsToldAndTheExportCanBeTriedAgainWithIt() {
        rendered();
        renders.holdBack();
        studio.parameters().gamma().set(0.3);
        world.rest.elapse();
        export("a", FilmFormat.MP4);
        studio.model().open(Path.of("other"));
        world.rest.elapse();
        assertEquals(List.of(ExportState.FAILED), states());
        assertTrue(queue.messageProperty().get().startsWith("The model “model” was closed"));
        studio.model().open(Path.of("model"));
        queue.retry(queue.jobs().getFirst());
        assertEquals(List.of(ExportState.DONE), states());
        assertEquals(0.3, gamma(world.exports.getFirst()));
    }

    @Test
    void theStatusLineTellsOfTheExportAndCountsTheRest() {
        rendered();
        world.exporter = (request, progress, cancellation) -> {
            progress.onProgress(
                    new Progress(new Activity.Named("Writing frames"), 0.25, Optional.of(Duration.ofSeconds(7))));
            assertEquals(
                    "a.mp4 · Writing frames", studio.status().textProperty().get());
            assertEquals("7 s left", studio.status().timeLeftProperty().get());
            assertEquals(0.25, studio.status().fractionProperty().get(), 1e-9);
            assertEquals(1, studio.status().countProperty().get());
        };
        export("a", FilmFormat.MP4);
        assertEquals(List.of(ExportState.DONE), states());
        assertEquals(0, studio.status().countProperty().get());
        assertFalse(studio.status().busyProperty().get());
    }

    @Test
    void closingAsksWhileExportsAreUnfinished() {
        rendered();
        var closed = new AtomicInteger();
        queue.afterQuestion(closed::incrementAndGet);
        assertEquals(1, closed.get());
        jobs.holdBack();
        exportLater("a", FilmFormat.MP4, FilmFormat.GIF);
        queue.afterQuestion(closed::incrementAndGet);
        assertTrue(queue.askingProperty().get());
        queue.stay();
        jobs.runNext();
        queue.afterQuestion(closed::incrementAndGet);
        queue.finishAndGoOn();
        assertEquals(1, closed.get());
        jobs.runAll();
        assertEquals(2, closed.get());
    }

    @Test
    void closingCanCancelWhatIsUnfinished() {
        rendered();
        var closed = new AtomicInteger();
        jobs.holdBack();
        exportLater("a", FilmFormat.MP4, FilmFormat.GIF);
        queue.afterQuestion(closed::incrementAndGet);
        queue.cancelAndGoOn();
        assertEquals(1, closed.get());
        jobs.runAll();
        assertEquals(List.of(ExportState.CANCELLED, ExportState.CANCELLED), states());
        assertTrue(world.exports.isEmpty());
    }

    @Test
    void anExportThatFailsKeepsTheWindowOpen() {
        rendered();
        var closed = new AtomicInteger();
        jobs.holdBack();
        exportLater("a", FilmFormat.MP4);
        world.exporter = (request, progress, cancellation) -> {
            throw new IOException("The disk is full.");
        };
        queue.afterQuestion(closed::incrementAndGet);
        queue.finishAndGoOn();
        jobs.runAll();
        assertEquals(0, closed.get());
        assertEquals("The disk is full.", queue.messageProperty().get());
    }

    @Test
    void aSavedFilmOpensInTheProgramOfItsKind() throws IOException {
        rendered();
        world.exporter = (request, progress, cancellation) -> Files.createFile(request.target());
        export("a", FilmFormat.GIF);
        ExportJob job = queue.jobs().getFirst();
        Path film = folder.resolve("a.gif");
        assertEquals(Optional.of(film), queue.saved(job));
        queue.open(job);
        assertEquals(List.of(film), world.opened);
        assertEquals("", queue.messageProperty().get());
        Files.delete(film);
        queue.open(job);
        assertEquals(List.of(film), world.opened);
        assertEquals(
                "“a.gif” is not in “" + folder + "” any more: it may have been moved, renamed or deleted.",
                queue.messageProperty().get());
    }

    @Test
    void ofSavedFramesTheirFolderOpens() {
        rendered();
        world.exporter = (request, progress, cancellation) -> {
            world.exports.add(request);
            Files.createDirectory(request.target());
        };
        export("a", FilmFormat.PNG_SEQUENCE);
        queue.open(queue.jobs().getFirst());
        assertEquals(List.of(world.exports.getFirst().target()), world.opened);
    }

    @Test
    void whatIsNotSavedYetIsNotOpened() {
        rendered();
        jobs.holdBack();
        exportLater("a", FilmFormat.MP4);
        ExportJob job = queue.jobs().getFirst();
        queue.open(job);
        assertEquals(1, jobs.waitingCount(), "the export alone");
        assertEquals(Optional.empty(), queue.saved(job));
    }

    @Test
    void aFinishedFileIsShownInItsFolder() {
        rendered();
        export("a", FilmFormat.GIF);
        queue.showInFolder(queue.jobs().getFirst());
        assertEquals(List.of(folder.resolve("a.gif")), world.shown);
    }
}
