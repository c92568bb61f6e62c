package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.morph.Easing;
import dev.noisediffusion.morph.FrameEdit;
import dev.noisediffusion.morph.FrameEdits;
import dev.noisediffusion.morph.FrameIdentity;
import dev.noisediffusion.morph.Moment;
import dev.noisediffusion.morph.MorphRenderer;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.Segment;
import dev.noisediffusion.morph.Weights;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.ManualJobRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RenderViewModelTest {
    private final FakeWorld world = new FakeWorld();
    private final ManualJobRunner renders = new ManualJobRunner();

    private StudioViewModel patientStudio() {
        StudioViewModel studio = world.studio(new InlineJobRunner(), renders, world.rest);
        FakeWorld.fill(studio);
        world.rest.elapse();
        return studio;
    }

    @Test
    void twoPicturesAndAModelRenderByThemselves() {
        StudioViewModel studio = world.renderedStudio();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertEquals(17, studio.film().doneProperty().get());
        assertNotNull(studio.preview().mainProperty().get());
        assertEquals(8, studio.playback().indexProperty().get());
        assertEquals("Finished", studio.status().textProperty().get());
    }

    @Test
    void nothingRendersBeforeThereIsAModelAndTwoPictures() {
        StudioViewModel studio = world.studio();
        studio.keyframes().add(FakeWorld.offers("red.png", "blue.png"));
        world.rest.elapse();
        assertEquals(RenderState.IDLE, studio.render().stateProperty().get());
        studio.model().open(Path.of("model"));
        world.rest.elapse();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
    }

    @Test
    void theFirstFilmBeginsAsSoonAsItsPicturesAndModelAreThere() {
        StudioViewModel studio = world.studio();
        studio.keyframes().add(FakeWorld.offers("red.png", "blue.png"));
        assertFalse(world.rest.isSoon());
        studio.model().open(Path.of("model"));
        assertTrue(world.rest.isSoon());
        world.rest.elapse();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        studio.parameters().gamma().set(0.3);
        assertTrue(world.rest.isWaiting());
        assertFalse(world.rest.isSoon(), "a hand may be at the slider");
    }

    @Test
    void aFilmToCompareWithBeginsWithoutARest() {
        StudioViewModel studio = world.renderedStudio();
        studio.compare().toggle();
        assertTrue(world.rest.isSoon());
    }

    @Test
    void aChangeWhileRenderingEndsTheOlderRender() {
        StudioViewModel studio = patientStudio();
        studio.parameters().gamma().set(0.3);
        assertTrue(renders.tokens.getFirst().isCancelled());
        renders.runNext();
        assertEquals(RenderState.RENDERING, studio.render().stateProperty().get());
        world.rest.elapse();
        assertEquals(RenderState.RENDERING, studio.render().stateProperty().get());
        assertEquals(0, studio.film().doneProperty().get());
        renders.runNext();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
    }

    /** What becomes of the frames between the pictures, in turn: "5 DONE" and the like. */
    private static List<String> news(FilmstripViewModel... films) {
        var news = new ArrayList<String>();
        Stream.of(films)
                .flatMap(film -> film.cells().stream())
                .filter(cell -> !cell.isKeyframe())
                .forEach(cell -> Changes.on(cell.stateProperty(), () -> {
                    if (cell.stateProperty().get() != FrameState.PENDING) {
                        news.add(cell.index() + " " + cell.stateProperty().get());
                    }
                }));
        return news;
    }

    @Test
    void theFrameInSightIsMadeBeforeAllOthersAndAlone() {
        StudioViewModel studio = world.renderedStudio();
        studio.playback().seek(5);
        List<String> news = news(studio.film());
        studio.parameters().gamma().set(0.3);
        world.rest.elapse();
        assertEquals(List.of("5 RENDERING", "5 DONE", "8 RENDERING"), news.subList(0, 3));
    }

    @Test
    void theFrameInSightIsMadeInAllFilmsBeforeAnyOther() {
        StudioViewModel studio = world.renderedStudio();
        studio.compare().toggle();
        world.rest.elapse();
        studio.playback().seek(5);
        List<String> news = news(studio.film(), studio.compare().film());
        studio.parameters().steps().set(10);
        world.rest.elapse();
        List<String> done = news.stream().filter(text -> text.endsWith("DONE")).toList();
        assertEquals(List.of("5 DONE", "5 DONE", "8 DONE"), done.subList(0, 3));
    }

    /** A loop through two pictures without fresh noise comes back through the same frames. */
    @Test
    void theFrameInSightIsMadeFirstAlsoWhereAnEarlierOneIsTheSame() {
        StudioViewModel studio = world.studio();
        studio.parameters().closedProperty().set(true);
        studio.parameters().frames().set(16);
        FakeWorld.fill(studio);
        world.rest.elapse();
        studio.playback().seek(13);
        assertEquals(
                studio.film().cells().get(3).identity(),
                studio.film().cells().get(13).identity());
        List<String> news = news(studio.film());
        studio.parameters().boundary().set(1.5);
        world.rest.elapse();
        assertEquals(List.of("13 RENDERING", "3 DONE", "13 DONE"), news.subList(0, 3));
    }

    @Test
    void framesStayInSightUntilTheirSuccessorsArrive() {
        StudioViewModel studio = patientStudio();
        renders.runNext();
        studio.parameters().gamma().set(0.3);
        world.rest.elapse();
        FrameCell cell = studio.film().cells().get(3);
        assertEquals(FrameState.PENDING, cell.stateProperty().get());
        assertNotNull(cell.thumbnailProperty().get());
        assertNotNull(studio.preview().mainProperty().get());
        assertTrue(studio.preview().mainStaleProperty().get());
        renders.runNext();
        assertFalse(studio.preview().mainStaleProperty().get());
    }

    @Test
    void anotherNumberOfFramesKeepsTheNearestPictures() {
        StudioViewModel studio = patientStudio();
        renders.runNext();
        studio.parameters().frames().set(33);
        world.rest.elapse();
        assertEquals(33, studio.film().cells().size());
        assertTrue(studio.film().cells().stream()
                .allMatch(cell -> cell.thumbnailProperty().get() != null));
        assertEquals(16, studio.playback().indexProperty().get());
    }

    @Test
    void onAnUnevenPathTooTheNearestPictureIsThatOfTheFrameInItsPlace() {
        StudioViewModel studio = world.studio(new InlineJobRunner(), renders, world.rest);
        studio.parameters().easing().set(Movement.EASE_IN);
        FakeWorld.fill(studio);
        world.rest.elapse();
        renders.runNext();
        List<FrameCell> before = List.copyOf(studio.film().cells());
        studio.parameters().frames().set(33);
        world.rest.elapse();
        for (FrameCell cell : studio.film().cells()) {
            FrameCell nearest = before.get(Math.round(cell.index() / 2f));
            assertSame(
                    nearest.thumbnailProperty().get(), cell.thumbnailProperty().get(), () -> "frame " + cell.index());
        }
    }

    @Test
    void aRenderCanBeAskedForOnceThereAreAModelAndPicturesForIt() {
        StudioViewModel studio = world.studio();
        assertFalse(studio.render().canStartProperty().get());
        studio.keyframes().add(FakeWorld.offers("red.png", "blue.png"));
        assertFalse(studio.render().canStartProperty().get());
        studio.model().open(Path.of("model"));
        assertTrue(studio.render().canStartProperty().get());
        studio.keyframes().remove(studio.keyframes().slots().getFirst());
        assertFalse(studio.render().canStartProperty().get());
    }

    @Test
    void thumbnailsAreSharpInTheHighestFilmAndNeverLargerThanTheirFrames() {
        assertEquals(256, thumbnailSide(320));
        assertEquals(200, thumbnailSide(200));
    }

    private int thumbnailSide(int modelSide) {
        world.modelSide = modelSide;
        StudioViewModel studio = world.studio();
        studio.parameters().method().set(MethodName.CROSSFADE);
        studio.parameters().frames().set(2);
        FakeWorld.fill(studio);
        world.rest.elapse();
        Raster thumbnail = Objects.requireNonNull(
                studio.film().cells().getFirst().thumbnailProperty().get());
        return thumbnail.width();
    }

    @Test
    void withLiveOffNothingRendersUntilAsked() {
        StudioViewModel studio = world.renderedStudio();
        studio.render().liveProperty().set(false);
        studio.parameters().gamma().set(0.5);
        assertFalse(world.rest.isWaiting());
        int before = world.networkCalls.get();
        studio.render().start();
        assertTrue(world.networkCalls.get() > before);
    }

    @Test
    void withLiveOffAFilmOfOtherSettingsIsOutdatedUntilItIsRendered() {
        StudioViewModel studio = world.renderedStudio();
        PaneViewModel pane = studio.preview().panes().getFirst();
        studio.render().liveProperty().set(false);
        assertFalse(studio.render().outdatedProperty().get());
        studio.parameters().method().set(MethodName.SLERP);
        assertTrue(studio.render().outdatedProperty().get());
        assertTrue(pane.staleProperty().get());
        assertEquals("Now: NoiseDiffusion", pane.captionProperty().get());
        assertEquals(
                "Not up to date: press Render (Ctrl+R)",
                studio.status().textProperty().get());
        studio.render().start();
        assertFalse(studio.render().outdatedProperty().get());
        assertFalse(pane.staleProperty().get());
        assertEquals("Now: Slerp", pane.captionProperty().get());
        assertEquals("Finished", studio.status().textProperty().get());
    }

    @Test
    void aFilmThatOnlyLacksFramesOrIsRenderedByItselfIsNotOutdated() {
        StudioViewModel studio = patientStudio();
        studio.render().cancel();
        renders.runNext();
        assertFalse(studio.render().outdatedProperty().get());
        studio.render().start();
        renders.runNext();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        studio.parameters().gamma().set(0.3);
        assertFalse(studio.render().outdatedProperty().get());
    }

    @Test
    void aFilmIsOutdatedAlsoWithLiveOnceTheRenderOfTheLastMoveIsCancelled() {
        StudioViewModel studio = patientStudio();
        studio.parameters().gamma().set(0.3);
        assertEquals(RenderState.RENDERING, studio.render().stateProperty().get());
        assertFalse(studio.render().outdatedProperty().get());
        studio.render().cancel();
        assertTrue(studio.render().outdatedProperty().get());
    }

    @Test
    void aFilmIsOutdatedAlsoWithLiveOnceTheRenderToComeIsCancelled() {
        StudioViewModel studio = world.renderedStudio();
        studio.parameters().gamma().set(0.3);
        assertFalse(studio.render().outdatedProperty().get());
        studio.render().cancel();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertTrue(studio.render().outdatedProperty().get());
        assertFalse(world.rest.isWaiting());
    }

    @Test
    void withLiveOffAFilmIsOutdatedAlsoWhileARenderOfOtherSettingsIsOnItsWay() {
        StudioViewModel studio = patientStudio();
        renders.runNext();
        studio.render().liveProperty().set(false);
        studio.parameters().gamma().set(0.3);
        studio.render().start();
        PaneViewModel pane = studio.preview().panes().getFirst();
        assertFalse(studio.render().outdatedProperty().get());
        assertFalse(pane.outdatedProperty().get());
        assertTrue(pane.staleProperty().get());
        studio.parameters().gamma().set(0.5);
        assertEquals(RenderState.RENDERING, studio.render().stateProperty().get());
        assertTrue(studio.render().outdatedProperty().get());
        assertTrue(pane.outdatedProperty().get());
        renders.runNext();
        assertEquals(
                "Not up to date: press Render (Ctrl+R)",
                studio.status().textProperty().get());
    }

    @Test
    void withLiveOffWhatIsRenderedForAnotherSideIsMarkedUnderTheNameOfTheNewOne() {
        StudioViewModel studio = patientStudio();
        renders.runNext();
        studio.render().liveProperty().set(false);
        studio.compare().mode().set(CompareMode.SIDE_BY_SIDE);
        studio.render().start();
        PaneViewModel rival = studio.preview().panes().get(1);
        assertFalse(rival.outdatedProperty().get());
        studio.compare().right().set(CompareSide.CROSSFADE);
        assertEquals(RenderState.RENDERING, studio.render().stateProperty().get());
        assertTrue(rival.outdatedProperty().get());
        assertFalse(studio.preview().panes().getFirst().outdatedProperty().get());
    }

    @Test
    void withLiveOffARenderThatWasAskedForGoesOnThoughTheFramesOfAnotherSettingAreThere() {
        StudioViewModel studio = patientStudio();
        renders.runNext();
        studio.parameters().gamma().set(0.5);
        world.rest.elapse();
        renders.runNext();
        studio.render().liveProperty().set(false);
        studio.parameters().gamma().set(0.7);
        studio.render().start();
        studio.parameters().gamma().set(0);
        assertFalse(renders.tokens.getLast().isCancelled());
        assertEquals(RenderState.RENDERING, studio.render().stateProperty().get());
        renders.runNext();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        MorphRequest made = studio.film().version().orElseThrow().request();
        assertEquals(0.7, ((NoiseDiffusion) made.settings().method()).gamma());
        assertTrue(studio.film().isComplete());
    }

    @Test
    void afterARenderWasCancelledTheNextMoveRendersByItselfAndSoNothingIsOutdated() {
        StudioViewModel studio = patientStudio();
        studio.render().cancel();
        renders.runNext();
        studio.parameters().gamma().set(0.3);
        assertEquals(RenderState.CANCELLED, studio.render().stateProperty().get());
        assertFalse(studio.render().outdatedProperty().get());
        world.rest.elapse();
        renders.runNext();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertEquals(17, studio.film().doneProperty().get());
    }

    @Test
    void whatIsShownAlreadyIsNotRenderedAgain() {
        StudioViewModel studio = world.renderedStudio();
        int before = world.networkCalls.get();
        studio.render().start();
        assertEquals(before, world.networkCalls.get());
        studio.parameters().gamma().set(0.5);
        int afterGlimpse = world.networkCalls.get();
        studio.parameters().gamma().reset();
        world.rest.elapse();
        assertEquals(afterGlimpse, world.networkCalls.get());
    }

    /** The network calls of a render without looks at single frames. */
    private int callsOf(StudioViewModel studio, Runnable change) {
        studio.render().liveProperty().set(false);
        int before = world.networkCalls.get();
        change.run();
        studio.render().start();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        studio.render().liveProperty().set(true);
        world.rest.elapse();
        return world.networkCalls.get() - before;
    }

    @Test
    void aChangeInOneSegmentRendersOnlyItsFrames() {
        StudioViewModel studio = world.renderedStudio();
        studio.parameters().steps().set(10);
        studio.keyframes().add(FakeWorld.offers("green.png"));
        world.rest.elapse();
        List<Picture> before = FilmPictures.of(studio.film());
        KeyframeViewModel second = studio.keyframes().slots().get(1);
        int whole = callsOf(studio, () -> studio.parameters().gamma().set(0.2));
        studio.parameters().gamma().reset();
        int part = callsOf(
                studio,
                () -> second.setSegment(
                        Segment.PLAIN.withEasing(Optional.of(Easing.Preset.EASE_IN), Optional.empty())));
        // Seven frames in each segment: two batches instead of four.
        assertEquals(whole, 2 * part);
        List<Picture> after = FilmPictures.of(studio.film());
        assertEquals(before.subList(0, 9), after.subList(0, 9));
    }

    @Test
    void afterAFrameThatIsMissingNoOtherIsLookedFor() throws IOException {
        MorphRequest request =
                world.renderedStudio().film().version().orElseThrow().request();
        var looked = new AtomicInteger();
        Stream<FrameIdentity> frames = world.openModel(Path.of("model"))
                .renderer()
                .identities(request)
                .peek(frame -> looked.incrementAndGet());
        assertFalse(new FilmstripViewModel(new FrameCache(1)).hasAll(frames));
        assertEquals(1, looked.get());
    }

    @Test
    void removingAFrameAndUndoingItTakesNoNetworkCallAndNoRest() {
        StudioViewModel studio = world.renderedStudio();
        int before = world.networkCalls.get();
        KeyframeViewModel first = studio.keyframes().slots().getFirst();
        first.setSegment(
                Segment.PLAIN.withEdits(FrameEdits.NONE.with(new Moment(3, 16), FrameEdit.NONE.withRemoved(true))));
        assertEquals(16, studio.film().doneProperty().get());
        studio.work().history().undo();
        assertEquals(17, studio.film().doneProperty().get());
        assertEquals(before, world.networkCalls.get());
    }

    @Test
    void framesOfASettingUndoneComeBackAtOnce() {
        StudioViewModel studio = world.renderedStudio();
        studio.parameters().gamma().set(0.4);
        world.rest.elapse();
        int before = world.networkCalls.get();
        studio.work().history().undo();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertEquals(17, studio.film().doneProperty().get());
        assertEquals(before, world.networkCalls.get());
    }

    @Test
    void anotherDeviceMakesItsOwnFramesAndTheFirstOneHasKeptIts() {
        StudioViewModel studio = world.renderedStudio();
        List<Picture> before = FilmPictures.of(studio.film());
        int calls = world.networkCalls.get();
        studio.model().reopen();
        world.rest.elapse();
        assertEquals(calls, world.networkCalls.get());

        Denoiser here = world.denoiser;
        world.device = "CUDA";
        world.denoiser = (noisy, timestep) -> Kernels.affine(0, here.predict(noisy, timestep), 0);
        studio.model().reopen();
        world.rest.elapse();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertTrue(world.networkCalls.get() > calls);
        assertNotEquals(before, FilmPictures.of(studio.film()));

        calls = world.networkCalls.get();
        world.device = "CPU";
        world.denoiser = here;
        studio.model().reopen();
        assertEquals(before, FilmPictures.of(studio.film()));
        assertEquals(calls, world.networkCalls.get());
    }

    @Test
    void constantSpeedIsMeasuredBeforeTheFilmBegins() {
        StudioViewModel studio = patientStudio();
        renders.runNext();
        studio.parameters().easing().set(Movement.CONSTANT_SPEED);
        world.rest.elapse();
        assertEquals(17, studio.film().doneProperty().get());
        assertEquals(RenderState.RENDERING, studio.render().stateProperty().get());
        renders.runNext();
        assertEquals(2, studio.film().doneProperty().get());
        renders.runNext();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        studio.parameters().closedProperty().set(false);
        studio.parameters().easing().set(Movement.LINEAR);
        studio.parameters().easing().set(Movement.CONSTANT_SPEED);
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
    }

    @Test
    void whereSpeedIsMeasuredFirstTheBarFillsOnlyOnce() {
        StudioViewModel studio = world.studio();
        studio.parameters().easing().set(Movement.CONSTANT_SPEED);
        var fractions = new ArrayList<Double>();
        Changes.on(
                studio.render().progressProperty(),
                () -> Optional.ofNullable(studio.render().progressProperty().get())
                        .ifPresent(news -> fractions.add(news.fraction())));
        FakeWorld.fill(studio);
        world.rest.elapse();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertEquals(fractions.stream().sorted().toList(), fractions);
        assertTrue(fractions.getFirst() < MorphRenderer.PACING_SHARE);
        assertEquals(1.0, fractions.getLast());
    }

    @Test
    void aFilmThatIsComparedLaterKeepsTheTimeOfTheMorph() {
        StudioViewModel studio = world.renderedStudio();
        studio.parameters().gamma().set(0.6);
        studio.parameters().easing().set(Movement.CONSTANT_SPEED);
        world.rest.elapse();
        studio.compare().toggle();
        world.rest.elapse();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertEquals(weights(studio.film()), weights(studio.compare().film()));
    }

    @Test
    void aFilmThatIsComparedFollowsTheTimeThatOtherSettingsOfTheMorphAreMeasuredToTake() {
        StudioViewModel studio = world.renderedStudio();
        studio.parameters().easing().set(Movement.CONSTANT_SPEED);
        studio.compare().toggle();
        world.rest.elapse();
        List<Weights> before = weights(studio.film());
        assertEquals(before, weights(studio.compare().film()));

        studio.parameters().gamma().set(0.6);
        world.rest.elapse();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertNotEquals(before, weights(studio.film()));
        assertEquals(weights(studio.film()), weights(studio.compare().film()));
        assertTrue(studio.compare().film().isComplete());

        int calls = world.networkCalls.get();
        studio.parameters().gamma().reset();
        assertEquals(before, weights(studio.film()));
        assertEquals(before, weights(studio.compare().film()));
        assertTrue(studio.compare().film().isComplete());
        assertEquals(calls, world.networkCalls.get());
    }

    private static List<Weights> weights(FilmstripViewModel film) {
        return film.cells().stream().map(cell -> cell.spot().weights()).toList();
    }

    @Test
    void cancelKeepsTheWindowAlive() {
        StudioViewModel studio = patientStudio();
        assertTrue(studio.status().busyProperty().get());
        studio.status().cancel();
        assertEquals(RenderState.CANCELLED, studio.render().stateProperty().get());
        assertTrue(renders.tokens.getFirst().isCancelled());
        renders.runNext();
        assertEquals(RenderState.CANCELLED, studio.render().stateProperty().get());
        studio.render().start();
        renders.runNext();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
    }

    /** Without Live a render goes on as it was asked for, also when another model takes the place of its own. */
    @Test
    void aRenderWhoseModelWasClosedBeforeItBeganSaysSoAndTheNextOneWorks() {
        StudioViewModel studio = patientStudio();
        studio.render().liveProperty().set(false);
        studio.model().open(Path.of("other"));
        renders.runNext();
        assertEquals(RenderState.FAILED, studio.render().stateProperty().get());
        assertEquals(
                "The model “model” was closed before the film was finished. Press Render to make it with the one in use.",
                studio.render().messageProperty().get());
        studio.render().start();
        renders.runNext();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertEquals("", studio.render().messageProperty().get());
    }

    @Test
    void aFailureIsToldAndTheNextRenderWorks() {
        world.denoiser = (noisy, timestep) -> {
            throw new IllegalStateException("The network is out of memory.");
        };
        StudioViewModel studio = world.renderedStudio();
        assertEquals(RenderState.FAILED, studio.render().stateProperty().get());
        assertEquals(
                "The network is out of memory.",
                studio.render().messageProperty().get());
        studio.parameters().method().set(MethodName.CROSSFADE);
        assertFalse(studio.render().outdatedProperty().get());
        world.rest.elapse();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertEquals("", studio.render().messageProperty().get());
    }

    @Test
    void onceOnlyWhatIsWholeIsWantedACancelledOrFailedRenderIsOver() {
        StudioViewModel studio = patientStudio();
        renders.runNext();
        studio.compare().toggle();
        world.rest.elapse();
        studio.render().cancel();
        renders.runNext();
        assertEquals(RenderState.CANCELLED, studio.render().stateProperty().get());
        studio.compare().toggle();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertEquals("Finished", studio.status().textProperty().get());

        studio.compare().toggle();
        world.rest.elapse();
        world.failing = true;
        renders.runNext();
        assertEquals(RenderState.FAILED, studio.render().stateProperty().get());
        studio.compare().toggle();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertEquals("", studio.render().messageProperty().get());
        assertEquals(0, renders.waitingCount());
    }

    @Test
    void statesChangeOnlyAsTheyMay() {
        assertTrue(RenderState.IDLE.canBecome(RenderState.RENDERING));
        assertFalse(RenderState.IDLE.canBecome(RenderState.FINISHED));
        assertFalse(RenderState.RENDERING.canBecome(RenderState.IDLE));
        assertTrue(RenderState.RENDERING.canBecome(RenderState.RENDERING));
        assertTrue(RenderState.FAILED.canBecome(RenderState.RENDERING));
    }

    private static void assertShowsTheRivalInSight(StudioViewModel studio) {
        int index = studio.playback().indexProperty().get();
        Picture frame = FilmPictures.of(studio.compare().film()).get(index);
        Raster shown = Objects.requireNonNull(
                studio.preview().panes().get(1).rasterProperty().get());
        assertArrayEquals(Raster.enlarged(frame).argb(), shown.argb());
    }

    @Test
    void theComparisonIsRenderedOnlyWhenAskedFor() {
        StudioViewModel studio = world.renderedStudio();
        assertTrue(studio.compare().film().cells().isEmpty());
        studio.compare().toggle();
        world.rest.elapse();
        assertEquals(17, studio.compare().film().doneProperty().get());
        assertShowsTheRivalInSight(studio);
        studio.playback().seek(3);
        assertShowsTheRivalInSight(studio);
        studio.compare().toggle();
        studio.compare().toggle();
        assertEquals(17, studio.compare().film().doneProperty().get());
        studio.compare().toggle();
        studio.parameters().gamma().set(0.5);
        assertTrue(studio.compare().film().cells().isEmpty());
    }

    @Test
    void aMethodComparedWithItselfFillsBothFilms() {
        StudioViewModel studio = world.renderedStudio();
        studio.compare().toggle();
        studio.parameters().method().set(MethodName.SLERP);
        world.rest.elapse();
        assertEquals(17, studio.film().doneProperty().get());
        assertEquals(17, studio.compare().film().doneProperty().get());
    }

    @Test
    void takingAllPicturesAwayClearsTheFilm() {
        StudioViewModel studio = world.renderedStudio();
        studio.keyframes().remove(studio.keyframes().slots().getFirst());
        assertEquals(17, studio.film().cells().size());
        assertEquals("Add two pictures to begin", studio.status().textProperty().get());
        studio.keyframes().remove(studio.keyframes().slots().getFirst());
        assertTrue(studio.film().cells().isEmpty());
        assertEquals(RenderState.IDLE, studio.render().stateProperty().get());
    }

    @Test
    void aFilmThatGotMuchShorterShowsItsLastFrameForOneBeyondIt() {
        StudioViewModel studio = world.studio();
        studio.parameters().frames().set(4);
        FakeWorld.fill(studio);
        world.rest.elapse();
        assertEquals(3, studio.film().nearestWithPicture(16).orElseThrow().index());
        assertEquals(Optional.empty(), new FilmstripViewModel(new FrameCache(1)).nearestWithPicture(16));
    }
}
