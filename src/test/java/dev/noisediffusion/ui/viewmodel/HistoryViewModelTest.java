package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.image.Crop;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.morph.Segment;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.ManualJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryViewModelTest {
    private final FakeWorld world = new FakeWorld();
    private final StudioViewModel studio = world.studio();
    private final KeyframesViewModel keyframes = studio.keyframes();
    private final ParametersViewModel parameters = studio.parameters();
    private final HistoryViewModel history = studio.work().history();

    private StudioState now() {
        return new StudioState(
                keyframes.snapshot(),
                parameters.values(),
                studio.kept().keptProperty().get());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void fiveHundredRandomStepsUndoneEndWhereTheyBeganAndRedoneWhereTheyWere(long seed) {
        var random = new SplittableRandom(seed);
        var states = new ArrayList<>(List.of(now()));
        while (states.size() <= 500) {
            randomStep(random);
            world.gesture.elapse();
            if (!now().equals(states.getLast())) {
                states.add(now());
            }
        }
        for (int i = 499; i >= 0; i--) {
            history.undo();
            assertEquals(states.get(i), now());
        }
        assertEquals("", history.undoNameProperty().get());
        history.undo();
        for (int i = 1; i <= 500; i++) {
            history.redo();
            assertEquals(states.get(i), now());
        }
        assertEquals("", history.redoNameProperty().get());
    }

    private void randomStep(SplittableRandom random) {
        List<KeyframeViewModel> slots = keyframes.slots();
        KeyframeViewModel slot = slots.get(random.nextInt(slots.size()));
        switch (random.nextInt(17)) {
            case 0, 1 -> keyframes.add(FakeWorld.offers(random.nextBoolean() ? "red.png" : "wide.png"));
            case 2 -> keyframes.put(slot, FakeWorld.offers("blue.png"));
            case 3 -> keyframes.remove(slot);
            case 4 -> keyframes.move(slot, random.nextBoolean() ? 1 : -1);
            case 5 -> keyframes.reverse();
            case 6 -> slot.zoom(random.nextDouble(0.5, 2));
            case 7 -> slot.pan(random.nextDouble(-1, 1), random.nextDouble(-1, 1));
            case 8 -> parameters.gamma().set(random.nextDouble());
            case 9 -> parameters.seed().set(random.nextInt(1000));
            case 10 -> parameters.method().set(List.of(MethodName.values()).get(random.nextInt(4)));
            case 11 ->
                parameters
                        .gainsApartProperty()
                        .set(!parameters.gainsApartProperty().get());
            case 12 -> parameters.muGain().set(random.nextDouble(10));
            case 13 ->
                parameters
                        .boundaryOffProperty()
                        .set(!parameters.boundaryOffProperty().get());
            case 14 -> parameters.depth().set(random.nextDouble());
            case 15 -> slot.mirror();
            default -> parameters.reset();
        }
    }

    @Test
    void theDragOfASliderIsOneStepHoweverLongTheHandPauses() {
        history.gestureBegins();
        for (double value : List.of(0.1, 0.2, 0.3)) {
            parameters.gamma().set(value);
            world.gesture.elapse();
        }
        history.gestureEnds();
        assertEquals("Lubrication γ", history.undoNameProperty().get());
        history.undo();
        assertEquals(0, parameters.gamma().get());
        history.redo();
        assertEquals(0.3, parameters.gamma().get());
    }

    @Test
    void withoutAButtonHeldARestEndsTheStep() {
        parameters.gamma().set(0.1);
        parameters.gamma().set(0.2);
        world.gesture.elapse();
        parameters.gamma().set(0.3);
        history.undo();
        assertEquals(0.2, parameters.gamma().get());
        history.undo();
        assertEquals(0, parameters.gamma().get());
    }

    @Test
    void aSliderThatComesBackLeavesNoStep() {
        parameters.gamma().set(0.1);
        parameters.gamma().set(0);
        assertEquals("", history.undoNameProperty().get());
    }

    @Test
    void aDragThroughItsBeginningDoesNotJoinTheDragBefore() {
        history.gestureBegins();
        parameters.gamma().set(0.5);
        history.gestureEnds();
        history.gestureBegins();
        parameters.gamma().set(0.6);
        parameters.gamma().set(0.5);
        parameters.gamma().set(0.8);
        parameters.gamma().set(0.9);
        history.gestureEnds();
        history.undo();
        assertEquals(0.5, parameters.gamma().get());
        history.undo();
        assertEquals(0, parameters.gamma().get());
    }

    @Test
    void stepsAreNamed() {
        keyframes.add(FakeWorld.offers("red.png"));
        assertEquals("adding a picture", history.undoNameProperty().get());
        keyframes.slots().getFirst().zoom(2);
        assertEquals("moving the crop", history.undoNameProperty().get());
        keyframes.reverse();
        assertEquals("the order of the pictures", history.undoNameProperty().get());
        keyframes.put(keyframes.slots().get(1), FakeWorld.offers("blue.png"));
        keyframes.remove(keyframes.slots().get(1));
        assertEquals("removing a picture", history.undoNameProperty().get());
        parameters.gainsApartProperty().set(true);
        assertEquals("injection set apart", history.undoNameProperty().get());
        history.undo();
        assertEquals("injection set apart", history.redoNameProperty().get());
    }

    @Test
    void aNewStepForgetsWhatWasUndone() {
        parameters.gamma().set(0.5);
        history.undo();
        parameters.boundary().set(3);
        assertEquals("", history.redoNameProperty().get());
        history.redo();
        assertEquals(0, parameters.gamma().get());
    }

    @Test
    void severalStepsAreTakenBackAtOnce() {
        for (double value : List.of(0.1, 0.2, 0.3)) {
            parameters.gamma().set(value);
            world.gesture.elapse();
        }
        parameters.boundary().set(3);
        String gamma = "Lubrication γ";
        assertEquals(List.of("Boundary", gamma, gamma, gamma), history.undoSteps());
        var passed = new ArrayList<Number>();
        Changes.on(
                parameters.gamma().valueProperty(),
                () -> passed.add(parameters.gamma().get()));
        history.undo(3);
        assertEquals(List.of(0.1), passed, "nothing is rendered for what lies between");
        assertEquals(2, parameters.boundary().get());
        assertEquals(List.of(gamma), history.undoSteps());
        assertEquals(List.of(gamma, gamma, "Boundary"), history.redoSteps());
        history.redo(2);
        assertEquals(List.of(0.1, 0.3), passed);
        assertEquals(2, parameters.boundary().get());
        history.redo(9);
        assertEquals(3, parameters.boundary().get());
        history.undo(9);
        assertEquals(0, parameters.gamma().get());
        assertEquals("", history.undoNameProperty().get());
    }

    @Test
    void onlyTheLastStepsAreListed() {
        for (int seed = 1; seed <= 20; seed++) {
            parameters.seed().set(seed);
            world.gesture.elapse();
        }
        parameters.depth().set(0.5);
        assertEquals(HistoryViewModel.MOST_LISTED, history.undoSteps().size());
        assertEquals("Depth", history.undoSteps().getFirst());
    }

    @Test
    void picturesOnTheirWayAreTakenBackBeforeSeveralSteps() {
        var jobs = new SwitchedJobRunner();
        StudioViewModel slow = world.studio(jobs, new InlineJobRunner(), world.rest);
        HistoryViewModel steps = slow.work().history();
        slow.keyframes().add(FakeWorld.offers("red.png"));
        slow.parameters().gamma().set(0.5);
        jobs.holdBack();
        slow.keyframes().add(FakeWorld.offers("blue.png"));
        steps.undo(1);
        assertEquals(0, slow.parameters().gamma().get());
        assertEquals(List.of("adding a picture"), steps.undoSteps());
        jobs.runAll();
        assertEquals(List.of("red.png", ""), names(slow));
    }

    @Test
    void picturesOnTheirWayAreOneStepOrAreTakenBackFirst() {
        var jobs = new ManualJobRunner();
        StudioViewModel slow = world.studio(jobs, new InlineJobRunner(), world.rest);
        StudioState empty = slow.work().history().state();
        slow.keyframes().add(FakeWorld.offers("red.png", "blue.png", "green.png"));
        assertEquals("", slow.work().history().undoNameProperty().get());
        slow.work().history().undo();
        assertEquals(2, slow.keyframes().slots().size());
        slow.keyframes().add(FakeWorld.offers("red.png", "blue.png", "green.png"));
        while (jobs.waitingCount() > 0) {
            jobs.runNext();
        }
        assertTrue(slow.keyframes().areReady());
        slow.work().history().undo();
        assertEquals(empty, slow.work().history().state());
        assertEquals(2, slow.keyframes().slots().size());
    }

    @Test
    void whatIsSetWhilePicturesAreOnTheirWayIsAStepOfItsOwn() {
        var jobs = new ManualJobRunner();
        StudioViewModel slow = world.studio(jobs, new InlineJobRunner(), world.rest);
        HistoryViewModel steps = slow.work().history();
        slow.keyframes().add(FakeWorld.offers("red.png"));
        slow.parameters().gamma().set(0.5);
        assertEquals("Lubrication γ", steps.undoNameProperty().get());
        assertEquals(0.5, steps.state().values().numbers().getOrDefault("gamma", 0.0));
        assertTrue(steps.state().slots().stream().allMatch(SlotSnapshot::isEmpty));
        slow.kept().keep(KeptLetter.A);
        assertEquals(slow.kept().keptProperty().get(), steps.state().kept());

        steps.undo();
        assertEquals(0.5, slow.parameters().gamma().get(), "the picture on its way is taken back first");
        assertEquals("keeping settings", steps.undoNameProperty().get());
        steps.undo();
        steps.undo();
        assertEquals(0, slow.parameters().gamma().get());
        steps.redo();
        assertEquals(0.5, slow.parameters().gamma().get());

        slow.keyframes().add(FakeWorld.offers("red.png"));
        slow.parameters().boundary().set(3);
        while (jobs.waitingCount() > 0) {
            jobs.runNext();
        }
        assertEquals("adding a picture", steps.undoNameProperty().get());
        steps.undo();
        assertEquals(3, slow.parameters().boundary().get());
        steps.undo();
        assertEquals(2, slow.parameters().boundary().get());
    }

    @Test
    void whatIsDoneToPicturesWhileAnotherIsOnItsWayIsAStepOfItsOwn() {
        var jobs = new SwitchedJobRunner();
        StudioViewModel slow = world.studio(jobs, new InlineJobRunner(), world.rest);
        HistoryViewModel steps = slow.work().history();
        slow.keyframes().add(FakeWorld.offers("red.png", "blue.png"));
        jobs.holdBack();
        slow.keyframes().add(FakeWorld.offers("green.png"));
        KeyframeViewModel first = slow.keyframes().slots().getFirst();
        first.zoom(2);
        Crop cropped = first.cropProperty().get();
        assertEquals("moving the crop", steps.undoNameProperty().get());
        slow.keyframes().move(first, 1);
        assertEquals("the order of the pictures", steps.undoNameProperty().get());

        steps.undo();
        assertEquals("the order of the pictures", steps.undoNameProperty().get(), "the picture is taken back first");
        assertEquals("blue.png", slow.keyframes().slots().getFirst().name().getValue());
        steps.undo();
        assertEquals("red.png", slow.keyframes().slots().getFirst().name().getValue());
        steps.undo();
        assertEquals(
                Crop.CENTER, slow.keyframes().slots().getFirst().cropProperty().get());
        steps.redo();
        assertEquals(cropped, slow.keyframes().slots().getFirst().cropProperty().get());
        steps.redo();
        assertEquals("blue.png", slow.keyframes().slots().getFirst().name().getValue());
        assertEquals("", steps.redoNameProperty().get());
    }

    private static List<String> names(StudioViewModel studio) {
        return studio.keyframes().slots().stream()
                .map(slot -> slot.name().getValue())
                .toList();
    }

    @Test
    void picturesDoubledAndTakenAwayWhileAnotherIsOnItsWayAreStepsOfTheirOwn() {
        var jobs = new SwitchedJobRunner();
        StudioViewModel slow = world.studio(jobs, new InlineJobRunner(), world.rest);
        HistoryViewModel steps = slow.work().history();
        slow.keyframes().add(FakeWorld.offers("red.png", "blue.png"));
        jobs.holdBack();
        slow.keyframes().add(FakeWorld.offers("green.png"));
        slow.keyframes().duplicate(slow.keyframes().slots().getFirst());
        assertEquals(3, steps.state().slots().size());
        slow.keyframes().remove(slow.keyframes().slots().get(2));
        assertEquals("removing a picture", steps.undoNameProperty().get());
        jobs.runAll();
        assertEquals(List.of("red.png", "red.png", "green.png"), names(slow));

        steps.undo();
        assertEquals(List.of("red.png", "red.png"), names(slow));
        steps.undo();
        assertEquals(List.of("red.png", "red.png", "blue.png"), names(slow));
        steps.undo();
        assertEquals(List.of("red.png", "blue.png"), names(slow));
    }

    @Test
    void whatHasComeBeforeOthersAndWasDoneSinceIsTakenBackWithThemAndDoneAgain() {
        var jobs = new SwitchedJobRunner();
        StudioViewModel slow = world.studio(jobs, new InlineJobRunner(), world.rest);
        HistoryViewModel steps = slow.work().history();
        slow.keyframes().add(FakeWorld.offers("red.png", "blue.png"));
        StudioState before = steps.state();
        jobs.holdBack();
        slow.keyframes().add(FakeWorld.offers("green.png", "wide.png"));
        jobs.runNext();
        KeyframeViewModel first = slow.keyframes().slots().getFirst();
        first.zoom(2);
        Crop cropped = first.cropProperty().get();

        steps.undo();
        assertEquals(List.of("red.png", "blue.png"), names(slow));
        assertEquals(before, steps.state());
        assertEquals("adding a picture", steps.redoNameProperty().get());
        steps.redo();
        assertEquals(List.of("red.png", "blue.png", "green.png"), names(slow));
        assertEquals(cropped, slow.keyframes().slots().getFirst().cropProperty().get());
        steps.undo();
        assertEquals(before, steps.state());
        jobs.runAll();
        assertEquals(List.of("red.png", "blue.png"), names(slow));
    }

    @Test
    void mirroringIsAStepOfItsOwnBetweenThoseOfTheCrop() {
        keyframes.add(FakeWorld.offers("red.png", "blue.png"));
        KeyframeViewModel first = keyframes.slots().getFirst();
        first.zoom(2);
        first.mirror();
        assertEquals("mirroring a picture", history.undoNameProperty().get());
        first.zoom(2);
        assertEquals("moving the crop", history.undoNameProperty().get());
        history.undo();
        assertEquals(new Crop(0.5, 0.5, 2, true), first.cropProperty().get());
        history.undo();
        assertEquals(new Crop(0.5, 0.5, 2), first.cropProperty().get());
        assertEquals("moving the crop", history.undoNameProperty().get());
        history.redo();
        assertTrue(first.mirrored().get());
    }

    @Test
    void aPictureThatTakesThePlaceOfACroppedOneIsOneStep() {
        var jobs = new SwitchedJobRunner();
        StudioViewModel slow = world.studio(jobs, new InlineJobRunner(), world.rest);
        HistoryViewModel steps = slow.work().history();
        slow.keyframes().add(FakeWorld.offers("red.png", "blue.png"));
        KeyframeViewModel first = slow.keyframes().slots().getFirst();
        first.zoom(2);
        Crop cropped = first.cropProperty().get();
        jobs.holdBack();
        slow.keyframes().put(first, FakeWorld.offers("green.png"));
        jobs.runAll();
        assertEquals(Crop.CENTER, first.cropProperty().get());
        steps.undo();
        assertEquals("red.png", first.name().getValue());
        assertEquals(cropped, first.cropProperty().get());
    }

    @Test
    void undoGoesAThousandStepsBack() {
        for (int seed = 1; seed <= 1002; seed++) {
            parameters.seed().set(seed);
            world.gesture.elapse();
        }
        int steps = 0;
        while (!history.undoNameProperty().get().isEmpty()) {
            history.undo();
            steps++;
        }
        assertEquals(1000, steps);
        assertEquals(2, parameters.seed().get());
    }

    @Test
    void oldStepsAreForgottenBeforeMemoryRunsOut() {
        world.pictures = new PictureReader() {
            @Override
            public Picture read(java.nio.file.Path file) {
                return FakeWorld.plain(4000, 4000, 0x808080);
            }

            @Override
            public Picture read(byte[] bytes, String name) {
                return FakeWorld.plain(1, 1, 0);
            }
        };
        StudioViewModel big = world.studio();
        for (int i = 0; i < 16; i++) {
            big.keyframes().put(big.keyframes().slots().getFirst(), FakeWorld.offers("a" + i));
        }
        int steps = 0;
        while (!big.work().history().undoNameProperty().get().isEmpty()) {
            big.work().history().undo();
            steps++;
        }
        assertTrue(steps <= HistoryViewModel.MOST_PIXELS / 16_000_000, "kept " + steps);
        assertNotEquals(0, steps);
    }

    @Test
    void picturesInUseCostNoSteps() {
        Picture large = FakeWorld.plain(4000, 4000, 0x808080);
        Raster small = Raster.of(FakeWorld.plain(8, 8, 0x808080));
        List<SlotSnapshot> many = IntStream.range(0, 16)
                .mapToObj(i ->
                        new SlotContent("photo " + i, large, small, "hash " + i, Optional.empty(), List.of(), false))
                .map(content -> new SlotSnapshot(content, null, Crop.CENTER, Segment.PLAIN))
                .toList();
        keyframes.restore(many);
        parameters.gamma().set(0.5);
        parameters.boundary().set(3);
        parameters.gamma().set(0.75);
        history.undo();
        history.undo();
        history.undo();
        assertEquals(0, parameters.gamma().get());
        history.undo();
        assertEquals(2, keyframes.slots().size());
        assertEquals("", history.undoNameProperty().get());
    }

    @Test
    void resetIsOneStep() {
        parameters.gamma().set(0.5);
        world.gesture.elapse();
        parameters.steps().set(80);
        parameters.reset();
        history.undo();
        assertEquals(0.5, parameters.gamma().get());
        assertEquals(80, parameters.steps().get());
    }
}
