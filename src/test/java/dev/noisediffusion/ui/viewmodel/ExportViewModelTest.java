package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.export.ExportException;
import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.export.Footage;
import dev.noisediffusion.export.Playback;
import dev.noisediffusion.export.SideBySide;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.FilmRefusal;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.morph.Easing;
import dev.noisediffusion.morph.MorphPath;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.project.Recipe;
import dev.noisediffusion.project.StudioSettings;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportViewModelTest {
    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();

    private ExportViewModel opened(StudioViewModel studio) {
        ExportViewModel export = studio.export();
        export.open();
        world.answers.add(folder);
        export.chooseFolder();
        return export;
    }

    private List<String> written() {
        return world.exports.stream()
                .map(request -> String.valueOf(request.target().getFileName()))
                .toList();
    }

    @Test
    void aWholeFilmIsSavedAsChosenWithItsRecipe() {
        StudioViewModel studio = world.renderedStudio();
        ExportViewModel export = opened(studio);
        assertTrue(export.showingProperty().get());
        export.formats().set(FilmFormat.GIF);
        export.fps().set(20);
        export.scale().set(2);
        export.order().set(Playback.LOOP);
        export.nameProperty().set("film");
        assertEquals(
                "17 frames · 0.8 s · 32 × 32 pixels", export.summaryProperty().get());
        assertEquals("32 × 32 pixels", export.pixelsProperty().get());
        assertEquals("film.gif", export.filesProperty().get());
        export.export();
        ExportRequest saved = world.exports.getFirst();
        assertEquals(folder.resolve("film.gif"), saved.target());
        assertEquals(17, saved.frames().size());
        assertEquals(FilmFormat.GIF, saved.settings().format());
        assertEquals(20, saved.settings().fps());
        assertEquals(2, saved.settings().sizeMultiple());
        assertEquals(Playback.LOOP, saved.settings().playback());
        assertEquals(2, saved.request().keyframes().size());
        assertEquals("model", saved.model().name());
        assertFalse(export.showingProperty().get());
        assertEquals("Saved film.gif", studio.status().textProperty().get());
    }

    @Test
    void everyFormatThatIsTickedBecomesAFileOfItsOwn() {
        ExportViewModel export = opened(world.renderedStudio());
        List.of(FilmFormat.GIF, FilmFormat.PNG_SEQUENCE, FilmFormat.CONTACT_SHEET)
                .forEach(format -> export.formats().ticked(format).set(true));
        export.contents().ticked(ExportContent.SIDE_BY_SIDE).set(true);
        export.export();
        assertEquals(
                List.of(
                        "morph.mp4",
                        "morph.gif",
                        "morph-frames",
                        "morph-sheet.png",
                        "morph-beside.mp4",
                        "morph-beside.gif",
                        "morph-beside-frames",
                        "morph-beside-sheet.png"),
                written());
    }

    @Test
    void theLastTickStays() {
        ExportViewModel export = world.renderedStudio().export();
        export.formats().ticked(FilmFormat.MP4).set(false);
        assertTrue(export.formats().ticked(FilmFormat.MP4).get());
    }

    @Test
    void thereIsNothingToExportBeforeThereIsAFilm() {
        ExportViewModel export = world.studio().export();
        assertFalse(export.canExportProperty().get());
        export.open();
        assertFalse(export.showingProperty().get());
        export.nameProperty().set("film");
        assertFalse(export.readyProperty().get());
    }

    @Test
    void whereThereIsNoFilmItIsSaidWhatThatStillLacks() {
        StudioViewModel studio = world.studio();
        ExportViewModel export = studio.export();
        export.open();
        assertEquals(
                "There is no film yet. No model is in use yet: choose one at the top, or wait while it opens.",
                studio.status().textProperty().get());
        studio.model().open(Path.of("model"));
        export.open();
        assertEquals(
                "There is no film yet. Add two pictures first.",
                studio.status().textProperty().get());
        studio.keyframes().add(FakeWorld.offers("red.png"));
        export.open();
        assertEquals(
                "There is no film yet. Add a second picture first.",
                studio.status().textProperty().get());
        studio.keyframes().add(FakeWorld.offers("blue.png"));
        export.open();
        assertEquals(
                "There is no film yet. It is about to begin.",
                studio.status().textProperty().get());
        studio.render().liveProperty().set(false);
        assertEquals(
                "There is no film yet. Press Render first.",
                export.whyNotProperty().get());
        studio.render().start();
        assertEquals("", export.whyNotProperty().get());
    }

    @Test
    void aFileInTheWayIsAskedAbout() throws IOException {
        Files.createFile(folder.resolve("morph.mp4"));
        ExportViewModel export = opened(world.renderedStudio());
        export.formats().ticked(FilmFormat.GIF).set(true);
        export.export();
        assertEquals("Already there: “morph.mp4”.", export.clashProperty().get());
        assertTrue(world.exports.isEmpty());
        export.reconsider();
        assertEquals("", export.clashProperty().get());
        assertTrue(export.showingProperty().get());
        export.export();
        export.keepBoth();
        assertEquals(List.of("morph-2.mp4", "morph.gif"), written());
        export.open();
        export.export();
        export.replace();
        assertEquals("morph.mp4", written().get(2));
    }

    @Test
    void theQuestionQuotesAsInTheLanguageOfTheWindow() throws IOException {
        Files.createFile(folder.resolve("morph.mp4"));
        Files.createFile(folder.resolve("morph.gif"));
        var german = new FakeWorld(Texts.load(Locale.GERMAN));
        ExportViewModel export = german.renderedStudio().export();
        export.open();
        german.answers.add(folder);
        export.chooseFolder();
        export.formats().ticked(FilmFormat.GIF).set(true);
        export.export();
        assertEquals(
                "Schon vorhanden: „morph.mp4“, „morph.gif“.",
                export.clashProperty().get());
    }

    @Test
    void theQuestionStaysWhileFramesArriveAndGoesWithTheFilesItIsAbout() throws IOException {
        Files.createFile(folder.resolve("morph.mp4"));
        var renders = new SwitchedJobRunner();
        StudioViewModel studio = world.studio(new InlineJobRunner(), renders, world.rest);
        FakeWorld.fill(studio);
        world.rest.elapse();
        renders.holdBack();
        studio.parameters().gamma().set(0.3);
        world.rest.elapse();
        ExportViewModel export = opened(studio);
        export.export();
        renders.runAll();
        assertEquals("Already there: “morph.mp4”.", export.clashProperty().get());
        export.nameProperty().set("other");
        assertEquals("", export.clashProperty().get());
    }

    @Test
    void whereAFilmCannotGoIsToldBeforeAnythingIsRendered() {
        StudioViewModel studio = world.renderedStudio();
        ExportViewModel export = opened(studio);
        export.contents().set(ExportContent.SIDE_BY_SIDE);
        export.nameProperty().set("a".repeat(300));
        int calls = world.networkCalls.get();
        export.export();
        String told = world.texts.get("trouble.film.NAME_REFUSED", "a".repeat(300) + "-beside.mp4");
        assertEquals(told, export.summaryProperty().get());
        assertEquals(told, studio.exports().messageProperty().get());
        assertTrue(studio.exports().jobs().isEmpty());
        assertTrue(export.showingProperty().get());
        assertEquals(calls, world.networkCalls.get());
        export.nameProperty().set("a");
        assertTrue(export.summaryProperty().get().startsWith("32 frames"));
        export.export();
        assertEquals(List.of("a-beside.mp4"), written());
        assertEquals("", studio.exports().messageProperty().get());
    }

    @Test
    void anEncoderThatDoesNotStartIsToldBeforeAnythingIsRendered() {
        world.exporter = new Exporter() {
            @Override
            public void export(ExportRequest request, ProgressListener progress, CancellationToken cancellation) {
                world.exports.add(request);
            }

            @Override
            public void checkEncoder(FilmFormat format, CancellationToken cancellation) throws ExportException {
                if (format == FilmFormat.GIF) {
                    throw new ExportException(FilmRefusal.ENCODER_UNUSABLE.with(), "It does not start.", null);
                }
            }
        };
        StudioViewModel studio = world.renderedStudio();
        ExportViewModel export = opened(studio);
        export.formats().set(FilmFormat.GIF);
        export.export();
        String told = world.texts.get("trouble.film.ENCODER_UNUSABLE");
        assertEquals(told, export.summaryProperty().get());
        assertEquals(told, studio.exports().messageProperty().get());
        assertTrue(studio.exports().jobs().isEmpty());
        assertTrue(export.showingProperty().get());
        export.formats().set(FilmFormat.PNG_SEQUENCE);
        export.export();
        assertEquals(List.of("morph-frames"), written());
    }

    @Test
    void whatIsNoFileIsNotReplaced() throws IOException {
        Files.createDirectory(folder.resolve("morph.mp4"));
        StudioViewModel studio = world.renderedStudio();
        ExportViewModel export = opened(studio);
        export.export();
        export.replace();
        assertEquals(
                "“morph.mp4” is a folder: choose a file name for the film.",
                export.summaryProperty().get());
        assertTrue(studio.exports().jobs().isEmpty());
        export.keepBoth();
        assertEquals(List.of("morph-2.mp4"), written());
    }

    @Test
    void whoGoesBackWhileAPlaceIsLookedAtExportsNothing() throws IOException {
        Files.createFile(folder.resolve("morph.mp4"));
        var jobs = new SwitchedJobRunner();
        StudioViewModel studio = rendered(jobs);
        ExportViewModel export = opened(studio);
        export.export();
        jobs.holdBack();
        export.replace();
        export.reconsider();
        jobs.runAll();
        assertEquals(List.of(), written());
        assertTrue(export.showingProperty().get());
    }

    /** A studio whose film is there, and whose other jobs can be held back. */
    private StudioViewModel rendered(SwitchedJobRunner jobs) {
        StudioViewModel studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        FakeWorld.fill(studio);
        world.rest.elapse();
        return studio;
    }

    /** A studio whose film is being made: a frame has arrived, and tells how large they are. */
    private StudioViewModel making(int frames, int side) {
        var renders = new SwitchedJobRunner();
        StudioViewModel studio = world.studio(new InlineJobRunner(), renders, world.rest);
        FakeWorld.fill(studio);
        studio.parameters().frames().set(frames);
        renders.holdBack();
        world.rest.elapse();
        Raster shown = Raster.of(FakeWorld.plain(16, 16, 0x40a060));
        studio.film().deliver(3, FakeWorld.plain(side, side, 0x40a060), shown);
        return studio;
    }

    @Test
    void untilTheFilmOfAChangeHasBegunItIsSaidThatTheOneBeforeIsExported() {
        StudioViewModel studio = world.renderedStudio();
        studio.parameters().gamma().set(0.3);
        ExportViewModel export = opened(studio);
        assertEquals(
                "The film of these settings has not begun yet: this exports the one before. To export these settings,"
                        + " wait until it begins.",
                export.warningProperty().get());
        world.rest.elapse();
        assertEquals("", export.warningProperty().get());
        studio.render().liveProperty().set(false);
        studio.parameters().gamma().set(0.4);
        assertEquals(
                world.texts.get("export.outdated"), export.warningProperty().get());
    }

    /** The morph, a slerp, has no lubrication: only the film beside it is of another one. */
    @Test
    void onlyOfWhatIsExportedItIsSaidThatItIsNotOfTheseSettings() {
        StudioViewModel studio = world.studio();
        studio.parameters().method().set(MethodName.SLERP);
        studio.compare().right().set(CompareSide.NOISE_DIFFUSION);
        studio.compare().mode().set(CompareMode.SIDE_BY_SIDE);
        FakeWorld.fill(studio);
        world.rest.elapse();
        studio.render().liveProperty().set(false);
        studio.parameters().gamma().set(0.4);
        ExportViewModel export = opened(studio);
        assertTrue(studio.render().outdatedProperty().get());
        assertEquals("", export.warningProperty().get());
        export.contents().ticked(ExportContent.SIDE_BY_SIDE).set(true);
        assertEquals(
                world.texts.get("export.outdated"), export.warningProperty().get());

        studio.compare().right().set(CompareSide.CROSSFADE);
        assertTrue(studio.render().outdatedProperty().get());
        assertEquals("", export.warningProperty().get(), "that side is rendered for the export");
        studio.compare().right().set(CompareSide.NOISE_DIFFUSION);
        studio.render().liveProperty().set(true);
        assertEquals(world.texts.get("export.coming"), export.warningProperty().get());
        export.contents().set(ExportContent.MORPH);
        assertEquals("", export.warningProperty().get());
        export.contents().set(ExportContent.SIDE_BY_SIDE);
        world.rest.elapse();
        assertEquals("", export.warningProperty().get());
    }

    @Test
    void nothingIsSaidWhileTheFilmOfAChangeIsBeingMade() {
        assertEquals("", opened(making(17, 16)).warningProperty().get());
    }

    @Test
    void framesAreAsLargeAsTheModelOfTheFilmMakesThemThoughThoseOfTheOneBeforeStandIn() {
        var renders = new SwitchedJobRunner();
        StudioViewModel studio = world.studio(new InlineJobRunner(), renders, world.rest);
        FakeWorld.fill(studio);
        world.rest.elapse();
        renders.holdBack();
        world.modelSide = 512;
        studio.model().open(Path.of("other"));
        world.rest.elapse();
        assertTrue(studio.film().hasPictures());
        ExportViewModel export = opened(studio);
        export.scale().set(1);
        assertEquals("512 × 512 pixels", export.pixelsProperty().get());
    }

    @Test
    void whatIsTooLargeForAFormatIsSaidAndNotExported() {
        StudioViewModel studio = making(17, 512);
        ExportViewModel export = opened(studio);
        export.formats().set(FilmFormat.CONTACT_SHEET);
        assertTrue(export.readyProperty().get());
        export.scale().set(5);
        assertEquals(
                "A sheet of 12816 × 10252 pixels is too large: choose a smaller size, or fewer pictures.",
                export.summaryProperty().get());
        assertFalse(export.readyProperty().get());
        export.export();
        assertTrue(studio.exports().jobs().isEmpty());
        export.formats().set(FilmFormat.MP4);
        assertTrue(export.readyProperty().get());
        export.contents().ticked(ExportContent.SIDE_BY_SIDE).set(true);
        assertEquals(
                "A film of 5140 × 2742 pixels is too large for MP4 video: choose a smaller size.",
                export.summaryProperty().get());
        export.scale().set(4);
        assertTrue(export.readyProperty().get());
    }

    /** The frames of two films beside each other lie on the disk as large as they will be, and are written as they lie there. */
    @Test
    void whatTheDiskHasNoRoomForIsToldBeforeAnythingIsRendered() {
        var asked = new ArrayList<Footage>();
        world.exporter = new Exporter() {
            @Override
            public void export(ExportRequest request, ProgressListener progress, CancellationToken cancellation) {
                world.exports.add(request);
            }

            @Override
            public void checkRoom(Footage film) throws ExportException {
                asked.add(film);
                if (film.settings().format() == FilmFormat.PNG_SEQUENCE) {
                    throw new ExportException(
                            FilmRefusal.DISK_FULL.with(film.target().getFileName()), "The disk is full.", null);
                }
            }
        };
        StudioViewModel studio = world.renderedStudio();
        ExportViewModel export = opened(studio);
        export.formats().set(FilmFormat.PNG_SEQUENCE);
        export.contents().set(ExportContent.SIDE_BY_SIDE);
        export.scale().set(8);
        int calls = world.networkCalls.get();
        export.export();
        assertEquals(
                world.texts.get("trouble.film.DISK_FULL", "morph-beside-frames"),
                export.summaryProperty().get());
        assertTrue(studio.exports().jobs().isEmpty());
        assertEquals(calls, world.networkCalls.get());
        Footage film = asked.getFirst();
        assertEquals(folder.resolve("morph-beside-frames"), film.target());
        assertEquals(17, film.frames());
        assertEquals(SideBySide.width(world.modelSide, 8), film.width());
        assertEquals(SideBySide.height(world.modelSide, 8), film.height());
        assertEquals(1, film.settings().sizeMultiple());
        export.formats().set(FilmFormat.GIF);
        export.contents().set(ExportContent.MORPH);
        assertFalse(export.summaryProperty().get().contains("room"), export.summaryProperty()::get);
        export.export();
        assertEquals(List.of("morph.gif"), written());
        assertEquals(world.modelSide, asked.getLast().width());
        assertEquals(8, asked.getLast().settings().sizeMultiple());
    }

    @Test
    void aSizeThatIsMadeTooLargeBeforeTheAnswerIsNotExported() throws IOException {
        Files.createFile(folder.resolve("morph-sheet.png"));
        StudioViewModel studio = making(17, 512);
        ExportViewModel export = opened(studio);
        export.formats().set(FilmFormat.CONTACT_SHEET);
        export.scale().set(1);
        export.export();
        assertEquals("Already there: “morph-sheet.png”.", export.clashProperty().get());
        export.scale().set(8);
        export.replace();
        assertEquals("", export.clashProperty().get());
        assertTrue(export.showingProperty().get());
        assertTrue(studio.exports().jobs().isEmpty());
    }

    /** To try a name is to make a file, which the film that arrives would meet; on many disks case makes no other name. */
    @ParameterizedTest
    @ValueSource(strings = {"morph", "Morph"})
    void whereAFilmIsOnItsWayNoNameIsTried(String onItsWay) throws IOException {
        var jobs = new SwitchedJobRunner();
        StudioViewModel studio = rendered(jobs);
        ExportViewModel export = opened(studio);
        export.nameProperty().set(onItsWay);
        jobs.holdBack();
        export.export();
        jobs.runLast();
        export.open();
        export.nameProperty().set("morph");
        export.export();
        jobs.runLast();
        assertEquals("Already there: “morph.mp4”.", export.clashProperty().get());
        var untouched = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(folder, untouched);
        export.replace();
        jobs.runLast();
        assertEquals(untouched, Files.getLastModifiedTime(folder));
        assertEquals(2, studio.exports().jobs().size());
    }

    /** The look at the disk takes its time. */
    @Test
    void whatIsChosenWhileTheDiskIsLookedAtWaitsForTheNextExport() {
        var jobs = new SwitchedJobRunner();
        StudioViewModel studio = rendered(jobs);
        ExportViewModel export = opened(studio);
        export.formats().ticked(FilmFormat.GIF).set(true);
        jobs.holdBack();
        export.export();
        export.formats().ticked(FilmFormat.MP4).set(false);
        jobs.runAll();
        assertEquals(List.of("morph.mp4", "morph.gif"), written());
        assertEquals(
                List.of(FilmFormat.MP4, FilmFormat.GIF),
                world.exports.stream()
                        .map(request -> request.settings().format())
                        .toList());
    }

    @Test
    void anExportThatIsAskedForTwiceWhileTheDiskIsLookedAtIsOne() {
        var jobs = new SwitchedJobRunner();
        StudioViewModel studio = rendered(jobs);
        ExportViewModel export = opened(studio);
        jobs.holdBack();
        export.export();
        export.export();
        jobs.runAll();
        assertEquals(List.of("morph.mp4"), written());
        export.open();
        export.export();
        export.close();
        jobs.runAll();
        assertEquals(1, written().size());
    }

    @Test
    void nameAndFolderFollowTheWork() throws IOException {
        StudioViewModel studio = world.renderedStudio();
        ProjectViewModel project = studio.work().project();
        ExportViewModel export = opened(studio);
        assertEquals("morph", export.nameProperty().get());
        project.embeddingProperty().set(true);
        Path roses = Files.createDirectory(folder.resolve("roses"));
        world.answers.add(roses.resolve("rose.morph"));
        project.saveAs();
        export.open();
        assertEquals("rose", export.nameProperty().get());
        assertEquals(folder, export.folderProperty().get(), "chosen for this work");
        export.nameProperty().set("red");
        world.answers.add(roses.resolve("copy.morph"));
        project.saveAs();
        export.open();
        assertEquals("red", export.nameProperty().get(), "chosen for this work");

        project.open(roses.resolve("rose.morph"));
        world.rest.elapse();
        export.open();
        assertEquals("rose", export.nameProperty().get());
        assertEquals(roses, export.folderProperty().get());
        project.startNew();
        FakeWorld.fill(studio);
        world.rest.elapse();
        export.open();
        assertEquals("morph", export.nameProperty().get());
    }

    @Test
    void theChoicesOfAnExportGoWithTheWorkTheyWereMadeFor() {
        StudioViewModel studio = world.renderedStudio();
        ProjectViewModel project = studio.work().project();
        project.embeddingProperty().set(true);
        Path rose = folder.resolve("rose.morph");
        world.answers.add(rose);
        project.saveAs();
        project.startNew();
        FakeWorld.fill(studio);
        world.rest.elapse();
        ExportViewModel export = opened(studio);
        export.nameProperty().set("red");

        studio.work().drop(List.of(new PictureOffer.File(rose)));
        assertTrue(export.showingProperty().get(), "asks first");
        project.discardAndGoOn();
        assertFalse(export.showingProperty().get());
        world.rest.elapse();
        export.open();
        assertEquals("rose", export.nameProperty().get());
    }

    @Test
    void whatWasExportedWithIsChosenInTheNextSession() {
        var kept = new ArrayList<StudioSettings>();
        StudioViewModel studio = world.renderedStudio();
        new SettingsViewModel(StudioSettings.DEFAULT, kept::add).remember(studio.export());
        ExportViewModel export = opened(studio);
        export.formats().set(FilmFormat.GIF);
        export.formats().ticked(FilmFormat.WEBP).set(true);
        export.contents().set(ExportContent.SIDE_BY_SIDE);
        export.scale().set(2);
        export.quality().set(55);
        export.repeats().set(3);
        assertEquals(List.of(), kept);
        export.export();

        StudioViewModel next = world.renderedStudio();
        new SettingsViewModel(kept.getLast(), kept::add).remember(next.export());
        next.export().open();
        assertEquals(
                List.of(FilmFormat.GIF, FilmFormat.WEBP),
                next.export().formats().chosen());
        assertEquals(
                List.of(ExportContent.SIDE_BY_SIDE), next.export().contents().chosen());
        assertEquals(2, next.export().scale().get());
        assertEquals(55, next.export().quality().get());
        assertEquals(3, next.export().repeats().get());
        assertEquals(folder, next.export().folderProperty().get());
    }

    @Test
    void whatCannotBeUsedOfAnEarlierSessionIsAsTheStudioHasIt() {
        Path home = Path.of(System.getProperty("user.home"));
        for (String gone : List.of(folder.resolve("gone").toString(), "films", "\0")) {
            StudioViewModel studio = world.renderedStudio();
            studio.export().restore(new StudioSettings.Export(List.of("FLIPBOOK"), List.of(), 99, null, null, gone));
            studio.export().open();
            assertEquals(List.of(FilmFormat.MP4), studio.export().formats().chosen());
            assertEquals(
                    List.of(ExportContent.MORPH), studio.export().contents().chosen());
            assertEquals(8, studio.export().scale().get());
            assertEquals(80, studio.export().quality().get());
            assertEquals(home, studio.export().folderProperty().get());
        }
    }

    @Test
    void aFolderOfAnEarlierSessionThatIsFoundLateIsNotTheUsualOne() throws IOException {
        var jobs = new SwitchedJobRunner();
        StudioViewModel studio = rendered(jobs);
        Path late = Files.createDirectory(folder.resolve("late"));
        jobs.holdBack();
        studio.export().restore(new StudioSettings.Export(List.of(), List.of(), null, null, null, late.toString()));
        ExportViewModel export = opened(studio);
        export.export();
        jobs.runLast();
        jobs.runAll();
        assertEquals(1, written().size());
        studio.work().project().startNew();
        studio.work().project().discardAndGoOn();
        FakeWorld.fill(studio);
        jobs.runAll();
        world.rest.elapse();
        jobs.runAll();
        export.open();
        assertEquals(folder, export.folderProperty().get());
    }

    @Test
    void framesNeverMixWithWhatAFolderHolds() throws IOException {
        Files.createFile(Files.createDirectory(folder.resolve("morph-frames")).resolve("0001.png"));
        ExportViewModel export = opened(world.renderedStudio());
        export.formats().set(FilmFormat.PNG_SEQUENCE);
        export.export();
        assertEquals(List.of("morph-frames-2"), written());
    }

    @Test
    void theRivalGoesBesideTheMorphWithBothNamesWhetherItIsSeenOrNot() {
        StudioViewModel studio = world.renderedStudio();
        ExportViewModel export = opened(studio);
        export.contents().set(ExportContent.SIDE_BY_SIDE);
        export.export();
        assertEquals(17, world.exports.getFirst().rival().size());
        assertEquals(
                List.of("NoiseDiffusion", "Slerp"), world.exports.getFirst().captions());
        studio.compare().toggle();
        world.rest.elapse();
        int calls = world.networkCalls.get();
        export.open();
        export.nameProperty().set("other");
        export.export();
        assertEquals(calls, world.networkCalls.get());
        assertEquals(world.exports.getFirst().rival(), world.exports.getLast().rival());
    }

    private ExportRequest exportedBeside(
            StudioViewModel studio, CompareMode mode, CompareSide left, CompareSide right) {
        studio.compare().left().set(left);
        studio.compare().right().set(right);
        studio.compare().mode().set(mode);
        world.rest.elapse();
        ExportViewModel export = opened(studio);
        export.contents().set(ExportContent.SIDE_BY_SIDE);
        String beside = export.besideProperty().get();
        export.export();
        ExportRequest saved = world.exports.getLast();
        assertEquals("Side by side: " + String.join(" | ", saved.captions()), beside);
        return saved;
    }

    @Test
    void keptSettingsAreExportedBesideTheMorphUnderTheirNumber() {
        StudioViewModel studio = world.renderedStudio();
        studio.kept().keep(KeptLetter.A);
        studio.parameters().gamma().set(0.4);
        ExportRequest saved = exportedBeside(studio, CompareMode.SIDE_BY_SIDE, CompareSide.CURRENT, CompareSide.KEPT_A);
        assertEquals(List.of("NoiseDiffusion", "Settings 1"), saved.captions());
        assertEquals(FilmPictures.of(studio.film()), saved.frames());
        assertEquals(FilmPictures.of(studio.compare().film()), saved.rival());
        assertNotEquals(saved.frames(), saved.rival());
    }

    @Test
    void twoKeptSettingsAreExportedAsTheyAreSeen() {
        StudioViewModel studio = world.renderedStudio();
        studio.kept().keep(KeptLetter.A);
        studio.parameters().gamma().set(0.4);
        studio.kept().keep(KeptLetter.B);
        studio.parameters().gamma().set(0.8);
        ExportRequest saved = exportedBeside(studio, CompareMode.WIPE, CompareSide.KEPT_B, CompareSide.KEPT_A);
        assertEquals(List.of("Settings 2", "Settings 1"), saved.captions());
        assertEquals(FilmPictures.of(studio.compare().films().getFirst()), saved.frames());
        assertEquals(FilmPictures.of(studio.compare().film()), saved.rival());
        assertEquals(0.4, ((NoiseDiffusion) saved.request().settings().method()).gamma());
    }

    /** A pace that the recipe held would stay as it is when pictures are replaced. */
    @Test
    void theSpeedOfTwoKeptSettingsIsMeasuredAnewByTheirRecipe() {
        StudioViewModel studio = world.studio();
        studio.parameters().easing().set(Movement.CONSTANT_SPEED);
        FakeWorld.fill(studio);
        studio.kept().keep(KeptLetter.A);
        studio.parameters().gamma().set(0.4);
        studio.kept().keep(KeptLetter.B);
        studio.parameters().gamma().set(0.8);
        ExportRequest saved = exportedBeside(studio, CompareMode.WIPE, CompareSide.KEPT_B, CompareSide.KEPT_A);
        Recipe read = Recipe.parse(
                        Recipe.of(saved.request(), saved.model(), "test").toJson())
                .orElseThrow();
        assertInstanceOf(
                Easing.Measured.class, studio.film().pace().orElseThrow().noiseEasing(0));
        assertEquals(new MorphPath(new Easing.ConstantSpeed(), false), read.morphPath());
    }

    @Test
    void theMorphIsExportedOnTheSideOnWhichItIsSeen() {
        StudioViewModel studio = world.renderedStudio();
        ExportRequest saved = exportedBeside(studio, CompareMode.DIFFERENCE, CompareSide.SLERP, CompareSide.CURRENT);
        assertEquals(List.of("Slerp", "NoiseDiffusion"), saved.captions());
        assertEquals(FilmPictures.of(studio.film()), saved.rival());
        assertEquals(studio.film().version().orElseThrow().request(), saved.request());
    }

    @Test
    void twoFilmsOfOneMethodKeepTheNamesThatTellThemApart() {
        StudioViewModel studio = world.renderedStudio();
        studio.parameters().method().set(MethodName.SLERP);
        ExportRequest saved = exportedBeside(studio, CompareMode.SIDE_BY_SIDE, CompareSide.CURRENT, CompareSide.SLERP);
        assertEquals(List.of("Now: Slerp", "Slerp"), saved.captions());
    }

    @Test
    void aMorphThatNoFileShowsIsNotRendered() {
        var renders = new SwitchedJobRunner();
        StudioViewModel studio = world.studio(new InlineJobRunner(), renders, world.rest);
        FakeWorld.fill(studio);
        studio.kept().keep(KeptLetter.A);
        studio.parameters().gamma().set(0.4);
        studio.kept().keep(KeptLetter.B);
        studio.compare().left().set(CompareSide.KEPT_A);
        studio.compare().right().set(CompareSide.KEPT_B);
        studio.compare().mode().set(CompareMode.SIDE_BY_SIDE);
        world.rest.elapse();
        renders.holdBack();
        studio.parameters().gamma().set(0.8);
        world.rest.elapse();
        studio.render().cancel();
        assertFalse(studio.film().isComplete());

        int calls = world.networkCalls.get();
        ExportViewModel export = opened(studio);
        export.contents().set(ExportContent.SIDE_BY_SIDE);
        export.export();
        assertEquals(calls, world.networkCalls.get());
        ExportRequest saved = world.exports.getFirst();
        assertEquals(FilmPictures.of(studio.compare().films().getFirst()), saved.frames());
        assertEquals(FilmPictures.of(studio.compare().film()), saved.rival());
        assertEquals(0, ((NoiseDiffusion) saved.request().settings().method()).gamma());
    }

    @Test
    void anOriginalIsNoFilmAndGivesItsPlaceToTheMorph() {
        StudioViewModel studio = world.renderedStudio();
        studio.compare().left().set(CompareSide.SLERP);
        studio.compare().right().set(CompareSide.ORIGINAL);
        studio.compare().mode().set(CompareMode.SIDE_BY_SIDE);
        world.rest.elapse();
        ExportViewModel export = opened(studio);
        assertEquals("", export.besideProperty().get());
        export.contents().set(ExportContent.SIDE_BY_SIDE);
        assertEquals(
                "Side by side: Slerp | NoiseDiffusion", export.besideProperty().get());
        studio.compare().left().set(CompareSide.ORIGINAL);
        assertEquals(
                "Side by side: NoiseDiffusion | Slerp", export.besideProperty().get());
    }

    @Test
    void aFilmIsAsLongAsItsSlowestFormatShowsIt() {
        ExportViewModel export = opened(making(97, 16));
        export.order().set(Playback.LOOP);
        export.fps().set(60);
        String atSixty = "97 frames · 1.6 s · 64 × 64 pixels";
        String atFifty = "97 frames · 1.9 s · 64 × 64 pixels";
        assertEquals(atSixty, export.summaryProperty().get());
        export.formats().set(FilmFormat.GIF);
        assertEquals(atFifty, export.summaryProperty().get());
        export.formats().ticked(FilmFormat.MP4).set(true);
        assertEquals(atFifty, export.summaryProperty().get());
    }

    @Test
    void repeatsCountOnlyInAVideoThatLoops() {
        ExportViewModel export = world.renderedStudio().export();
        export.repeats().set(3);
        export.fps().set(32);
        assertEquals(
                "96 frames · 3.0 s · 64 × 64 pixels", export.summaryProperty().get());
        export.order().set(Playback.ONCE);
        assertEquals(
                "17 frames · 0.5 s · 64 × 64 pixels", export.summaryProperty().get());
    }

    @ParameterizedTest
    @CsvSource({"film.gif, film", "a/b:c, a-b-c", "'  ', ''", "..., ''", "no.dots.lost, no.dots.lost"})
    void aNameIsMadePlain(String typed, String plain) {
        assertEquals(plain, ExportTargets.plain(typed));
    }
}
