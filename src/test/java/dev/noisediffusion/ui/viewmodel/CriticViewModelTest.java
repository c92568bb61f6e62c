package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.ScriptedCritic;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CriticViewModelTest {
    private static final String MODEL = "id of model";

    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner jobs = new SwitchedJobRunner();

    /** A studio with a film of five frames; live previews are off, so all jobs held back are the critic's or the preview's. */
    private StudioViewModel studio() {
        StudioViewModel studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        studio.parameters().frames().set(5);
        studio.render().liveProperty().set(false);
        FakeWorld.fill(studio);
        studio.render().start();
        return studio;
    }

    private ScriptedCritic critic(boolean good) {
        var critic = new ScriptedCritic(good);
        world.critics.put(MODEL, critic);
        return critic;
    }

    private static List<Boolean> scored(StudioViewModel studio) {
        return studio.film().cells().stream()
                .map(cell -> cell.scoreProperty().get() != null)
                .toList();
    }

    private static double score(StudioViewModel studio, int index) {
        return Objects.requireNonNull(
                studio.film().cells().get(index).scoreProperty().get());
    }

    @Test
    void nothingIsScoredUntilSomeoneWantsToSeeIt() {
        ScriptedCritic critic = critic(true);
        StudioViewModel studio = studio();
        assertFalse(studio.critic().shownProperty().get());
        assertEquals(CriticState.UNKNOWN, studio.critic().stateProperty().get());
        assertEquals(0, critic.judged.size());
        studio.critic().shownProperty().set(true);
        assertEquals(List.of(true, true, true, true, true), scored(studio));
        assertEquals(
                "Artifact scores. On 30 photographs it had never seen, the critic judged 0.87 of all pictures right;"
                        + " AUC 0.94 (0.90 to 0.97), calibration error 0.06.",
                studio.critic().messageProperty().get());
        assertTrue(score(studio, 0) > score(studio, 4), "red is an artifact");
    }

    @Test
    void switchedOffTheMarksGoAndTheCriticIsClosed() {
        ScriptedCritic critic = critic(true);
        StudioViewModel studio = studio();
        studio.critic().shownProperty().set(true);
        studio.critic().shownProperty().set(false);
        assertEquals(List.of(false, false, false, false, false), scored(studio));
        assertEquals(1, critic.closed);
        assertEquals("", studio.critic().messageProperty().get());
    }

    @Test
    void theFrameInSightIsScoredFirstAndNoFrameTwice() {
        ScriptedCritic critic = critic(true);
        StudioViewModel studio = studio();
        studio.playback().seek(3);
        studio.critic().heatShownProperty().set(true);
        jobs.holdBack();
        studio.critic().shownProperty().set(true);
        jobs.runNext();
        jobs.runNext();
        assertEquals(List.of(false, false, false, true, false), scored(studio));
        jobs.runAll();
        assertEquals(5, critic.judged.size());
        studio.parameters().gamma().set(0.5);
        studio.render().start();
        jobs.runAll();
        studio.parameters().gamma().set(0);
        studio.render().start();
        int judged = critic.judged.size();
        jobs.runAll();
        assertEquals(judged, critic.judged.size(), "frames that come back bring their scores");
        assertEquals(List.of(true, true, true, true, true), scored(studio));
    }

    @Test
    void aFilmOfMoreFramesThanScoresAreKeptIsScoredOnce() {
        StudioViewModel studio = studio();
        var critic = new ScriptedCritic(true);
        jobs.holdBack();
        var scores = new ArtifactScores(
                jobs, studio.film(), studio.playback(), 4, () -> {}, failure -> fail("It cannot judge", failure));
        scores.use(critic, Optional.of(MODEL));
        for (int i = 0; i < 5; i++) {
            jobs.runNext();
        }
        assertEquals(0, jobs.waitingCount());
        assertEquals(5, critic.judged.size());
        assertEquals(List.of(true, true, true, true, true), scored(studio));
    }

    @Test
    void framesThatAreGoneAreNotScored() {
        ScriptedCritic critic = critic(true);
        StudioViewModel studio = studio();
        jobs.holdBack();
        studio.critic().shownProperty().set(true);
        jobs.runNext(); // finds the critic; a frame is being scored from now on
        studio.parameters().frames().set(3);
        studio.parameters().gamma().set(0.7);
        studio.render().start();
        jobs.runAll();
        assertEquals(List.of(true, true, true), scored(studio));
        // One was being scored when the film changed; the four behind it were never begun.
        assertEquals(1 + 3, critic.judged.size());
    }

    @Test
    void theHeatMapLiesOverTheFrameInSightAlone() {
        critic(true);
        StudioViewModel studio = studio();
        CriticViewModel critic = studio.critic();
        critic.shownProperty().set(true);
        assertNull(critic.heatProperty().get());
        critic.heatShownProperty().set(true);
        Raster first = Objects.requireNonNull(critic.heatProperty().get());
        int left = first.argb()[0];
        int right = first.argb()[first.width() - 1];
        assertTrue((right >> 16 & 0xff) > (left >> 16 & 0xff), "artifacts glow");
        studio.playback().seek(4);
        Raster last = Objects.requireNonNull(critic.heatProperty().get());
        assertFalse(Arrays.equals(first.argb(), last.argb()));
        studio.compare().left().set(CompareSide.SLERP);
        studio.compare().mode().set(CompareMode.SIDE_BY_SIDE);
        assertNull(critic.heatProperty().get(), "the first pane shows another film");
        studio.compare().mode().set(CompareMode.SINGLE);
        assertNotNull(critic.heatProperty().get());
        critic.shownProperty().set(false);
        assertNull(critic.heatProperty().get());
    }

    @Test
    void aPoorCriticSaysWhyItDoesNotScore() {
        ScriptedCritic poor = critic(false);
        StudioViewModel studio = studio();
        studio.critic().shownProperty().set(true);
        assertEquals(CriticState.POOR, studio.critic().stateProperty().get());
        assertTrue(studio.critic().messageProperty().get().contains("not good enough to use"));
        assertTrue(studio.critic().messageProperty().get().contains("0.57 (0.52 to 0.63)"));
        assertEquals(List.of(false, false, false, false, false), scored(studio));
        assertEquals(0, poor.judged.size());
    }

    @Test
    void whereThereIsNoneOneIsTrainedFromTheWindow() {
        StudioViewModel studio = studio();
        studio.critic().shownProperty().set(true);
        assertEquals(CriticState.MISSING, studio.critic().stateProperty().get());
        assertTrue(studio.critic().messageProperty().get().startsWith("No artifact critic has been trained for model"));
        studio.critic().train();
        assertFalse(studio.critic().training().runningProperty().get(), "nothing was chosen");

        world.answers.add(Path.of("flowers"));
        world.trained.add(new ScriptedCritic(true));
        jobs.holdBack();
        studio.critic().train();
        assertTrue(studio.critic().training().runningProperty().get());
        assertTrue(studio.status().works().contains(studio.critic().training()));
        assertEquals(
                "The critic starts to learn", studio.status().textProperty().get());
        jobs.runAll();
        assertFalse(studio.critic().training().runningProperty().get());
        assertEquals(CriticState.GOOD, studio.critic().stateProperty().get());
        assertEquals(List.of(true, true, true, true, true), scored(studio));
    }

    @Test
    void aTrainingThatFailsSaysWhyAndOneThatIsCancelledLeavesAllAsItWas() {
        StudioViewModel studio = studio();
        studio.critic().shownProperty().set(true);
        world.answers.add(Path.of("three"));
        studio.critic().train();
        assertEquals(CriticState.FAILED, studio.critic().stateProperty().get());
        assertEquals(
                "A critic needs at least 20 photographs, found 3.",
                studio.critic().messageProperty().get());

        var spare = new ScriptedCritic(true);
        world.trained.add(spare);
        world.answers.add(Path.of("flowers"));
        jobs.holdBack();
        studio.critic().train();
        studio.critic().training().cancel();
        jobs.runAll();
        assertFalse(studio.critic().training().runningProperty().get());
        assertEquals(CriticState.FAILED, studio.critic().stateProperty().get());
    }

    @Test
    void aTrainingThatFailsLeavesTheCriticThatIsThereInUse() {
        ScriptedCritic critic = critic(true);
        StudioViewModel studio = studio();
        studio.critic().shownProperty().set(true);
        world.answers.add(Path.of("three"));
        studio.critic().train();
        assertEquals(CriticState.GOOD, studio.critic().stateProperty().get());
        assertEquals(
                "A critic needs at least 20 photographs, found 3.",
                studio.critic().messageProperty().get());
        assertFalse(studio.critic().training().runningProperty().get());
        assertEquals(List.of(true, true, true, true, true), scored(studio));
        studio.critic().heatShownProperty().set(true);
        assertNotNull(studio.critic().heatProperty().get());
        assertEquals(0, critic.closed);
    }

    @Test
    void aCriticThatCannotJudgeSaysWhyAndIsAskedNoMore() {
        var critic = new FailingCritic();
        world.critics.put(MODEL, critic);
        StudioViewModel studio = studio();
        studio.critic().heatShownProperty().set(true);
        studio.critic().shownProperty().set(true);
        assertEquals(CriticState.FAILED, studio.critic().stateProperty().get());
        assertEquals(
                "Critics do not run here.", studio.critic().messageProperty().get());
        assertEquals(2, critic.asked);
        assertEquals(1, critic.closed);
        assertEquals(List.of(false, false, false, false, false), scored(studio));
        assertNull(studio.critic().heatProperty().get());

        world.trained.add(new ScriptedCritic(true));
        world.answers.add(Path.of("flowers"));
        studio.critic().train();
        assertEquals(CriticState.GOOD, studio.critic().stateProperty().get());
        assertEquals(List.of(true, true, true, true, true), scored(studio));
    }

    /** Judges one frame and then no more. */
    private static final class FailingCritic implements FrameCritic {
        private int asked;
        private int closed;

        @Override
        public Grade grade() {
            return new Grade(30, 0.87, 0.94, 0.9, 0.97, 0.06, true);
        }

        @Override
        public Verdict judge(Picture frame) throws IOException {
            asked++;
            if (asked > 1) {
                throw new IOException("Critics do not run here.");
            }
            return new Verdict(0.5, (x, y) -> 0.5);
        }

        @Override
        public void close() {
            closed++;
        }
    }

    @Test
    void anotherModelHasAnotherCriticAndATrainingOfTheOldOneDoesNotDisturb() {
        ScriptedCritic first = critic(true);
        var second = new ScriptedCritic(false);
        world.critics.put("id of other", second);
        StudioViewModel studio = studio();
        studio.critic().shownProperty().set(true);
        jobs.holdBack();
        var late = new ScriptedCritic(true);
        world.trained.add(late);
        world.answers.add(Path.of("flowers"));
        studio.critic().train();
        studio.model().open(Path.of("other"));
        jobs.runLast();
        jobs.runAll();
        assertEquals(1, first.closed);
        assertEquals(CriticState.POOR, studio.critic().stateProperty().get());
        assertEquals(1, late.closed, "it is kept on the disk, not here");
        studio.critic().close();
        assertEquals(1, second.closed);
    }

    @Test
    void framesOfAnotherModelAreNotJudgedByTheCriticOfThisOne() {
        critic(true);
        var second = new ScriptedCritic(true);
        world.critics.put("id of other", second);
        StudioViewModel studio = studio();
        studio.critic().shownProperty().set(true);
        studio.model().open(Path.of("other"));
        assertEquals(CriticState.GOOD, studio.critic().stateProperty().get());
        assertTrue(studio.film().isComplete(), "nothing was rendered since");
        assertEquals(List.of(false, false, false, false, false), scored(studio));
        assertEquals(0, second.judged.size());
        studio.render().start();
        assertEquals(List.of(true, true, true, true, true), scored(studio));
        assertEquals(5, second.judged.size());
    }

    /** Begins a training whose end waits for the test; null for one that fails. */
    private void beginTraining(StudioViewModel studio, @Nullable ScriptedCritic result) {
        jobs.holdBack();
        if (result != null) {
            world.trained.add(result);
        }
        world.answers.add(Path.of("flowers"));
        studio.critic().train();
    }

    @Test
    void howATrainingEndedIsToldWhereTheMarksWereSwitchedOffMeanwhile() {
        StudioViewModel studio = studio();
        CriticViewModel critic = studio.critic();
        critic.shownProperty().set(true);
        beginTraining(studio, new ScriptedCritic(true));
        critic.shownProperty().set(false);
        jobs.runAll();
        assertEquals(
                "The artifact critic of model is trained. It marks frames while model is in use and the marks are switched"
                        + " on.",
                critic.newsProperty().get());
        assertFalse(critic.alarmingProperty().get());
        assertEquals(CriticState.UNKNOWN, critic.stateProperty().get());
        assertEquals(List.of(false, false, false, false, false), scored(studio));

        beginTraining(studio, null);
        assertEquals("", critic.newsProperty().get());
        jobs.runAll();
        assertEquals(
                "The artifact critic of model was not trained. A critic needs at least 20 photographs, found 3.",
                critic.newsProperty().get());
        assertTrue(critic.alarmingProperty().get());
        critic.dismissNews();
        assertEquals("", critic.newsProperty().get());
    }

    @Test
    void howATrainingEndedIsToldWhereAnotherModelIsInUseByNow() {
        StudioViewModel studio = studio();
        CriticViewModel critic = studio.critic();
        critic.shownProperty().set(true);
        beginTraining(studio, new ScriptedCritic(false));
        studio.model().open(Path.of("other"));
        jobs.runLast();
        jobs.runAll();
        assertEquals(CriticState.MISSING, critic.stateProperty().get());
        assertEquals(
                "The artifact critic of model is trained, but not good enough to use."
                        + " Other or more photographs may help.",
                critic.newsProperty().get());
        assertTrue(critic.alarmingProperty().get());
    }

    @Test
    void aCriticThatCannotBeReadSaysSo() {
        StudioViewModel studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        studio.critic().shownProperty().set(true);
        assertEquals(CriticState.UNKNOWN, studio.critic().stateProperty().get());
        studio.model().open(Path.of("torn"));
        assertEquals(CriticState.FAILED, studio.critic().stateProperty().get());
        assertEquals(
                "The critic is damaged: train it again.",
                studio.critic().messageProperty().get());
    }
}
