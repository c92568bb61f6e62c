package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.morph.Easing;
import dev.noisediffusion.morph.Endpoints;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.Segment;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.ManualJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LivePreviewViewModelTest {
    private static final Segment BENT = Segment.PLAIN.withEasing(Optional.of(Easing.Preset.EASE_IN), Optional.empty());

    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner jobs = new SwitchedJobRunner();

    /** A studio that has rendered, and whose further background work waits for the test. */
    private StudioViewModel studio() {
        StudioViewModel studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        FakeWorld.fill(studio);
        world.rest.elapse();
        jobs.holdBack();
        world.networkCalls.set(0);
        return studio;
    }

    private static PreviewStage stage(StudioViewModel studio) {
        return studio.live().stageProperty().get();
    }

    @Test
    void aMoveGlimpsesTheFrameInSightWithOneNetworkCall() {
        StudioViewModel studio = studio();
        studio.parameters().gamma().set(0.3);
        jobs.runNext();
        assertEquals(1, world.networkCalls.get());
        assertEquals(PreviewStage.GLIMPSE, stage(studio));
        assertNotNull(studio.live().rasterProperty().get());
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
    }

    @Test
    void ofManyMovesOnlyTheNewestWaits() {
        StudioViewModel studio = studio();
        for (int i = 1; i <= 20; i++) {
            studio.parameters().gamma().set(i / 100.0);
        }
        assertEquals(1, jobs.waitingCount());
        jobs.runNext();
        Raster first = studio.live().rasterProperty().get();
        assertEquals(1, jobs.waitingCount());
        jobs.runNext();
        Raster newest = Objects.requireNonNull(studio.live().rasterProperty().get());
        assertNotSame(first, newest);
        assertEquals(0, jobs.waitingCount());
        assertEquals(2, world.networkCalls.get());
        MorphRequest film = studio.film().version().orElseThrow().request();
        var moved = new MorphRequest(
                film.keyframes(), film.path(), studio.parameters().settings(2));
        int index = studio.playback().indexProperty().get();
        assertArrayEquals(Raster.enlarged(glimpse(studio, moved, index)).argb(), newest.argb());
    }

    @Test
    void whenTheHandRestsADraftComesAndThenTheRender() {
        StudioViewModel studio = studio();
        studio.parameters().gamma().set(0.3);
        jobs.runNext();
        world.rest.elapse();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        world.networkCalls.set(0);
        var callsUntilDraft = new AtomicInteger();
        Changes.on(studio.live().stageProperty(), () -> {
            if (stage(studio) == PreviewStage.DRAFT) {
                callsUntilDraft.set(world.networkCalls.get());
            }
        });
        jobs.runNext();
        assertEquals(LivePreviewViewModel.DRAFT_CALLS, callsUntilDraft.get());
        assertTrue(world.networkCalls.get() > LivePreviewViewModel.DRAFT_CALLS);
        assertEquals(17, studio.film().doneProperty().get());
        assertEquals(PreviewStage.NONE, stage(studio));
        assertNull(studio.live().rasterProperty().get());
    }

    @Test
    void theDraftStaysInSightUntilTheFinishedFrameIsReadyForTheScreen() {
        StudioViewModel studio = studio();
        PaneViewModel pane = studio.preview().panes().getFirst();
        var seen = new ArrayList<Raster>();
        Changes.on(
                pane.rasterProperty(),
                () -> seen.add(Objects.requireNonNull(pane.rasterProperty().get())));
        studio.parameters().gamma().set(0.3);
        jobs.runNext();
        world.rest.elapse();
        jobs.runNext();
        assertTrue(studio.film().isComplete());
        assertEquals(PreviewStage.NONE, stage(studio));
        assertTrue(pane.coveredProperty().get());
        assertEquals(2, seen.size(), "the glimpse and the draft");
        jobs.runAll();
        assertFalse(pane.coveredProperty().get());
        assertEquals(3, seen.size());
        Picture finished = studio.film()
                .cells()
                .get(studio.playback().indexProperty().get())
                .picture()
                .orElseThrow();
        assertArrayEquals(Raster.enlarged(finished).argb(), seen.getLast().argb());
    }

    /** A film whose further renders and other background work wait for the test. */
    private StudioViewModel rendered(ManualJobRunner renders) {
        StudioViewModel studio = world.studio(jobs, renders, world.rest);
        FakeWorld.fill(studio);
        world.rest.elapse();
        renders.runNext();
        return studio;
    }

    @Test
    void theDraftStaysInSightWhereTheFilmGetsAnotherNumberOfFrames() {
        var renders = new ManualJobRunner();
        StudioViewModel studio = rendered(renders);
        jobs.holdBack();
        studio.parameters().frames().set(33);
        studio.parameters().gamma().set(0.3);
        jobs.runAll();
        world.rest.elapse();
        jobs.runAll();
        assertEquals(33, studio.film().cells().size());
        assertEquals(16, studio.playback().indexProperty().get());
        assertEquals(PreviewStage.DRAFT, stage(studio));
        assertNotNull(studio.live().rasterProperty().get());
        renders.runNext();
        assertEquals(PreviewStage.NONE, stage(studio));
    }

    @Test
    void aFrameThatHasTheNumberOfTheDraftInTheFilmToComeIsSeenItself() {
        StudioViewModel studio = rendered(new ManualJobRunner());
        studio.parameters().frames().set(33);
        studio.parameters().gamma().set(0.3);
        assertEquals(PreviewStage.GLIMPSE, stage(studio));
        studio.playback().seek(16);
        assertEquals(PreviewStage.NONE, stage(studio));
    }

    @Test
    void whereTheFilmGetsAnotherLengthNoOtherMomentIsShownInBetween() {
        StudioViewModel studio = rendered(new ManualJobRunner());
        studio.render().liveProperty().set(false);
        PreviewViewModel preview = studio.preview();
        var seen = new ArrayList<Raster>();
        Changes.on(
                preview.mainProperty(),
                () -> seen.add(Objects.requireNonNull(preview.mainProperty().get())));
        studio.parameters().frames().set(33);
        studio.render().start();
        assertEquals(16, studio.playback().indexProperty().get());
        assertEquals(List.of(), seen);
    }

    @Test
    void inAComparisonTooNoOtherMomentIsShownWhereTheFilmGetsAnotherLength() {
        var renders = new ManualJobRunner();
        StudioViewModel studio = rendered(renders);
        studio.compare().toggle();
        world.rest.elapse();
        renders.runNext();
        assertTrue(studio.compare().film().isComplete());
        studio.render().liveProperty().set(false);
        PaneViewModel rival = studio.preview().panes().get(1);
        var seen = new ArrayList<Raster>();
        Changes.on(
                rival.rasterProperty(),
                () -> seen.add(Objects.requireNonNull(rival.rasterProperty().get())));
        studio.parameters().frames().set(33);
        studio.render().start();
        assertEquals(33, studio.compare().film().cells().size());
        assertEquals(16, studio.playback().indexProperty().get());
        assertEquals(List.of(), seen);
    }

    @Test
    void aNewerMoveEndsTheDraftAtOnce() {
        StudioViewModel studio = studio();
        studio.parameters().gamma().set(0.3);
        jobs.runNext();
        world.rest.elapse();
        studio.parameters().gamma().set(0.4);
        assertTrue(jobs.tokens().get(jobs.tokens().size() - 2).isCancelled());
        world.networkCalls.set(0);
        jobs.runNext();
        assertEquals(0, world.networkCalls.get());
        assertEquals(PreviewStage.GLIMPSE, stage(studio));
        jobs.runNext();
        assertEquals(1, world.networkCalls.get());
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
    }

    @Test
    void aLateGlimpseDoesNotTakeThePlaceOfTheDraft() {
        StudioViewModel studio = studio();
        studio.parameters().gamma().set(0.3);
        world.rest.elapse();
        jobs.runLast();
        jobs.runAll();
        assertEquals(PreviewStage.NONE, stage(studio));
        assertNull(studio.live().rasterProperty().get());
    }

    @Test
    void goingBackToWhatTheFilmShowsEndsThePreview() {
        StudioViewModel studio = studio();
        studio.parameters().gamma().set(0.3);
        jobs.runNext();
        studio.parameters().gamma().reset();
        assertEquals(PreviewStage.NONE, stage(studio));
        assertNull(studio.live().rasterProperty().get());
    }

    @Test
    void withLiveOffNothingIsGlimpsed() {
        StudioViewModel studio = studio();
        studio.render().liveProperty().set(false);
        studio.parameters().gamma().set(0.3);
        studio.keyframes().slots().getFirst().zoom(2);
        assertEquals(0, jobs.waitingCount());
    }

    /** Three pictures and a frame in sight between the first two; further background work waits for the test. */
    private StudioViewModel betweenTheFirstOfThree(Movement movement) {
        StudioViewModel studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        studio.parameters().easing().set(movement);
        FakeWorld.fill(studio);
        studio.keyframes().add(FakeWorld.offers("green.png"));
        world.rest.elapse();
        studio.playback().seek(3);
        jobs.holdBack();
        return studio;
    }

    @ParameterizedTest
    @EnumSource(
            value = Movement.class,
            names = {"LINEAR", "CONSTANT_SPEED"})
    void whatDoesNotTouchTheFrameInSightHoldsAFilmThatPlaysAndIsRenderedAtOnceWithoutALook(Movement movement) {
        StudioViewModel studio = betweenTheFirstOfThree(movement);
        studio.playback().toggle();
        studio.keyframes().slots().get(1).setSegment(BENT);
        assertEquals(0, jobs.waitingCount());
        assertFalse(studio.playback().playingProperty().get());
        world.rest.elapse();
        assertEquals(PreviewStage.NONE, stage(studio));
        assertEquals(
                BENT, studio.film().version().orElseThrow().request().path().segment(1));
        assertTrue(studio.film().isComplete());
    }

    @Test
    void aCropThatDoesNotTouchTheFrameInSightHoldsAFilmThatPlaysWithoutALook() {
        StudioViewModel studio = betweenTheFirstOfThree(Movement.LINEAR);
        studio.playback().toggle();
        studio.keyframes().slots().get(2).zoom(2);
        assertEquals(0, jobs.waitingCount());
        assertFalse(studio.playback().playingProperty().get());
    }

    @Test
    void whatTouchesTheFrameInSightIsLookedAt() {
        StudioViewModel studio = betweenTheFirstOfThree(Movement.LINEAR);
        studio.keyframes().slots().getFirst().setSegment(BENT);
        jobs.runNext();
        assertEquals(PreviewStage.GLIMPSE, stage(studio));
    }

    @Test
    void theEndpointsAreNoMatterOfAFrameBetweenThem() {
        StudioViewModel studio = studio();
        studio.parameters().endpoints().set(Endpoints.METHOD);
        assertEquals(0, jobs.waitingCount());
        studio.playback().seek(0);
        jobs.runAll();
        studio.parameters().endpoints().set(Endpoints.ROUND_TRIP);
        jobs.runNext();
        assertEquals(PreviewStage.GLIMPSE, stage(studio));
    }

    @Test
    void anotherPictureIsGlimpsedWithAFewStepEncodingAsSoonAsItIsThere() {
        StudioViewModel studio = studio();
        studio.keyframes().put(studio.keyframes().slots().getFirst(), FakeWorld.offers("green.png"));
        assertEquals(1, jobs.waitingCount());
        jobs.runNext();
        assertEquals(PreviewStage.NONE, stage(studio));
        jobs.runNext();
        assertEquals(PreviewStage.GLIMPSE, stage(studio));
        assertEquals(4, world.networkCalls.get());
        world.rest.elapse();
        jobs.runAll();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertEquals(PreviewStage.NONE, stage(studio));
        assertTrue(studio.film().isComplete());
    }

    @Test
    void anotherCropIsGlimpsedAndHoldsAFilmThatPlays() {
        StudioViewModel studio = studio();
        studio.playback().toggle();
        studio.keyframes().slots().getFirst().zoom(2);
        assertFalse(studio.playback().playingProperty().get());
        jobs.runNext();
        assertEquals(PreviewStage.GLIMPSE, stage(studio));
        studio.keyframes().slots().getFirst().resetCrop();
        assertEquals(PreviewStage.NONE, stage(studio));
    }

    @Test
    void withAPictureFewerTheFrameInSightIsGlimpsed() {
        StudioViewModel studio = betweenTheFirstOfThree(Movement.LINEAR);
        studio.keyframes().remove(studio.keyframes().slots().get(2));
        jobs.runNext();
        assertEquals(PreviewStage.GLIMPSE, stage(studio));
    }

    @Test
    void aPictureThatIsAddedLeavesAFilmThatPlaysPlayingWithoutALook() {
        StudioViewModel studio = studio();
        studio.playback().toggle();
        studio.keyframes().add(FakeWorld.offers("green.png"));
        jobs.runNext();
        assertEquals(3, studio.keyframes().onPath().size());
        assertEquals(0, jobs.waitingCount());
        world.rest.elapse();
        assertTrue(studio.playback().playingProperty().get());
        assertEquals(
                3, studio.film().version().orElseThrow().request().keyframes().size());
    }

    @Test
    void liveOffTakesThePreviewAwayAndNoRenderFollowsTheDraft() {
        StudioViewModel studio = studio();
        studio.parameters().gamma().set(0.3);
        jobs.runNext();
        world.rest.elapse();
        studio.render().liveProperty().set(false);
        assertEquals(PreviewStage.NONE, stage(studio));
        assertNull(studio.live().rasterProperty().get());
        jobs.runAll();
        assertEquals(PreviewStage.NONE, stage(studio));
        assertEquals(0, gammaOf(studio));
    }

    @Test
    void liveOffBeforeTheHandRestsRendersNothingAndLeavesNoPreviewOverALaterFilm() {
        StudioViewModel studio = studio();
        studio.parameters().gamma().set(0.3);
        jobs.runNext();
        studio.render().liveProperty().set(false);
        assertFalse(world.rest.isWaiting());
        studio.parameters().gamma().set(0.4);
        studio.render().start();
        assertEquals(0.4, gammaOf(studio));
        assertEquals(PreviewStage.NONE, stage(studio));
        assertNull(studio.live().rasterProperty().get());
    }

    @Test
    void onAnEasedPathTheFrameInSightIsGlimpsed() {
        assertEveryFrameInSightIsGlimpsed(studio -> studio.parameters().easing().set(Movement.EASE_IN));
    }

    @Test
    void onAClosedPathTheFrameInSightIsGlimpsed() {
        assertEveryFrameInSightIsGlimpsed(
                studio -> studio.parameters().closedProperty().set(true));
    }

    @Test
    void onAPathOfUnequalWaysTheFrameInSightIsGlimpsed() {
        assertEveryFrameInSightIsGlimpsed(studio -> {
            studio.keyframes().add(FakeWorld.offers("green.png"));
            studio.keyframes().slots().getFirst().setSegment(Segment.PLAIN.withFrames(OptionalInt.of(3)));
        });
    }

    private static Picture glimpse(StudioViewModel studio, MorphRequest request, int index) {
        return studio.model()
                .lease()
                .orElseThrow()
                .ask(renderer -> renderer.glimpse(request, index, 1, new CancellationToken()));
    }

    private void assertEveryFrameInSightIsGlimpsed(Consumer<StudioViewModel> way) {
        StudioViewModel studio = world.studio();
        FakeWorld.fill(studio);
        studio.parameters().steps().set(5);
        // So that a setting touches every frame.
        studio.parameters().endpoints().set(Endpoints.METHOD);
        way.accept(studio);
        world.rest.elapse();
        MorphRequest film = studio.film().version().orElseThrow().request();
        assertEquals(17, studio.film().cells().size());
        for (int i = 0; i < 17; i++) {
            int index = i;
            studio.playback().seek(index);
            studio.parameters().gamma().set((index + 1) / 100.0);
            var moved = new MorphRequest(
                    film.keyframes(),
                    film.path(),
                    studio.parameters().settings(film.keyframes().size()));
            Picture expected = glimpse(studio, moved, index);
            Raster shown = Objects.requireNonNull(studio.live().rasterProperty().get());
            assertArrayEquals(Raster.enlarged(expected).argb(), shown.argb(), () -> "frame " + index);
        }
    }

    @Test
    void aFilmThatPlaysStandsStillForTheHandAndTheLookStays() {
        StudioViewModel studio = studio();
        studio.playback().toggle();
        studio.parameters().gamma().set(0.3);
        assertFalse(studio.playback().playingProperty().get());
        jobs.runNext();
        world.ticker.tick(0.26);
        assertEquals(PreviewStage.GLIMPSE, stage(studio));
        assertNotNull(studio.live().rasterProperty().get());
    }

    @Test
    void withLiveOffAFilmThatPlaysGoesOn() {
        StudioViewModel studio = studio();
        studio.render().liveProperty().set(false);
        studio.playback().toggle();
        studio.parameters().gamma().set(0.3);
        assertTrue(studio.playback().playingProperty().get());
    }

    @Test
    void aLookThatFailsTakesThePictureOfTheSettingBeforeAway() {
        StudioViewModel studio = studio();
        studio.parameters().gamma().set(0.3);
        jobs.runNext();
        assertEquals(PreviewStage.GLIMPSE, stage(studio));
        world.failing = true;
        studio.parameters().gamma().set(0.4);
        jobs.runNext();
        assertEquals(PreviewStage.NONE, stage(studio));
        assertNull(studio.live().rasterProperty().get());
        world.failing = false;
        studio.parameters().gamma().set(0.5);
        jobs.runNext();
        assertEquals(PreviewStage.GLIMPSE, stage(studio));
    }

    @Test
    void aMuchDeeperFrameIsGlimpsedWithAFewStepEncoding() {
        StudioViewModel studio = studio();
        studio.parameters().depth().set(0.9);
        jobs.runNext();
        assertEquals(7, world.networkCalls.get());
        studio.parameters().gamma().set(0.2);
        jobs.runNext();
        assertEquals(8, world.networkCalls.get());
    }

    @Test
    void aShallowerFrameIsGlimpsedFromTheEncodingsThereAre() {
        StudioViewModel studio = studio();
        studio.parameters().depth().set(0.5);
        jobs.runNext();
        assertEquals(1, world.networkCalls.get());
    }

    @Test
    void showingAnotherFrameEndsThePreviewOfTheOneBefore() {
        StudioViewModel studio = studio();
        studio.parameters().gamma().set(0.3);
        jobs.runNext();
        studio.playback().seek(3);
        assertEquals(PreviewStage.NONE, stage(studio));
    }

    @Test
    void anotherFrameDuringTheDraftBringsTheRenderAtOnce() {
        StudioViewModel studio = studio();
        studio.parameters().gamma().set(0.3);
        jobs.runNext();
        world.rest.elapse();
        CancellationToken draft = jobs.tokens().getLast();
        int before = studio.playback().indexProperty().get();
        studio.playback().step(1);
        assertEquals(before + 1, studio.playback().indexProperty().get());
        assertTrue(draft.isCancelled());
        assertEquals(0.3, gammaOf(studio));
        assertEquals(17, studio.film().doneProperty().get());
        jobs.runAll();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertEquals(PreviewStage.NONE, stage(studio));
    }

    private static double gammaOf(StudioViewModel studio) {
        return ((NoiseDiffusion) studio.film()
                        .version()
                        .orElseThrow()
                        .request()
                        .settings()
                        .method())
                .gamma();
    }

    /** A film, the render of gamma 0.2 on its way, and a move to gamma 0.3 whose looks are held back. */
    private StudioViewModel movedWhileRendering(ManualJobRunner renders) {
        StudioViewModel studio = world.studio(jobs, renders, world.rest);
        FakeWorld.fill(studio);
        world.rest.elapse();
        renders.runNext();
        studio.parameters().gamma().set(0.2);
        world.rest.elapse();
        assertEquals(RenderState.RENDERING, studio.render().stateProperty().get());
        jobs.holdBack();
        studio.parameters().gamma().set(0.3);
        return studio;
    }

    @Test
    void aRenderThatGaveWayToADraftEndsThoughAnotherFrameIsSought() {
        var renders = new ManualJobRunner();
        StudioViewModel studio = movedWhileRendering(renders);
        renders.runNext();
        world.rest.elapse();
        studio.playback().step(1);
        renders.runNext();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertEquals(0.3, gammaOf(studio));
    }

    @Test
    void aRenderThatGaveWayToADraftEndsThoughItsFrameArrivesLate() {
        var renders = new ManualJobRunner();
        StudioViewModel studio = movedWhileRendering(renders);
        studio.parameters().gamma().set(0.2);
        world.rest.elapse();
        Picture late = FakeWorld.plain(16, 16, 0x808080);
        studio.film().deliver(studio.playback().indexProperty().get(), late, Raster.of(late));
        renders.runNext();
        renders.runNext();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
    }

    @Test
    void aRenderThatGaveWayToADraftEndsWhenLiveIsSwitchedOff() {
        var renders = new ManualJobRunner();
        StudioViewModel studio = world.studio(jobs, renders, world.rest);
        FakeWorld.fill(studio);
        world.rest.elapse();
        jobs.holdBack();
        studio.parameters().gamma().set(0.3);
        assertEquals(RenderState.RENDERING, studio.render().stateProperty().get());
        studio.render().liveProperty().set(false);
        assertEquals(RenderState.CANCELLED, studio.render().stateProperty().get());
        assertFalse(world.rest.isWaiting());
    }

    @Test
    void whoCancelsTheRenderDuringTheDraftGetsNoneForAnotherFrame() {
        var renders = new ManualJobRunner();
        StudioViewModel studio = world.studio(jobs, renders, world.rest);
        FakeWorld.fill(studio);
        world.rest.elapse();
        renders.runNext();
        studio.parameters().gamma().set(0.2);
        world.rest.elapse();
        jobs.holdBack();
        studio.parameters().gamma().set(0.3);
        world.rest.elapse();
        studio.render().cancel();
        studio.playback().step(1);
        assertEquals(RenderState.CANCELLED, studio.render().stateProperty().get());
    }

    @Test
    void whoCancelsTheRenderToComeDuringTheDraftGetsNone() {
        StudioViewModel studio = studio();
        studio.parameters().gamma().set(0.3);
        jobs.runNext();
        world.rest.elapse();
        studio.render().cancel();
        jobs.runAll();
        assertEquals(PreviewStage.DRAFT, stage(studio));
        assertEquals(0, gammaOf(studio));
        assertTrue(studio.render().outdatedProperty().get());
    }

    @Test
    void aFailureGoesOnToTheRenderWhichTellsOfIt() {
        StudioViewModel studio = studio();
        world.failing = true;
        studio.parameters().gamma().set(0.3);
        jobs.runAll();
        world.rest.elapse();
        jobs.runAll();
        assertEquals(RenderState.FAILED, studio.render().stateProperty().get());
        assertEquals(
                "The network is out of memory.",
                studio.render().messageProperty().get());
    }
}
