package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathViewModelTest {
    private final FakeWorld world = new FakeWorld();
    private final StudioViewModel studio = filled();

    private StudioViewModel filled() {
        StudioViewModel made = world.renderedStudio();
        made.keyframes().add(FakeWorld.offers("green.png"));
        world.rest.elapse();
        return made;
    }

    private SegmentViewModel segment(int slot) {
        return studio.path().behind(studio.keyframes().slots().get(slot));
    }

    private List<Integer> keyframeCells() {
        return studio.film().cells().stream()
                .filter(FrameCell::isKeyframe)
                .map(FrameCell::index)
                .toList();
    }

    @Test
    void thereIsAWayBehindEveryPictureButTheLastUnlessThePathIsClosed() {
        assertTrue(segment(0).exists() && segment(1).exists());
        assertFalse(segment(2).exists());
        studio.parameters().closedProperty().set(true);
        assertTrue(segment(2).exists());
    }

    @Test
    void aSegmentKeepsItsFramesAndTheOtherTakesTheRest() {
        assertEquals(8, segment(0).frames());
        segment(0).setFrames(3);
        world.rest.elapse();
        assertEquals(List.of(0, 3, 16), keyframeCells());
        assertEquals(13, segment(1).frames());
        assertTrue(segment(0).isChanged());
        segment(0).shareFrames();
        assertFalse(segment(0).isChanged());
        segment(0).setFrames(0);
        assertEquals(1, segment(0).frames());
    }

    @Test
    void theFramesOfAWayAreTypedAsEveryNumber() {
        segment(0).typeFrames("many");
        assertFalse(segment(0).hasOwnFrames());
        segment(0).typeFrames(" 1,000 ");
        assertEquals(1000, segment(0).frames());
        segment(0).typeFrames("1.500");
        assertEquals(1000, segment(0).frames());
    }

    @Test
    void framesAndMovementOfTheFilmAreIdleOnceEveryWayHasItsOwn() {
        NumberParameter frames = studio.parameters().frames();
        ChoiceParameter<Movement> easing = studio.parameters().easing();
        segment(0).setFrames(3);
        segment(0).choose(CurveLane.NOISE, Movement.HOLD);
        assertTrue(frames.relevant().get() && easing.relevant().get());
        segment(1).setFrames(5);
        assertFalse(frames.relevant().get());
        assertTrue(easing.relevant().get());
        segment(1).choose(CurveLane.NOISE, Movement.LINEAR);
        assertFalse(easing.relevant().get());
        studio.parameters().closedProperty().set(true);
        assertTrue(frames.relevant().get() && easing.relevant().get(), "the way back shares them");
        studio.parameters().closedProperty().set(false);
        assertFalse(frames.relevant().get() || easing.relevant().get());
        assertTrue(world.texts.find("parameter.frames.idle").isPresent());
        assertTrue(world.texts.find("parameter.easing.idle").isPresent());
        studio.keyframes().remove(studio.keyframes().slots().get(2));
        studio.keyframes().remove(studio.keyframes().slots().get(1));
        assertTrue(frames.relevant().get() && easing.relevant().get(), "there is no way yet");
    }

    @Test
    void draggingAHandleBeginsAtTheCurveThereIs() {
        segment(0).choose(CurveLane.NOISE, Movement.EASE_IN);
        CurveHandles before = segment(0).handles(CurveLane.NOISE).orElseThrow();
        double middle = segment(0).at(CurveLane.NOISE, 0.5);
        segment(0).moveHandle(CurveLane.NOISE, true, before.x1(), before.y1());
        assertEquals(Movement.CURVE, segment(0).movement(CurveLane.NOISE));
        assertEquals(middle, segment(0).at(CurveLane.NOISE, 0.5), 1e-9);
        segment(0).moveHandle(CurveLane.NOISE, false, 7, -3);
        assertEquals(
                new CurveHandles(before.x1(), before.y1(), 1, 0, false),
                segment(0).handles(CurveLane.NOISE).orElseThrow());
        segment(0).reset(CurveLane.NOISE);
        assertEquals(Movement.SHARED, segment(0).movement(CurveLane.NOISE));
    }

    @Test
    void theHandlesOfAHoldSayHowLong() {
        segment(0).choose(CurveLane.NOISE, Movement.HOLD);
        segment(0).moveHandle(CurveLane.NOISE, true, 0.5, 0.7);
        segment(0).moveHandle(CurveLane.NOISE, false, 0.75, 0.1);
        assertEquals(0, segment(0).at(CurveLane.NOISE, 0.5), 1e-9);
        assertEquals(1, segment(0).at(CurveLane.NOISE, 0.75), 1e-9);
        segment(0).moveHandle(CurveLane.NOISE, true, 0.9, 0);
        assertTrue(segment(0).at(CurveLane.NOISE, 0.69) < 1e-9);
        assertEquals(Movement.HOLD, segment(0).movement(CurveLane.NOISE));
    }

    @Test
    void theModelDecidesConstantSpeedSoThereIsNothingToDrag() {
        segment(0).choose(CurveLane.NOISE, Movement.CONSTANT_SPEED);
        assertEquals(Optional.empty(), segment(0).handles(CurveLane.NOISE));
        segment(0).moveHandle(CurveLane.NOISE, true, 0.2, 0.2);
        assertEquals(Movement.CONSTANT_SPEED, segment(0).movement(CurveLane.NOISE));
        world.rest.elapse();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
    }

    @Test
    void picturesMoveWithTheNoiseUntilTheyAreSetApart() {
        segment(0).choose(CurveLane.NOISE, Movement.EASE_OUT);
        assertEquals(0.75, segment(0).at(CurveLane.IMAGE, 0.5));
        segment(0).setApart(true);
        segment(0).choose(CurveLane.NOISE, Movement.LINEAR);
        assertEquals(0.75, segment(0).at(CurveLane.IMAGE, 0.5));
        assertEquals(0.5, segment(0).at(CurveLane.NOISE, 0.5));
        segment(0).reset(CurveLane.IMAGE);
        assertEquals(0.5, segment(0).at(CurveLane.IMAGE, 0.5));
        segment(0).setApart(false);
        assertFalse(segment(0).isApart());
    }

    @Test
    void aDragIsOneStepOfUndo() {
        studio.work().history().gestureBegins();
        for (int i = 1; i < 10; i++) {
            segment(0).moveHandle(CurveLane.NOISE, true, i / 10.0, 0);
            world.gesture.elapse();
        }
        studio.work().history().gestureEnds();
        assertEquals(
                "the movement between two pictures",
                studio.work().history().undoNameProperty().get());
        studio.work().history().undo();
        assertEquals(Movement.SHARED, segment(0).movement(CurveLane.NOISE));
        studio.work().history().redo();
        assertEquals(0.9, segment(0).handles(CurveLane.NOISE).orElseThrow().x1());
    }

    @Test
    void aCopyStandsBehindItsPictureAndTheWayGoesOnFromIt() {
        segment(0).setFrames(3);
        studio.keyframes().duplicate(studio.keyframes().slots().get(0));
        assertEquals(4, studio.keyframes().slots().size());
        assertEquals("red.png", studio.keyframes().slots().get(1).name().getValue());
        assertFalse(segment(0).hasOwnFrames());
        assertEquals(3, segment(1).frames());
        studio.work().history().undo();
        assertEquals(3, studio.keyframes().slots().size());
        assertEquals(3, segment(0).frames());
    }

    @Test
    void turningRoundKeepsTheWayPastASlotWithoutAPicture() {
        KeyframeViewModel middle = studio.keyframes().slots().get(1);
        middle.clear();
        middle.load(FakeWorld.offers("bad.png").getFirst());
        assertEquals(SlotState.FAILED, middle.stateProperty().get());
        segment(0).setFrames(8);
        segment(0).choose(CurveLane.NOISE, Movement.EASE_IN);
        studio.keyframes().reverse();
        assertEquals("green.png", studio.keyframes().slots().getFirst().name().getValue());
        assertTrue(segment(0).exists() && segment(0).hasOwnFrames());
        assertEquals(8, segment(0).frames());
        assertEquals(Movement.EASE_OUT, segment(0).movement(CurveLane.NOISE));
        assertFalse(segment(1).isChanged());
        studio.keyframes().reverse();
        assertEquals(8, segment(0).frames());
        assertEquals(Movement.EASE_IN, segment(0).movement(CurveLane.NOISE));
    }

    @Test
    void theMovementOfTheFilmTurnsRoundWithThePathInOneStep() {
        studio.parameters().easing().set(Movement.EASE_IN);
        world.rest.elapse();
        List<Double> before = positions();
        studio.keyframes().reverse();
        world.rest.elapse();
        assertEquals(Movement.EASE_OUT, studio.parameters().easing().get());
        List<Double> after = positions().reversed();
        for (int i = 0; i < before.size(); i++) {
            assertEquals(1 - before.get(i), after.get(i), 1e-9);
        }
        assertEquals(
                "the order of the pictures",
                studio.work().history().undoNameProperty().get());
        studio.work().history().undo();
        assertEquals(Movement.EASE_IN, studio.parameters().easing().get());
        assertEquals("red.png", studio.keyframes().slots().getFirst().name().getValue());
    }

    private List<String> words() {
        return studio.parameters().words().texts().stream()
                .map(TextParameter::get)
                .toList();
    }

    private List<Double> gains() {
        return List.of(
                studio.parameters().muGain().get(), studio.parameters().nuGain().get());
    }

    @Test
    void theWordsOfBothEndsAndTheGainsTurnRoundWithThePath() {
        studio.parameters().words().prompt().set("a rose");
        studio.parameters().words().promptTo().set("a lily");
        studio.parameters().gainsApartProperty().set(true);
        studio.parameters().muGain().set(0.5);
        studio.parameters().nuGain().set(1.5);
        studio.keyframes().reverse();
        assertEquals(List.of("a lily", "a rose", ""), words());
        assertEquals(List.of(0.5, 1.5), gains(), "the first of three has the gain of the last");
        studio.work().history().undo();
        assertEquals(List.of("a rose", "a lily", ""), words());

        studio.keyframes().remove(studio.keyframes().slots().get(2));
        studio.keyframes().reverse();
        assertEquals(List.of("a lily", "a rose", ""), words());
        assertEquals(List.of(1.5, 0.5), gains());
        studio.work().history().undo();
        assertEquals(List.of("a rose", "a lily", ""), words());
        assertEquals(List.of(0.5, 1.5), gains());
    }

    @Test
    void noWordsAtTheFirstPictureStayWhereThePathTurnsRound() {
        studio.parameters().words().promptTo().set("a lily");
        studio.keyframes().reverse();
        assertEquals(List.of("", "a lily", ""), words(), "none at the end are one prompt throughout");
        studio.parameters().words().prompt().set("a rose");
        studio.parameters().words().promptTo().set("");
        studio.keyframes().reverse();
        assertEquals(List.of("a rose", "", ""), words(), "one prompt throughout");
    }

    @Test
    void withoutAPathTurningRoundLeavesTheMovement() {
        studio.parameters().easing().set(Movement.EASE_IN);
        studio.parameters().words().prompt().set("a rose");
        studio.parameters().words().promptTo().set("a lily");
        studio.keyframes().slots().get(0).clear();
        studio.keyframes().slots().get(2).clear();
        studio.keyframes().reverse();
        assertEquals(Movement.EASE_IN, studio.parameters().easing().get());
        assertEquals(List.of("a rose", "a lily", ""), words());
    }

    @Test
    void whileAPictureIsOnItsWayThePathTurnsRoundInOneStepToo() {
        var jobs = new SwitchedJobRunner();
        StudioViewModel slow = world.studio(jobs, new InlineJobRunner(), world.rest);
        HistoryViewModel history = slow.work().history();
        slow.parameters().easing().set(Movement.EASE_IN);
        jobs.holdBack();
        slow.keyframes().add(FakeWorld.offers("red.png", "blue.png"));
        KeyframeViewModel red = slow.keyframes().slots().getFirst();
        while (red.stateProperty().get() == SlotState.LOADING) {
            jobs.runNext();
        }
        slow.keyframes().reverse();
        jobs.runAll();
        assertEquals("blue.png", slow.keyframes().slots().getFirst().name().getValue());
        assertEquals(Movement.EASE_OUT, slow.parameters().easing().get());
        history.undo();
        assertEquals("the order of the pictures", history.undoNameProperty().get());
        history.undo();
        assertEquals("red.png", slow.keyframes().slots().getFirst().name().getValue());
        assertEquals(Movement.EASE_IN, slow.parameters().easing().get());
    }

    private List<Double> positions() {
        return studio.film().cells().stream()
                .map(cell -> cell.spot().position())
                .toList();
    }

    @Test
    void aClosedPathWithASlotToFillTurnsRoundAsAWhole() {
        studio.parameters().closedProperty().set(true);
        studio.keyframes().slots().get(2).clear();
        segment(0).setFrames(3);
        segment(1).setFrames(5);
        studio.keyframes().reverse();
        assertFalse(segment(0).exists());
        assertEquals("blue.png", studio.keyframes().slots().get(1).name().getValue());
        assertEquals(3, segment(1).frames());
        assertEquals(5, segment(2).frames());
    }

    private List<Object> ways() {
        return List.of(
                studio.keyframes().segments(), studio.parameters().easing().get(), words(), gains());
    }

    private static void lose(KeyframeViewModel slot) {
        SlotSnapshot held = slot.snapshot();
        SlotContent content = Objects.requireNonNull(held.content());
        var missing = new MissingPicture(content.name(), content.sha256(), Optional.empty(), Optional.empty());
        slot.restore(new SlotSnapshot(null, missing, held.crop(), held.segment()));
    }

    private void assertTurnsRoundWithout(int place) {
        studio.keyframes().reverse();
        List<Object> turned = ways();
        studio.work().history().undo();
        KeyframeViewModel slot = studio.keyframes().slots().get(place);
        String name = slot.name().getValue();
        lose(slot);
        studio.keyframes().reverse();
        assertEquals(SlotState.MISSING, slot.stateProperty().get());
        slot.load(FakeWorld.offers(name).getFirst());
        assertEquals(turned, ways());
    }

    @Test
    void aPathWithAMissingPictureTurnsRoundAsItDoesOnceThatIsFound() {
        segment(0).setFrames(3);
        segment(0).choose(CurveLane.NOISE, Movement.EASE_IN);
        segment(1).setFrames(5);
        studio.parameters().easing().set(Movement.EASE_IN);
        studio.parameters().words().prompt().set("a rose");
        studio.parameters().words().promptTo().set("a lily");
        studio.parameters().gainsApartProperty().set(true);
        studio.parameters().muGain().set(0.5);
        studio.parameters().nuGain().set(1.5);
        assertTurnsRoundWithout(1);
        studio.keyframes().remove(studio.keyframes().slots().get(2));
        assertTurnsRoundWithout(0);
    }

    @Test
    void theWayBehindASlotThatIsGoneHearsOfNothing() {
        SegmentViewModel gone = segment(2);
        SegmentViewModel left = segment(0);
        studio.keyframes().remove(studio.keyframes().slots().get(2));
        long before = gone.revision().get();
        long leftBefore = left.revision().get();
        studio.parameters().frames().set(40);
        assertEquals(before, gone.revision().get());
        assertTrue(left.revision().get() > leftBefore);
        assertEquals(left, segment(0));
    }

    @Test
    void movingGammaOrACropTellsNoSegment() {
        SegmentViewModel first = segment(0);
        var told = new AtomicInteger();
        Changes.on(first.revision(), told::incrementAndGet);
        studio.parameters().gamma().set(0.4);
        studio.parameters().seed().set(7);
        studio.keyframes().slots().getFirst().zoom(2);
        assertEquals(0, told.get());
        studio.parameters().easing().set(Movement.EASE_IN);
        assertEquals(1, told.get());
        studio.parameters().closedProperty().set(true);
        assertEquals(2, told.get());
        studio.keyframes().move(studio.keyframes().slots().getFirst(), 2);
        assertEquals(3, told.get());
        assertTrue(first.exists());
    }

    @Test
    void aSlotMovesToAnyPlace() {
        KeyframesViewModel keyframes = studio.keyframes();
        KeyframeViewModel red = keyframes.slots().get(0);
        keyframes.moveTo(red, 0);
        keyframes.moveTo(red, 1);
        assertEquals(red, keyframes.slots().get(0));
        keyframes.moveTo(red, 3);
        assertEquals(red, keyframes.slots().get(2));
        keyframes.moveTo(red, 1);
        assertEquals(red, keyframes.slots().get(1));
    }

    @Test
    void theWholePathIsKeptInTheProject(@TempDir Path folder) {
        segment(0).setFrames(3);
        segment(1).choose(CurveLane.NOISE, Movement.HOLD);
        segment(1).setApart(true);
        world.rest.elapse();
        studio.frames().remove(studio.film().cells().get(2));
        Path file = folder.resolve("a.morph");
        StudioState before = studio.work().history().state();
        world.answers.add(file);
        studio.work().project().save();
        studio.work().project().startNew();
        studio.work().project().open(file);
        assertEquals(
                before.slots().stream().map(SlotSnapshot::segment).toList(),
                studio.work().history().state().slots().stream()
                        .map(SlotSnapshot::segment)
                        .toList());
    }
}
