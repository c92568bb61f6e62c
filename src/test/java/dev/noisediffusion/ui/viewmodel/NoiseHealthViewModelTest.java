package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Job;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.morph.Endpoints;
import dev.noisediffusion.morph.Mask;
import dev.noisediffusion.morph.MaskTarget;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import dev.noisediffusion.ui.viewmodel.NoiseHealth.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NoiseHealthViewModelTest {
    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner jobs = new SwitchedJobRunner();

    /** A network that sees one weak noise in the red picture and another in the blue one: so encodings are too flat. */
    @BeforeEach
    void flatEncodings() {
        world.modelSide = 64;
        world.denoiser = (noisy, timestep) -> {
            world.networkCalls.incrementAndGet();
            return Kernels.linear(0.6, Kernels.gaussian(noisy.shape(), isRed(noisy) ? 5 : 6), 0, noisy);
        };
    }

    /** The first channel of the latents is red. */
    private static boolean isRed(Tensor noisy) {
        double sum = 0;
        for (int i = 0; i < noisy.shape().height() * noisy.shape().width(); i++) {
            sum += noisy.get(i);
        }
        return sum > 0;
    }

    /** A studio that has rendered, whose health is watched; live previews are off, so all jobs are the health's. */
    private StudioViewModel studio() {
        StudioViewModel studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        studio.health().watchedProperty().set(true);
        FakeWorld.fill(studio);
        world.rest.elapse();
        studio.render().liveProperty().set(false);
        studio.playback().seek(8);
        world.networkCalls.set(0);
        return studio;
    }

    private static NoiseHealth health(StudioViewModel studio) {
        return Objects.requireNonNull(studio.health().healthProperty().get());
    }

    private static String row(StudioViewModel studio, Role role) {
        return health(studio).rows().stream()
                .filter(row -> row.role() == role)
                .findFirst()
                .orElseThrow()
                .spread();
    }

    private static SuggestedNoise suggested(StudioViewModel studio) {
        return Objects.requireNonNull(
                studio.health().suggestion().suggestionProperty().get());
    }

    @Test
    void theFrameInSightIsMeasuredAfterARenderWithoutTheNetwork() {
        StudioViewModel studio = studio();
        assertEquals(
                List.of("Natural", "Frame", "A", "B"),
                health(studio).rows().stream().map(NoiseHealth.Row::name).toList());
        assertFalse(health(studio).rough());
        studio.parameters().gamma().set(0.4);
        assertEquals(0, world.networkCalls.get());
    }

    @Test
    void naturalNoiseIsWhatTheClosedFormsSay() {
        NoiseHealth.Row natural = health(studio()).rows().getFirst();
        assertEquals(
                List.of("1.00", "0.00", "4.6%", "1.00"),
                List.of(natural.spread(), natural.tails(), natural.cut(), natural.length()));
    }

    @Test
    void theSharesThatAreCutFollowTheMaskOfTheBoundary() {
        StudioViewModel studio = studio();
        Mask doubled = Mask.of(1, 1, new byte[] {(byte) Mask.LAST_STEP});
        studio.parameters().masks().set(MaskTarget.BOUNDARY, doubled);
        // Half of the boundary 2 everywhere: N(0, 1) has 31.7 % beyond 1.
        assertEquals("31.7%", health(studio).rows().getFirst().cut());
    }

    @Test
    void theNumbersFollowASettingAndTheVerdictSaysWhatToDo() {
        StudioViewModel studio = studio();
        String before = row(studio, Role.FRAME);
        assertEquals("Too flat", health(studio).verdict());
        assertTrue(health(studio).advice().contains("γ"));
        studio.parameters().gamma().set(1);
        assertTrue(Double.parseDouble(row(studio, Role.FRAME)) > Double.parseDouble(before) + 0.1);
        assertEquals(HealthMark.GOOD, health(studio).mark());
    }

    @Test
    void ofManyMovesOnlyTheNewestIsMeasuredNext() {
        StudioViewModel studio = studio();
        jobs.holdBack();
        for (int i = 1; i <= 20; i++) {
            studio.parameters().gamma().set(i / 20.0);
        }
        assertEquals(1, jobs.waitingCount());
        jobs.runNext();
        double first = Double.parseDouble(row(studio, Role.FRAME));
        assertEquals(1, jobs.waitingCount());
        jobs.runNext();
        assertEquals(0, jobs.waitingCount());
        assertTrue(Double.parseDouble(row(studio, Role.FRAME)) > first + 0.1);
    }

    @Test
    void whatWasMeasuredForOtherPicturesIsNotShown() {
        StudioViewModel studio = studio();
        jobs.holdBack();
        studio.parameters().gamma().set(0.5);
        studio.keyframes().reverse();
        jobs.runAll();
        assertNull(studio.health().healthProperty().get());
        studio.parameters().gamma().set(0.6);
        jobs.runAll();
        assertNotNull(studio.health().healthProperty().get());
    }

    @Test
    void afterAMeasurementThatFailedNothingIsSaidOfTheSettingBefore() {
        Denoiser whole = world.denoiser;
        var failing = new AtomicBoolean();
        world.denoiser = (noisy, timestep) -> {
            if (failing.get()) {
                throw new IllegalStateException("The network is out of memory.");
            }
            return whole.predict(noisy, timestep);
        };
        StudioViewModel studio = studio();
        studio.health().clipMapShownProperty().set(true);
        KeyframeViewModel first = studio.keyframes().slots().getFirst();
        assertNotNull(studio.health().healthProperty().get());
        assertNotNull(first.clipMapProperty().get());
        failing.set(true);
        studio.parameters().depth().set(0.9);
        assertNull(studio.health().healthProperty().get());
        assertNull(first.clipMapProperty().get());
        failing.set(false);
        studio.parameters().depth().set(0.4);
        assertNotNull(studio.health().healthProperty().get());
        assertNotNull(first.clipMapProperty().get());
    }

    @Test
    void nothingIsMeasuredWhileNobodyLooks() {
        StudioViewModel studio = studio();
        studio.health().watchedProperty().set(false);
        jobs.holdBack();
        studio.parameters().gamma().set(0.5);
        assertEquals(0, jobs.waitingCount());
    }

    @Test
    void aFrameThatIsAPictureSaysSo() {
        StudioViewModel studio = studio();
        studio.playback().seek(0);
        assertEquals("Your own picture", health(studio).verdict());
        assertEquals(HealthMark.NONE, health(studio).mark());
    }

    @Test
    void whereTheFilmGetsFewerFramesTheHealthIsThatOfTheFrameInSight() {
        StudioViewModel studio = studio();
        studio.playback().seek(16);
        // Nine would be there already, and be shown before the health hears of the setting.
        studio.parameters().frames().set(10);
        studio.render().start();
        assertEquals(9, studio.playback().indexProperty().get());
        assertEquals("Your own picture", health(studio).verdict());
    }

    @Test
    void aCrossfadeHasNoNoise() {
        StudioViewModel studio = studio();
        studio.parameters().method().set(MethodName.CROSSFADE);
        assertEquals("No noise here", health(studio).verdict());
        assertNull(health(studio).chart());
        assertFalse(studio.health().suggestion().possible().get());
    }

    @Test
    void otherMethodsAreSentToTheOneThatCanMendThem() {
        StudioViewModel studio = studio();
        studio.parameters().method().set(MethodName.SLERP);
        assertTrue(health(studio).advice().contains("NoiseDiffusion"));
        assertEquals("–", health(studio).rows().getFirst().cut());
    }

    @Test
    void theClipMapLiesOverThePicturesInSightAndGoesWhenItIsSwitchedOff() {
        StudioViewModel studio = studio();
        KeyframeViewModel first = studio.keyframes().slots().getFirst();
        assertNull(first.clipMapProperty().get());
        studio.health().clipMapShownProperty().set(true);
        Raster map = Objects.requireNonNull(first.clipMapProperty().get());
        assertEquals(world.modelSide, map.width());
        studio.playback().seek(0);
        assertNotNull(first.clipMapProperty().get());
        assertNull(studio.keyframes().slots().get(1).clipMapProperty().get());
        studio.health().clipMapShownProperty().set(false);
        assertNull(first.clipMapProperty().get());
    }

    @Test
    void aSuggestionIsExplainedAndAppliedInOneStepOfUndo() {
        StudioViewModel studio = studio();
        studio.health().suggestion().suggest();
        SuggestedNoise found = suggested(studio);
        assertTrue(found.isChange(), found.summary());
        assertTrue(found.reasons().getFirst().startsWith("Lubrication 0.00 →"), () -> "" + found.reasons());
        assertNotNull(found.chart());
        assertEquals(0, world.networkCalls.get());
        studio.health().suggestion().apply();
        assertTrue(studio.parameters().gamma().get() > 0);
        assertNull(studio.health().suggestion().suggestionProperty().get());
        assertEquals(
                "the suggested setting",
                studio.work().history().undoNameProperty().get());
        studio.work().history().undo();
        assertEquals(0, studio.parameters().gamma().get());
        assertEquals(2, studio.parameters().boundary().get());
    }

    @Test
    void aSuggestionIsForgottenWhenASettingChanges() {
        StudioViewModel studio = studio();
        studio.health().suggestion().suggest();
        studio.parameters().gain().set(1);
        assertNull(studio.health().suggestion().suggestionProperty().get());
    }

    @Test
    void aSearchUnderWayIsCancelledByANewSetting() {
        StudioViewModel studio = studio();
        jobs.holdBack();
        studio.health().suggestion().suggest();
        assertFalse(studio.health().suggestion().possible().get());
        studio.parameters().gain().set(1);
        jobs.runAll();
        assertNull(studio.health().suggestion().suggestionProperty().get());
        assertTrue(studio.health().suggestion().possible().get());
    }

    @Test
    void aFilmThatPlaysStandsStillForASuggestion() {
        StudioViewModel studio = studio();
        studio.playback().toggle();
        jobs.holdBack();
        studio.health().suggestion().suggest();
        world.ticker.tick(0.2);
        jobs.runAll();
        assertEquals(8, studio.playback().indexProperty().get());
        assertTrue(suggested(studio).isChange());
    }

    @Test
    void aBoundaryThatIsOffStaysOffWhereTheNoiseIsOnlyFlat() {
        StudioViewModel studio = studio();
        studio.parameters().boundaryOffProperty().set(true);
        studio.health().suggestion().suggest();
        assertTrue(suggested(studio).isChange());
        studio.health().suggestion().apply();
        assertTrue(studio.parameters().gamma().get() > 0);
        assertTrue(studio.parameters().boundaryOffProperty().get());
    }

    @Test
    void withoutARenderThereIsARoughEstimateAndNoSuggestion() {
        StudioViewModel studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        studio.render().liveProperty().set(false);
        FakeWorld.fill(studio);
        studio.health().watchedProperty().set(true);
        assertTrue(health(studio).rough());
        assertFalse(studio.health().suggestion().possible().get());
        studio.render().start();
        assertFalse(health(studio).rough());
        assertTrue(studio.health().suggestion().possible().get());
    }

    @Test
    void whileNothingCanBeSuggestedItIsSaidWhy() {
        StudioViewModel studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        studio.render().liveProperty().set(false);
        FakeWorld.fill(studio);
        studio.health().watchedProperty().set(true);
        NoiseSuggestionViewModel suggestion = studio.health().suggestion();
        assertEquals(
                "Once a render has begun: so far the noise is only estimated.",
                suggestion.whyNot().get());
        studio.parameters().method().set(MethodName.SLERP);
        assertEquals(
                "Only for NoiseDiffusion: choose it under Method first.",
                suggestion.whyNot().get());
        studio.parameters().method().set(MethodName.NOISE_DIFFUSION);
        studio.render().start();
        assertEquals("", suggestion.whyNot().get());
        jobs.holdBack();
        suggestion.suggest();
        assertEquals(
                "A better setting is being looked for.", suggestion.whyNot().get());
        jobs.runAll();
        assertEquals("", suggestion.whyNot().get());
    }

    @Test
    void aRenderThatBeginsWithFramesOfItsOwnPicturesEndsTheRoughEstimate() {
        StudioViewModel studio = studio();
        studio.parameters().endpoints().set(Endpoints.ORIGINAL);
        studio.parameters().depth().set(0.9);
        assertTrue(health(studio).rough());
        studio.render().start();
        assertFalse(health(studio).rough());
        assertTrue(studio.health().suggestion().possible().get());
    }

    /** Works at once, and tells of it when the test wants. */
    private static final class LateJobs implements JobRunner {
        private final InlineJobRunner inline = new InlineJobRunner();
        private final List<Runnable> news = new ArrayList<>();
        private boolean late;

        @Override
        public <T> CancellationToken run(Job<T> job, Observer<T> observer) {
            return inline.run(
                    job,
                    new Observer<>(
                            observer.onProgress(),
                            result -> tell(() -> observer.onSuccess().accept(result)),
                            failure -> tell(() -> observer.onFailure().accept(failure)),
                            () -> tell(observer.onCancelled())));
        }

        @Override
        public void dispatch(Runnable action) {
            action.run();
        }

        private void tell(Runnable told) {
            if (late) {
                news.add(told);
            } else {
                told.run();
            }
        }
    }

    @Test
    void aRoughEstimateThatComesAfterTheRenderIsMadeAnew() {
        var late = new LateJobs();
        StudioViewModel studio = world.studio(late, new InlineJobRunner(), world.rest);
        studio.health().watchedProperty().set(true);
        FakeWorld.fill(studio);
        world.rest.elapse();
        studio.render().liveProperty().set(false);
        late.late = true;
        studio.parameters().depth().set(0.9);
        studio.render().start();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        late.late = false;
        var roughness = new ArrayList<Boolean>();
        Changes.on(
                studio.health().healthProperty(),
                () -> roughness.add(health(studio).rough()));
        List.copyOf(late.news).forEach(Runnable::run);
        assertEquals(List.of(true, false), roughness);
    }

    @Test
    void ofPicturesWhoseFramesAreAllThereTheHealthIsMeasured() {
        StudioViewModel studio = studio();
        studio.keyframes().reverse();
        studio.render().start();
        assertFalse(health(studio).rough());
        studio.keyframes().reverse();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertFalse(health(studio).rough());
    }

    private static void assertIsKnownExactly(StudioViewModel studio) {
        assertFalse(health(studio).rough());
        assertTrue(studio.health().suggestion().possible().get());
    }

    @Test
    void aFilmThatStaysWholeKeepsItsHealthWhateverHappensToSlotsWithoutPictures() {
        StudioViewModel studio = studio();
        studio.keyframes().add(FakeWorld.offers("bad.png"));
        assertIsKnownExactly(studio);
        KeyframeViewModel failed = studio.keyframes().slots().getLast();
        assertEquals(SlotState.FAILED, failed.stateProperty().get());
        studio.keyframes().move(failed, -1);
        assertIsKnownExactly(studio);
        failed.dismissMessage();
        assertFalse(studio.keyframes().slots().contains(failed));
        assertIsKnownExactly(studio);
        assertEquals(0, world.networkCalls.get());
    }

    @Test
    void aFilmThatStaysWholeKeepsItsHealthWhenItsModelIsOpenedAgain() throws Exception {
        OpenModel same = world.openModel(Path.of("model"));
        world.models = (folder, notices) -> same;
        StudioViewModel studio = studio();
        studio.model().reopen();
        assertIsKnownExactly(studio);
    }

    @Test
    void whatIsKnownExactlyIsNotMeasuredAgainWithEveryFrame() {
        StudioViewModel studio = studio();
        studio.parameters().gamma().set(0.4);
        assertFalse(health(studio).rough());
        jobs.holdBack();
        studio.render().start();
        assertEquals(17, studio.film().doneProperty().get());
        assertEquals(
                1, jobs.waitingCount(), "the frame in sight is made ready for the screen, and nothing is measured");
    }
}
