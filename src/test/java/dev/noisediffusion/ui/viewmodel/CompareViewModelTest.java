package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.image.CieLab;
import dev.noisediffusion.image.HeatColours;
import dev.noisediffusion.image.Montage;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.morph.Crossfade;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.NoiseIntroduction;
import dev.noisediffusion.morph.Slerp;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.ManualJobRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompareViewModelTest {
    private final FakeWorld world = new FakeWorld();
    private final StudioViewModel studio = world.renderedStudio();
    private final CompareViewModel compare = studio.compare();

    @TempDir
    private Path folder;

    private void compare(CompareMode mode, CompareSide left, CompareSide right) {
        compare.left().set(left);
        compare.right().set(right);
        compare.mode().set(mode);
        world.rest.elapse();
    }

    private MorphRequest shownBy(int film) {
        return compare.films().get(film).version().orElseThrow().request();
    }

    private MorphRequest morph() {
        return studio.film().version().orElseThrow().request();
    }

    private PaneViewModel pane(int index) {
        return studio.preview().panes().get(index);
    }

    private Raster raster(int index) {
        return Objects.requireNonNull(pane(index).rasterProperty().get());
    }

    @ParameterizedTest
    @EnumSource(
            value = CompareMode.class,
            names = {"SIDE_BY_SIDE", "WIPE", "DIFFERENCE"})
    void aPairShowsTheMorphAndTheSideThatWasChosenWithTheSameSeed(CompareMode mode) {
        compare(mode, CompareSide.CURRENT, CompareSide.SLERP);
        assertEquals(morph().withMethod(new Slerp()), shownBy(1));
        assertTrue(compare.film().isComplete());
        assertTrue(compare.films().get(0).cells().isEmpty());
        assertEquals("Now: NoiseDiffusion", pane(0).captionProperty().get());
        assertEquals("Slerp", pane(1).captionProperty().get());
        assertNull(pane(2).rasterProperty().get());
    }

    @Test
    void theGridShowsEveryMethodAndRendersNoneTwice() {
        int before = world.networkCalls.get();
        compare.mode().set(CompareMode.GRID);
        world.rest.elapse();
        assertEquals(morph(), shownBy(0));
        assertEquals(new Slerp(), shownBy(1).settings().method());
        assertEquals(new NoiseIntroduction(), shownBy(2).settings().method());
        assertEquals(new Crossfade(), shownBy(3).settings().method());
        // The morph is there already and a crossfade needs no network: two films of 15 frames are left, each the frame
        // in sight and 4 batches.
        int callsOfAFrame = studio.model()
                .lease()
                .orElseThrow()
                .ask(renderer -> renderer.timetable(morph().settings()).length());
        assertEquals(2 * 5 * callsOfAFrame, world.networkCalls.get() - before);
        for (int i = 0; i < 4; i++) {
            assertNotNull(pane(i).rasterProperty().get());
            assertFalse(pane(i).staleProperty().get());
        }
    }

    @Test
    void allPicturesMoveInLockstep() {
        compare.mode().set(CompareMode.GRID);
        world.rest.elapse();
        studio.playback().seek(5);
        for (int i = 0; i < 4; i++) {
            Picture frame = compare.films().get(i).cells().get(5).picture().orElseThrow();
            assertEquals(Raster.enlarged(frame).argb()[0], raster(i).argb()[0]);
        }
    }

    @Test
    void aComparisonThatIsOverIsRenderedNoFurther() {
        var renders = new ManualJobRunner();
        StudioViewModel comparing = world.studio(new InlineJobRunner(), renders, world.rest);
        FakeWorld.fill(comparing);
        world.rest.elapse();
        renders.runNext();
        comparing.compare().mode().set(CompareMode.SIDE_BY_SIDE);
        world.rest.elapse();
        assertEquals(RenderState.RENDERING, comparing.render().stateProperty().get());

        comparing.compare().mode().set(CompareMode.SINGLE);
        world.rest.elapse();

        assertEquals(RenderState.FINISHED, comparing.render().stateProperty().get());
        assertTrue(renders.tokens.getLast().isCancelled());
        renders.runNext();
        assertEquals(RenderState.FINISHED, comparing.render().stateProperty().get());
    }

    @Test
    void withLiveOffTooARenderGoesOnWithoutTheFilmThatNobodySeesAnyMore() {
        var renders = new ManualJobRunner();
        StudioViewModel comparing = world.studio(new InlineJobRunner(), renders, world.rest);
        comparing.render().liveProperty().set(false);
        FakeWorld.fill(comparing);
        comparing.compare().mode().set(CompareMode.SIDE_BY_SIDE);
        comparing.render().start();
        assertEquals(17, comparing.compare().film().cells().size());

        comparing.compare().right().set(CompareSide.ORIGINAL);

        assertTrue(renders.tokens.getFirst().isCancelled());
        assertEquals(RenderState.RENDERING, comparing.render().stateProperty().get());
        renders.runNext();
        renders.runNext();
        assertEquals(RenderState.FINISHED, comparing.render().stateProperty().get());
        assertTrue(comparing.film().isComplete());
        assertTrue(comparing.compare().film().cells().isEmpty());
    }

    @Test
    void withLiveOffARenderOfTheMorphGoesOnWhateverIsSet() {
        var renders = new ManualJobRunner();
        StudioViewModel comparing = world.studio(new InlineJobRunner(), renders, world.rest);
        comparing.render().liveProperty().set(false);
        FakeWorld.fill(comparing);
        comparing.compare().mode().set(CompareMode.SIDE_BY_SIDE);
        comparing.render().start();
        comparing.parameters().gamma().set(0.5);
        assertFalse(renders.tokens.getFirst().isCancelled());
        comparing.compare().mode().set(CompareMode.SINGLE);
        assertTrue(renders.tokens.getFirst().isCancelled());
        renders.runNext();
        renders.runNext();
        MorphRequest made = comparing.film().version().orElseThrow().request();
        assertEquals(0, ((NoiseDiffusion) made.settings().method()).gamma());
        assertEquals(RenderState.FINISHED, comparing.render().stateProperty().get());
    }

    @Test
    void aFrameForAFilmThatWasEmptiedMeanwhileIsLetGo() {
        compare(CompareMode.SIDE_BY_SIDE, CompareSide.CURRENT, CompareSide.SLERP);
        compare.right().set(CompareSide.ORIGINAL);
        Picture late = FakeWorld.plain(16, 16, 0x808080);
        compare.film().deliver(3, late, Raster.of(late));
        assertTrue(compare.film().cells().isEmpty());
        assertEquals(0, compare.film().doneProperty().get());
    }

    @Test
    void framesOfAllFilmsArriveTogether() {
        var renders = new ManualJobRunner();
        StudioViewModel slow = world.studio(new InlineJobRunner(), renders, world.rest);
        slow.compare().mode().set(CompareMode.GRID);
        FakeWorld.fill(slow);
        world.rest.elapse();
        assertEquals(1, renders.waitingCount());
        assertEquals(17, slow.compare().films().get(3).cells().size());
        renders.runNext();
        slow.compare().films().forEach(film -> assertTrue(film.isComplete()));
    }

    @Test
    void keptSettingsBringTheirOwnMethodButTheFramesOfTheMorph() {
        studio.parameters().gamma().set(0.3);
        studio.kept().keep(KeptLetter.A);
        studio.parameters().gamma().set(0.6);
        studio.parameters().frames().set(9);
        compare(CompareMode.SIDE_BY_SIDE, CompareSide.KEPT_A, CompareSide.CURRENT);
        assertEquals(0.3, ((NoiseDiffusion) shownBy(0).settings().method()).gamma());
        assertEquals(9, shownBy(0).settings().frames());
        assertEquals(
                "Settings 1: NoiseDiffusion · γ 0.30 · boundary 2.00",
                pane(0).captionProperty().get());
        assertNotNull(pane(0).rasterProperty().get());
    }

    @Test
    void withLiveOffOnlyTheSideThatIsOutdatedIsMarked() {
        compare(CompareMode.SIDE_BY_SIDE, CompareSide.CURRENT, CompareSide.SLERP);
        studio.render().liveProperty().set(false);
        studio.parameters().gamma().set(0.5);
        assertTrue(pane(0).staleProperty().get());
        assertFalse(pane(1).staleProperty().get());
        studio.render().start();
        assertFalse(pane(0).staleProperty().get());
        assertFalse(pane(1).staleProperty().get());
    }

    @Test
    void aSideThatNothingWasKeptForSaysSoAndIsEmpty() {
        compare(CompareMode.WIPE, CompareSide.CURRENT, CompareSide.KEPT_B);
        assertEquals("Settings 2: nothing kept yet", pane(1).captionProperty().get());
        assertNull(pane(1).rasterProperty().get());
        studio.kept().keep(KeptLetter.B);
        world.rest.elapse();
        assertNotNull(pane(1).rasterProperty().get());
    }

    @Test
    void noFilmOfTheSideBeforeIsLeftWhereNothingWasKept() {
        compare(CompareMode.WIPE, CompareSide.CURRENT, CompareSide.SLERP);
        assertNotNull(pane(1).rasterProperty().get());
        compare.right().set(CompareSide.KEPT_B);
        world.rest.elapse();
        assertEquals("Settings 2: nothing kept yet", pane(1).captionProperty().get());
        assertNull(pane(1).rasterProperty().get());
    }

    @Test
    void noFilmOfKeptSettingsIsLeftOnceTheKeepingIsUndone() {
        compare(CompareMode.WIPE, CompareSide.CURRENT, CompareSide.KEPT_A);
        studio.kept().keep(KeptLetter.A);
        world.rest.elapse();
        assertNotNull(pane(1).rasterProperty().get());
        studio.work().history().undo();
        world.rest.elapse();
        assertEquals("Settings 1: nothing kept yet", pane(1).captionProperty().get());
        assertNull(pane(1).rasterProperty().get());
    }

    @Test
    void theOriginalIsThePictureNearestOnThePath() {
        compare(CompareMode.SIDE_BY_SIDE, CompareSide.CURRENT, CompareSide.ORIGINAL);
        studio.playback().seek(2);
        assertEquals("Original A", pane(1).captionProperty().get());
        assertEquals(0xffd04030, raster(1).argb()[0]);
        studio.playback().seek(14);
        assertEquals("Original B", pane(1).captionProperty().get());
        assertEquals(0xff3050d0, raster(1).argb()[0]);
        assertTrue(compare.film().cells().isEmpty());
    }

    @Test
    void theOriginalBesideTheMorphIsCutAsItIs() {
        Picture red = FakeWorld.plain(80, 80, 0xff0000);
        Picture blue = FakeWorld.plain(80, 80, 0x0000ff);
        studio.keyframes().add(List.of(new PictureOffer.Pixels(Raster.of(Montage.sideBySide(red, blue, 0)))));
        KeyframeViewModel slot = studio.keyframes().slots().getLast();
        slot.zoom(2);
        slot.pan(9, 0);
        compare(CompareMode.SIDE_BY_SIDE, CompareSide.CURRENT, CompareSide.ORIGINAL);
        studio.playback().seek(studio.film().cells().size() - 1);
        assertEquals("Original C", pane(1).captionProperty().get());
        Picture cut = FakeWorld.plain(world.modelSide, world.modelSide, 0x0000ff);
        assertArrayEquals(Raster.enlarged(cut).argb(), raster(1).argb());
    }

    @Test
    void theHeatMapShowsTheDistanceOfTheColours() {
        compare(CompareMode.DIFFERENCE, CompareSide.ORIGINAL, CompareSide.CROSSFADE);
        studio.playback().seek(0);
        HeatMap same = Objects.requireNonNull(studio.preview().heatProperty().get());
        assertEquals(0, same.mean());
        assertEquals(0xff << 24 | HeatColours.at(0), same.raster().argb()[0]);

        Raster black = Raster.of(FakeWorld.plain(2, 2, 0x000000));
        Raster grey = Raster.of(FakeWorld.plain(2, 2, 0x777777));
        HeatMap map = HeatMap.of(black, grey, 100).orElseThrow();
        double distance = CieLab.ofRgb(0x777777).lightness();
        assertEquals(distance, map.mean(), 1e-9);
        assertEquals(0xff << 24 | HeatColours.at(distance / 100), map.raster().argb()[3]);
        assertTrue(HeatMap.of(black, Raster.of(FakeWorld.plain(3, 2, 0)), 100).isEmpty());
    }

    @Test
    void anotherRangePaintsTheSameDifferenceHotter() {
        compare(CompareMode.DIFFERENCE, CompareSide.CURRENT, CompareSide.ORIGINAL);
        compare.range().set(HeatRange.FULL);
        HeatMap before = Objects.requireNonNull(studio.preview().heatProperty().get());
        compare.range().set(HeatRange.FINE);
        HeatMap after = Objects.requireNonNull(studio.preview().heatProperty().get());
        assertEquals(before.mean(), after.mean());
        assertTrue(CieLab.ofRgb(after.raster().argb()[0]).lightness()
                > CieLab.ofRgb(before.raster().argb()[0]).lightness());
        compare.mode().set(CompareMode.WIPE);
        assertNull(studio.preview().heatProperty().get());
    }

    @Test
    void theHeatMapStaysWhileASettingMovesAlsoWherePixelsAreShownAsTheyAre() {
        compare(CompareMode.DIFFERENCE, CompareSide.CURRENT, CompareSide.SLERP);
        studio.preview().zoom().zoomAt(4, 0.5, 0.5);
        assertNotNull(studio.preview().heatProperty().get());
        studio.parameters().gamma().set(0.5);
        assertTrue(pane(0).coveredProperty().get());
        assertNotNull(studio.preview().heatProperty().get());
    }

    @Test
    void pixelsAreShownAsTheyAreWhenZoomedIn() {
        assertEquals(512, raster(0).width());
        studio.preview().zoom().zoomAt(3, 0.5, 0.5);
        assertEquals(world.modelSide, raster(0).width());
    }

    @Test
    void comparingAgainComparesAsBefore() {
        compare.mode().set(CompareMode.WIPE);
        compare.toggle();
        assertEquals(CompareMode.SINGLE, compare.mode().get());
        compare.toggle();
        assertEquals(CompareMode.WIPE, compare.mode().get());
        compare.swap();
        assertEquals(CompareSide.SLERP, compare.left().get());
        assertEquals(CompareSide.CURRENT, compare.right().get());
    }

    @Test
    void switchingToKeptSettingsIsOneStep() {
        studio.kept().keep(KeptLetter.A);
        studio.parameters().gamma().set(0.5);
        studio.parameters().boundary().set(1);
        studio.kept().keep(KeptLetter.B);
        assertTrue(studio.kept().isInUse(KeptLetter.B).getValue());
        studio.kept().switchTo(KeptLetter.A);
        assertEquals(0, studio.parameters().gamma().get());
        assertEquals(2, studio.parameters().boundary().get());
        assertTrue(studio.kept().isInUse(KeptLetter.A).getValue());
        studio.work().history().undo();
        assertEquals(0.5, studio.parameters().gamma().get());
        assertEquals(1, studio.parameters().boundary().get());
    }

    @Test
    void aFlipGoesBetweenTheSettingsThatAreKeptOnceBothAre() {
        studio.kept().keep(KeptLetter.A);
        studio.parameters().gamma().set(0.5);
        compare.flip();
        assertEquals(0.5, studio.parameters().gamma().get(), "there is no other yet");
        studio.kept().keep(KeptLetter.B);
        compare.flip();
        assertTrue(studio.kept().isInUse(KeptLetter.A).getValue());
        compare.flip();
        assertTrue(studio.kept().isInUse(KeptLetter.B).getValue());
        compare(CompareMode.SIDE_BY_SIDE, CompareSide.KEPT_A, CompareSide.KEPT_B);
        compare.flip();
        assertTrue(studio.kept().isInUse(KeptLetter.B).getValue(), "both are seen already");
    }

    @Test
    void keepingIsUndone() {
        studio.kept().keep(KeptLetter.A);
        assertEquals(
                "keeping settings", studio.work().history().undoNameProperty().get());
        studio.work().history().undo();
        assertEquals("", studio.kept().name(KeptLetter.A).getValue());
        studio.work().history().redo();
        assertNotEquals("", studio.kept().name(KeptLetter.A).getValue());
    }

    @Test
    void aProjectBringsKeptSettingsAndTheComparisonBack() throws Exception {
        studio.parameters().gamma().set(0.4);
        studio.kept().keep(KeptLetter.B);
        compare(CompareMode.WIPE, CompareSide.KEPT_B, CompareSide.ORIGINAL);
        Path file = folder.resolve("a.morph");
        world.answers.add(file);
        studio.work().project().save();
        assertTrue(Files.exists(file));
        StudioViewModel other = world.studio();
        other.work().project().open(file);
        assertEquals(
                studio.kept().name(KeptLetter.B).getValue(),
                other.kept().name(KeptLetter.B).getValue());
        assertEquals(CompareMode.WIPE, other.compare().mode().get());
        assertEquals(
                List.of(CompareSide.KEPT_B, CompareSide.ORIGINAL),
                other.compare().sides());
    }
}
