package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.Garbage;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.morph.FramePlan;
import dev.noisediffusion.morph.Keyframe;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.Slerp;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SheetViewModelTest {
    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner jobs = new SwitchedJobRunner();
    private final StudioViewModel studio = world.studio(jobs, new InlineJobRunner(), world.rest);
    private final SheetViewModel sheet = studio.sheet();

    @BeforeEach
    void fill() {
        studio.parameters().frames().set(5);
        studio.parameters().steps().set(10);
        FakeWorld.fill(studio);
        world.rest.elapse();
    }

    private SheetPlan plan() {
        return Objects.requireNonNull(sheet.planProperty().get());
    }

    private SheetCell cell(int column, int row) {
        return plan().cells().get(row * plan().columns().size() + column);
    }

    private static NoiseDiffusion method(SheetCell cell) {
        return (NoiseDiffusion) cell.request().settings().method();
    }

    /** Settings that the film does not show yet, and that need no other encodings. */
    private void leaveTheFilmBehind() {
        studio.parameters().gain().set(1.3);
    }

    @Test
    void everyCellIsTheFrameInSightInItsOwnSettings() {
        studio.playback().seek(1);
        sheet.openContactSheet();
        assertEquals(25, plan().cells().size());
        assertEquals(List.of("0.00", "0.20", "0.40", "0.60", "0.80"), plan().columns());
        assertEquals(List.of("1.00", "1.50", "2.00", "2.50", "3.00"), plan().rows());
        assertEquals(0.4, method(cell(2, 1)).gamma());
        assertEquals(1.5, method(cell(2, 1)).boundary());
        assertEquals("Lubrication γ 0.40 · Boundary 1.50", cell(2, 1).label());
        assertEquals(1, cell(2, 1).spot().index());
        assertTrue(plan().cells().stream().allMatch(cell -> cell.doneProperty().get()));
        assertTrue(sheet.canExportProperty().get());
        assertFalse(sheet.busyProperty().get());
    }

    @Test
    void everyCellLiesWhereTheFilmHasItsFrame() {
        studio.parameters().easing().set(Movement.CONSTANT_SPEED);
        world.rest.elapse();
        studio.playback().seek(1);
        sheet.openContactSheet();
        FramePlan.Spot own = studio.film().cells().get(1).spot();
        assertTrue(plan().cells().stream().allMatch(cell -> cell.spot().equals(own)));
        FramePlan unmeasured = cell(0, 0).request().plan();
        assertNotEquals(own.weights(), unmeasured.frames().get(1).weights());
    }

    @Test
    void onAnUnevenPathTheSheetIsOfTheFrameInSight() {
        studio.parameters().easing().set(Movement.EASE_IN);
        world.rest.elapse();
        jobs.holdBack();
        for (int i = 0; i < 5; i++) {
            studio.playback().seek(i);
            sheet.openContactSheet();
            assertEquals(i, cell(0, 0).spot().index());
        }
    }

    @Test
    void aFilmThatGoesAnotherWayOnlySaysWhichFrame() {
        studio.render().liveProperty().set(false);
        studio.parameters().easing().set(Movement.EASE_IN);
        studio.playback().seek(3);
        jobs.holdBack();
        sheet.openContactSheet();
        assertEquals(cell(0, 0).request().plan().frames().get(3), cell(0, 0).spot());
    }

    private int cellSide(int count) {
        sheet.close();
        sheet.across().count().set(count);
        sheet.down().count().set(count);
        sheet.openContactSheet();
        return Objects.requireNonNull(cell(0, 0).rasterProperty().get()).width();
    }

    @Test
    void ofFewCellsEachIsSharp() {
        studio.render().liveProperty().set(false);
        studio.parameters().steps().set(2);
        world.modelSide = 320;
        studio.model().open(Path.of("large"));
        assertEquals(320, cellSide(3));
        assertEquals(256, cellSide(4));
    }

    @Test
    void aQuickLookAtEveryCellComesBeforeTheFirstWholeOne() {
        leaveTheFilmBehind();
        jobs.holdBack();
        sheet.openContactSheet();
        var news = new ArrayList<String>();
        for (SheetCell cell : plan().cells()) {
            cell.rasterProperty().addListener((observable, before, now) -> news.add("picture"));
            cell.doneProperty().addListener((observable, before, now) -> news.add("done"));
        }
        jobs.runAll();
        assertEquals(25, news.indexOf("done") - 1, "25 looks and the first whole picture");
        assertEquals(75, news.size());
    }

    @Test
    void anotherAxisMakesTheSheetAnewAndNoAxisIsTakenTwice() {
        sheet.openContactSheet();
        sheet.across().axis().set(SheetAxis.DEPTH);
        assertEquals(List.of("0.50", "0.60", "0.70", "0.80", "0.90"), plan().columns());
        assertEquals(0.5, cell(0, 0).request().settings().depth(), 1e-9);
        sheet.down().axis().set(SheetAxis.DEPTH);
        assertEquals(SheetAxis.BOUNDARY, sheet.across().axis().get());
        sheet.across().axis().set(SheetAxis.GAIN);
        sheet.across().count().set(3);
        sheet.across().to().set(1.6);
        assertEquals(List.of("0.60", "1.10", "1.60"), plan().columns());
        assertEquals(1.1, method(cell(1, 0)).injection().nuGain());
    }

    @Test
    void anEncodingIsMadeOnceForAllCells() {
        leaveTheFilmBehind();
        int before = world.networkCalls.get();
        sheet.openContactSheet();
        int length = studio.model()
                .lease()
                .orElseThrow()
                .ask(renderer -> renderer.timetable(
                                plan().cells().getFirst().request().settings())
                        .length());
        assertEquals(25 + 25 * length, world.networkCalls.get() - before);
    }

    private int cellOf(double gamma, double boundary) {
        return IntStream.range(0, plan().cells().size())
                .filter(i -> method(plan().cells().get(i)).gamma() == gamma
                        && method(plan().cells().get(i)).boundary() == boundary)
                .findFirst()
                .orElseThrow();
    }

    private List<SheetCell> inUse() {
        return plan().cells().stream()
                .filter(cell -> cell.inUseProperty().get())
                .toList();
    }

    @Test
    void aSheetThatIsOpenedAgainIsThereAtOnceAndTheCellThatWasTakenIsMarked() {
        sheet.openContactSheet();
        assertEquals(List.of(plan().cells().get(cellOf(0, 2))), inUse());
        sheet.choose(plan().cells().get(cellOf(0.6, 1.5)));
        int before = world.networkCalls.get();
        sheet.openContactSheet();
        assertEquals(before, world.networkCalls.get());
        assertTrue(sheet.canExportProperty().get());
        assertEquals(List.of(plan().cells().get(cellOf(0.6, 1.5))), inUse());
        studio.parameters().boundary().set(2.5);
        assertEquals(List.of(plan().cells().get(cellOf(0.6, 2.5))), inUse());
        studio.parameters().depth().set(0.6);
        assertEquals(List.of(), inUse());
    }

    @Test
    void theFrameThatTheFilmHasAlreadyIsNotMadeAgain() {
        jobs.holdBack();
        sheet.openContactSheet();
        var news = new ArrayList<Boolean>();
        SheetCell own = plan().cells().get(cellOf(0, 2));
        own.rasterProperty()
                .addListener((observable, before, now) -> news.add(own.picture().isPresent()));
        jobs.runAll();
        assertEquals(List.of(true), news, "no quick look at it");
        assertEquals(studio.film().cells().get(own.spot().index()).picture(), own.picture());
    }

    @Test
    void onAnotherModelEveryCellIsMadeAnew() {
        sheet.openContactSheet();
        sheet.close();
        studio.model().open(Path.of("another"));
        jobs.holdBack();
        sheet.openContactSheet();
        assertTrue(plan().cells().stream().noneMatch(cell -> cell.doneProperty().get()));
        int before = world.networkCalls.get();
        jobs.runAll();
        assertTrue(world.networkCalls.get() - before >= 2 * 25);
    }

    private void openVariations(SheetAxis other) {
        sheet.down().axis().set(SheetAxis.SEED);
        sheet.across().axis().set(other);
        sheet.openContactSheet();
    }

    @Test
    void theSameFrameIsSeenWithSeveralSeeds() {
        openVariations(SheetAxis.GAMMA);
        assertEquals(List.of("1", "2", "3", "4", "5"), plan().rows());
        assertEquals("Lubrication γ 0.20 · Seed 2", cell(1, 1).label());
        assertEquals(1, cell(1, 0).request().settings().seed());
        assertEquals(2, cell(1, 1).request().settings().seed());
        assertEquals(0.2, method(cell(1, 1)).gamma());
        assertFalse(sheet.raisingGammaHelpsProperty().get());
        assertNotEquals(cell(1, 0).picture(), cell(1, 1).picture());
        assertEquals(cell(0, 0).picture(), cell(0, 1).picture(), "without fresh noise");
        sheet.choose(cell(1, 1));
        assertEquals(2, studio.parameters().seed().get());
    }

    @Test
    void noSeedIsTriedTwice() {
        sheet.down().axis().set(SheetAxis.SEED);
        sheet.down().to().set(3);
        sheet.openContactSheet();
        assertEquals(List.of("1", "2", "3"), plan().rows());
        assertEquals(15, plan().cells().size());
    }

    @Test
    void whereSeedsMakeNoDifferenceItIsToldAndGammaIsRaised() {
        openVariations(SheetAxis.BOUNDARY);
        assertTrue(sheet.messageProperty().get().startsWith("There is no fresh noise"));
        assertTrue(sheet.raisingGammaHelpsProperty().get());
        sheet.raiseGamma();
        assertFalse(sheet.raisingGammaHelpsProperty().get());
        assertEquals(0.2, method(cell(0, 0)).gamma());
        assertNotEquals(cell(0, 0).picture(), cell(0, 1).picture());
        studio.work().history().undo();
        assertEquals(0, studio.parameters().gamma().get());
    }

    @Test
    void thatSeedsMakeNoDifferenceIsToldWhenTheSheetIsFilled() {
        jobs.holdBack();
        openVariations(SheetAxis.BOUNDARY);
        assertTrue(sheet.busyProperty().get());
        assertEquals(world.texts.get("sheet.starting"), sheet.messageProperty().get());
        assertFalse(sheet.raisingGammaHelpsProperty().get());
        jobs.runAll();
        assertTrue(sheet.messageProperty().get().startsWith("There is no fresh noise"));
        assertTrue(sheet.raisingGammaHelpsProperty().get());
    }

    @Test
    void aPictureThatSeveralCellsHaveInCommonIsLookedAtAndMadeOnce() {
        sheet.across().axis().set(SheetAxis.GAIN);
        sheet.down().axis().set(SheetAxis.SEED);
        jobs.holdBack();
        sheet.openContactSheet();
        var looks = new ArrayList<SheetCell>();
        for (SheetCell cell : plan().cells()) {
            cell.rasterProperty().addListener((observable, old, now) -> {
                if (cell.picture().isEmpty()) {
                    looks.add(cell);
                }
            });
        }
        int before = world.networkCalls.get();
        jobs.runAll();
        int length = studio.model()
                .lease()
                .orElseThrow()
                .ask(renderer ->
                        renderer.timetable(cell(0, 0).request().settings()).length());
        // Of five gains the film has one, and the seeds of each make the same picture.
        assertEquals(4 + 4 * length, world.networkCalls.get() - before);
        assertEquals(20, new HashSet<>(looks).size(), "every other cell shows the look");
        assertTrue(plan().isComplete());
    }

    @Test
    void aSheetOfWhatEveryMethodHasLeavesTheMethod() {
        studio.parameters().method().set(MethodName.SLERP);
        openVariations(SheetAxis.DEPTH);
        assertEquals(new Slerp(), cell(0, 0).request().settings().method());
        assertTrue(sheet.messageProperty().get().startsWith("This method uses no fresh noise"));
        assertFalse(sheet.raisingGammaHelpsProperty().get());
        sheet.choose(cell(1, 1));
        assertEquals(MethodName.SLERP, studio.parameters().method().get());
    }

    @Test
    void guidanceIsOfferedWhereWordsAreReadAndThere() {
        assertFalse(sheet.guidanceOffered().get());
        world.readsWords = true;
        studio.model().open(Path.of("reader"));
        assertFalse(sheet.guidanceOffered().get());
        studio.parameters().words().prompt().set("a flower");
        assertTrue(sheet.guidanceOffered().get());
        sheet.across().axis().set(SheetAxis.GUIDANCE);
        sheet.openContactSheet();
        assertEquals(List.of("1.0", "3.0", "5.0", "7.0", "9.0"), plan().columns());
        assertEquals(3, cell(1, 0).request().settings().prompting().guidance());
        studio.parameters().words().prompt().set("");
        assertEquals(SheetAxis.GAMMA, sheet.across().axis().get());
        assertEquals(SheetAxis.BOUNDARY, sheet.down().axis().get());
    }

    @Test
    void aCellIsAdoptedInOneStep() {
        studio.parameters().method().set(MethodName.SLERP);
        studio.parameters().boundaryOffProperty().set(true);
        sheet.openContactSheet();
        sheet.choose(cell(3, 4));
        assertFalse(sheet.isOpen());
        assertEquals(MethodName.NOISE_DIFFUSION, studio.parameters().method().get());
        assertEquals(0.6, studio.parameters().gamma().get());
        assertEquals(3, studio.parameters().boundary().get());
        assertFalse(studio.parameters().boundaryOffProperty().get());
        assertEquals(
                "settings from the sheet",
                studio.work().history().undoNameProperty().get());
        studio.work().history().undo();
        assertEquals(MethodName.SLERP, studio.parameters().method().get());
        assertTrue(studio.parameters().boundaryOffProperty().get());
    }

    @Test
    void whatIsThereStaysWhenTheRestIsCancelled() {
        leaveTheFilmBehind();
        jobs.holdBack();
        sheet.openContactSheet();
        assertTrue(sheet.busyProperty().get());
        SheetCell third = plan().cells().get(2);
        third.doneProperty().subscribe(done -> {
            if (done) {
                sheet.cancel();
            }
        });
        jobs.runAll();
        assertFalse(sheet.busyProperty().get());
        assertEquals("Stopped", sheet.messageProperty().get());
        assertEquals(
                3,
                plan().cells().stream()
                        .filter(cell -> cell.doneProperty().get())
                        .count());
        assertFalse(sheet.canExportProperty().get());
        assertNotNull(plan().cells().getLast().rasterProperty().get());
    }

    @Test
    void closingOrAnotherSheetEndsTheWork() {
        jobs.holdBack();
        sheet.openContactSheet();
        sheet.across().count().set(2);
        assertTrue(jobs.tokens().getFirst().isCancelled());
        sheet.close();
        assertTrue(jobs.tokens().getLast().isCancelled());
        assertNull(sheet.planProperty().get());
        jobs.runAll();
        assertNull(sheet.planProperty().get());
        assertFalse(sheet.isOpen());
    }

    /** What the sheet is of; others have lists of their own. */
    private WeakReference<List<Keyframe>> pictures() {
        return new WeakReference<>(cell(0, 0).request().keyframes());
    }

    @Test
    void aSheetThatWasLeftKeepsNoPictures() throws InterruptedException {
        sheet.openContactSheet();
        WeakReference<List<Keyframe>> pictures = pictures();
        sheet.leave();
        assertTrue(Garbage.isGone(pictures));
    }

    @Test
    void aSheetThatIsClosedWhileItFillsLeavesNobodyBusy() {
        jobs.holdBack();
        sheet.openContactSheet();
        assertTrue(studio.status().busyProperty().get());
        sheet.close();
        assertFalse(sheet.busyProperty().get());
        assertNull(sheet.progressProperty().get());
        jobs.runAll();
        assertFalse(sheet.busyProperty().get());
        assertFalse(studio.status().busyProperty().get());
    }

    @Test
    void aSheetThatCannotBeMadeIsNotBusyWithTheOneBefore() {
        jobs.holdBack();
        sheet.openContactSheet();
        sheet.openMorphGrid();
        assertNull(sheet.planProperty().get());
        assertFalse(sheet.busyProperty().get());
        jobs.runAll();
        assertFalse(sheet.busyProperty().get());
        assertTrue(sheet.messageProperty().get().startsWith("Add a third picture"));
    }

    @Test
    void aChangeOfTheSettingsIsToldAndMadeGoodOnRequest() {
        sheet.openContactSheet();
        studio.parameters().depth().set(0.6);
        assertTrue(sheet.messageProperty().get().startsWith("Settings or pictures have changed"));
        assertEquals(0.7, cell(0, 0).request().settings().depth(), 1e-9);
        sheet.fill();
        assertEquals(0.6, cell(0, 0).request().settings().depth(), 1e-9);
    }

    @Test
    void aChangeWhileTheSheetFillsIsStillToldWhenTheWorkHasEnded() {
        jobs.holdBack();
        sheet.openContactSheet();
        studio.parameters().depth().set(0.6);
        jobs.runAll();
        assertFalse(sheet.busyProperty().get());
        assertTrue(
                sheet.messageProperty().get().startsWith("Settings or pictures have changed"),
                sheet.messageProperty().get());
        sheet.fill();
        sheet.cancel();
        jobs.runAll();
        assertEquals("Stopped", sheet.messageProperty().get());
    }

    @Test
    void aCellIsSeenLargeAndCopiedOnceItHasItsPicture() {
        leaveTheFilmBehind();
        jobs.holdBack();
        sheet.openContactSheet();
        var board = new ArrayList<Raster>();
        sheet.look(cell(2, 2));
        sheet.copy(cell(2, 2), board::add);
        assertEquals("This cell is not finished yet.", sheet.messageProperty().get());
        jobs.runAll();
        sheet.look(cell(2, 2));
        sheet.copy(cell(2, 2), board::add);
        jobs.runAll();
        assertNotNull(sheet.largeProperty().get());
        assertEquals(1, board.size());
        assertEquals(world.modelSide, board.getFirst().width());
        assertTrue(sheet.isOpen());
        assertEquals(0, studio.parameters().gamma().get());
    }

    @Test
    void aCellThatIsStillBeingEnlargedDoesNotComeOverTheNextSheet() {
        studio.keyframes().add(FakeWorld.offers("green.png", "red.png", "blue.png"));
        world.rest.elapse();
        sheet.openMorphGrid();
        jobs.holdBack();
        sheet.choose(cell(2, 2));
        sheet.close();
        assertFalse(sheet.isOpen());
        jobs.runAll();
        assertNull(sheet.largeProperty().get());
    }

    @Test
    void aSheetIsLeftWhateverIsLookedAt() {
        studio.keyframes().add(FakeWorld.offers("green.png", "red.png", "blue.png"));
        world.rest.elapse();
        sheet.openMorphGrid();
        sheet.choose(cell(2, 2));
        assertNotNull(sheet.largeProperty().get());
        sheet.leave();
        assertNull(sheet.largeProperty().get());
        assertFalse(sheet.isOpen());
    }

    @Test
    void aFailureIsTold() {
        world.failing = true;
        sheet.openContactSheet();
        assertEquals("The network is out of memory.", sheet.messageProperty().get());
        assertFalse(sheet.busyProperty().get());
    }

    /** @return how many calls of the network there were */
    private AtomicInteger openAModelThatOverflowsAt(Set<Integer> calls) {
        Denoiser sound = world.denoiser;
        var made = new AtomicInteger();
        world.denoiser = (noisy, timestep) -> Kernels.affine(
                calls.contains(made.getAndIncrement()) ? Double.NaN : 1, sound.predict(noisy, timestep), 0);
        studio.model().open(Path.of("overflowing"));
        world.rest.elapse();
        return made;
    }

    /** Network calls of a frame. */
    private int steps() {
        return studio.model()
                .lease()
                .orElseThrow()
                .ask(renderer -> renderer.timetable(
                                studio.film().version().orElseThrow().request().settings())
                        .length());
    }

    @Test
    void aCellThatOverflowsTakesNoOtherWithIt() {
        var overflowing = new HashSet<Integer>();
        AtomicInteger calls = openAModelThatOverflowsAt(overflowing);
        int steps = steps();
        leaveTheFilmBehind();
        // The look at the third cell, and the first call for the fifth.
        overflowing.addAll(List.of(calls.get() + 2, calls.get() + 25 + 4 * steps));
        sheet.openContactSheet();
        assertEquals(
                List.of(cell(4, 0)),
                plan().cells().stream()
                        .filter(cell -> !cell.doneProperty().get())
                        .toList());
        String overflowed = world.texts.trouble(ModelRefusal.OVERFLOWED.with());
        assertEquals(overflowed, sheet.messageProperty().get());
        assertFalse(sheet.busyProperty().get());
        assertFalse(sheet.canExportProperty().get());

        studio.parameters().gain().set(1.5);
        int before = calls.get();
        IntStream.range(before, before + 25).forEach(overflowing::add);
        sheet.fill();
        assertEquals(25, calls.get() - before, "where no look is sound, nothing more is tried");
        assertEquals(overflowed, sheet.messageProperty().get());
    }

    /** Four pictures, whose encodings are known, in the corners of nine cells. */
    private void prepareAGridOfNine() {
        studio.parameters().frames().set(13);
        studio.keyframes().add(FakeWorld.offers("green.png", "red.png"));
        world.rest.elapse();
        sheet.side().set(3);
    }

    @Test
    void cellsOfAMorphGridShareNetworkCalls() {
        prepareAGridOfNine();
        leaveTheFilmBehind();
        int before = world.networkCalls.get();
        sheet.openMorphGrid();
        // The corners are the pictures themselves. Of the five others each is looked at, and four fit into one call.
        assertEquals(5 + 2 * steps(), world.networkCalls.get() - before);
        assertTrue(plan().isComplete());
    }

    @Test
    void aCellOfAMorphGridThatOverflowsTakesNoOtherOfItsCallWithIt() {
        prepareAGridOfNine();
        var overflowing = new HashSet<Integer>();
        AtomicInteger calls = openAModelThatOverflowsAt(overflowing);
        leaveTheFilmBehind();
        int before = calls.get();
        int steps = steps();
        // The first call for four cells together, and of all five by themselves that for the third.
        overflowing.addAll(List.of(before + 5, before + 5 + 3 * steps));
        sheet.openMorphGrid();
        assertEquals(5 + 6 * steps, calls.get() - before);
        assertEquals(
                List.of(cell(1, 1)),
                plan().cells().stream()
                        .filter(cell -> !cell.doneProperty().get())
                        .toList());
        String overflowed = world.texts.trouble(ModelRefusal.OVERFLOWED.with());
        assertEquals(overflowed, sheet.messageProperty().get());
        assertFalse(sheet.canExportProperty().get());
    }

    @Test
    void aGridNeedsThreePictures() {
        sheet.openMorphGrid();
        assertNull(sheet.planProperty().get());
        assertTrue(sheet.messageProperty().get().startsWith("Add a third picture"));
    }

    @Test
    void aGridLiesBetweenThePicturesAndACellIsSeenLarge() {
        studio.keyframes().add(FakeWorld.offers("green.png", "red.png", "blue.png"));
        world.rest.elapse();
        sheet.openMorphGrid();
        assertEquals(25, plan().cells().size());
        assertEquals(4, cell(0, 0).request().keyframes().size());
        assertEquals(
                List.of(0.25, 0.25, 0.25, 0.25), cell(2, 2).spot().weights().values());
        assertEquals("25% A · 25% B · 25% C · 25% D", cell(2, 2).label());
        sheet.choose(cell(2, 2));
        assertNotNull(sheet.largeProperty().get());
        sheet.close();
        assertNull(sheet.largeProperty().get());
        assertTrue(sheet.isOpen());
        sheet.side().set(3);
        assertEquals(9, plan().cells().size());
        sheet.close();
        assertFalse(sheet.isOpen());
    }

    @Test
    void theSheetIsSavedWithItsLabelsAndTheRecipeOfTheMorph() {
        sheet.openContactSheet();
        world.answers.add(Path.of("sheet.png"));
        sheet.export();
        ExportRequest saved = world.exports.getFirst();
        assertEquals(FilmFormat.CONTACT_SHEET, saved.settings().format());
        assertEquals(1, saved.frames().size());
        assertTrue(saved.frames().getFirst().width() > 5 * 256);
        assertEquals(studio.film().version().orElseThrow().request(), saved.request());
        assertEquals("Saved sheet.png", sheet.messageProperty().get());
    }

    @Test
    void whatIsBeingSavedIsSavedThoughTheWindowCloses() {
        world.exporter = (request, progress, cancellation) -> {
            cancellation.throwIfCancelled();
            world.exports.add(request);
        };
        sheet.openContactSheet();
        jobs.holdBack();
        world.answers.add(Path.of("sheet.png"));
        sheet.export();
        jobs.tokens().getLast().cancel();
        jobs.runLast();
        assertEquals(Path.of("sheet.png"), world.exports.getFirst().target());
    }

    @Test
    void whileItIsSavedTheSheetSaysSo() {
        var said = new ArrayList<String>();
        world.exporter = (request, progress, cancellation) ->
                said.add(sheet.messageProperty().get());
        sheet.openContactSheet();
        world.answers.add(Path.of("sheet.png"));
        sheet.export();
        assertEquals(List.of("sheet.png · Writing frames"), said);
    }
}
