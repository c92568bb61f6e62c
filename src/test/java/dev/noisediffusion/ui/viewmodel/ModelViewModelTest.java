package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.ManualJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ModelViewModelTest {
    private final FakeWorld world = new FakeWorld();

    /** The model of a studio whose jobs wait for the test. */
    private ModelViewModel heldBack(SwitchedJobRunner jobs) {
        ModelViewModel model =
                world.studio(jobs, new InlineJobRunner(), world.rest).model();
        jobs.holdBack();
        return model;
    }

    @Test
    void aModelThatCannotBeOpenedSaysWhyAndLeavesTheOneBefore() {
        ModelViewModel model = world.studio().model();
        model.open(Path.of("bad-one"));
        assertEquals(ModelState.NONE, model.stateProperty().get());
        assertTrue(model.messageProperty().get().contains("bad-one"));
        model.open(Path.of("good"));
        assertEquals("good", model.name().getValue());
        assertEquals("", model.messageProperty().get());
        model.open(Path.of("bad-two"));
        assertEquals(ModelState.READY, model.stateProperty().get());
        assertEquals("good", model.name().getValue());
        assertEquals(0, world.closedModels.get());
    }

    @Test
    void aModelThatRunsElsewhereThanItWasMeantToSaysWhy() {
        ModelViewModel model = world.studio().model();
        model.open(Path.of("far"));
        assertEquals(ModelState.READY, model.stateProperty().get());
        assertEquals(
                "http://far:8000 cannot be reached: start the server there, or check the address and the network. The"
                        + " model runs on CPU for now.",
                model.messageProperty().get());
        model.open(Path.of("near"));
        assertEquals("", model.messageProperty().get());
    }

    @Test
    void onlyWhatCouldNotBeOpenedAsksForAnotherModel() {
        ModelViewModel model = world.studio().model();
        model.open(Path.of("far"));
        assertFalse(model.refusedProperty().get());
        model.open(Path.of("bad-one"));
        assertTrue(model.refusedProperty().get());
        model.hear(new DeviceNotice.Shrunk(2));
        assertFalse(model.refusedProperty().get());
    }

    @Test
    void aServerWithAnotherModelIsNoNewsWhereASessionBegins() {
        var fault = new AtomicReference<>(Trouble.Fault.OTHER_GRAPH);
        world.models = (folder, notices) -> serverRefuses(world.openModel(folder), fault.get());
        ModelViewModel model = world.studio().model();
        model.begin(Path.of("starter"));
        assertEquals(ModelState.READY, model.stateProperty().get());
        assertEquals("", model.messageProperty().get());
        model.open(Path.of("chosen"));
        assertTrue(model.messageProperty().get().contains("http://gpu:8000"));

        fault.set(Trouble.Fault.UNREACHABLE);
        model.begin(Path.of("starter"));
        assertTrue(model.messageProperty().get().contains("http://gpu:8000"), "any model would run here");
    }

    private static OpenModel serverRefuses(OpenModel open, Trouble.Fault fault) {
        return new OpenModel(
                open.model(),
                open.shape(),
                open.batchSize(),
                open.device(),
                open.suggested(),
                Optional.of(new Trouble.ServerFault(fault, "http://gpu:8000", "")),
                open.renderer(),
                open.bench(),
                open.resource());
    }

    @Test
    void aModelThatMovedToTheProcessorIsShownThereUntilItIsOpenedAgain() {
        ModelViewModel model = world.studio().model();
        model.open(Path.of("large"));
        String before = model.device().get();
        model.hear(new DeviceNotice.Shrunk(2));
        assertTrue(model.messageProperty().get().contains("2 a call"));
        assertEquals(before, model.device().get());

        model.hear(new DeviceNotice.Moved("the processor"));

        assertEquals("the processor", model.device().get());
        assertTrue(model.messageProperty().get().contains("too little memory for this model"));
        model.reopen();
        assertEquals(before, model.device().get());
    }

    @Test
    void aServerThatIsLostIsToldOfUntilItIsBack() {
        ModelViewModel model = world.studio().model();
        model.open(Path.of("far"));
        model.hear(new DeviceNotice.ServerLost("http://gpu"));
        assertTrue(model.messageProperty().get().startsWith("The connection to http://gpu is lost."));
        model.hear(new DeviceNotice.ServerBack("http://gpu"));
        assertEquals("", model.messageProperty().get());
        model.hear(new DeviceNotice.Shrunk(2));
        model.hear(new DeviceNotice.ServerBack("http://gpu"));
        assertTrue(model.messageProperty().get().contains("2 a call"), "Other news stays");
    }

    @Test
    void onlyTheModelInUseSaysWhatItRunsOn() {
        var devices = new HashMap<Path, Consumer<DeviceNotice>>();
        world.models = (folder, notices) -> {
            devices.put(folder, notices);
            return world.openModel(folder);
        };
        ModelViewModel model = world.studio().model();
        Path one = Path.of("one");
        Path two = Path.of("two");
        model.open(one);
        model.open(two);
        String before = model.device().get();
        Objects.requireNonNull(devices.get(one)).accept(new DeviceNotice.Moved("the processor"));
        assertEquals(before, model.device().get());
        assertEquals("", model.messageProperty().get());
        Objects.requireNonNull(devices.get(two)).accept(new DeviceNotice.Moved("the processor"));
        assertEquals("the processor", model.device().get());
        assertTrue(model.messageProperty().get().contains("too little memory for this model"));
    }

    @Test
    void newsOfTheModelBeforeGoWithIt() {
        var devices = new HashMap<Path, Consumer<DeviceNotice>>();
        world.models = (folder, notices) -> {
            devices.put(folder, notices);
            return world.openModel(folder);
        };
        var jobs = new SwitchedJobRunner();
        ModelViewModel model =
                world.studio(jobs, new InlineJobRunner(), world.rest).model();
        Path one = Path.of("one");
        model.open(one);
        jobs.holdBack();
        model.open(Path.of("two"));
        Objects.requireNonNull(devices.get(one)).accept(new DeviceNotice.ServerLost("http://gpu"));
        assertTrue(model.messageProperty().get().startsWith("The connection to http://gpu is lost."));
        jobs.runAll();
        assertEquals("two", model.name().getValue());
        assertEquals("", model.messageProperty().get());
    }

    @Test
    void whatAModelOnItsWayRunsOnIsShownWhenItComesIntoUse() {
        ModelViewModel model = world.studio().model();
        model.open(Path.of("one"));
        String before = model.device().get();
        var during = new ArrayList<String>();
        world.models = (folder, notices) -> {
            notices.accept(new DeviceNotice.ServerLost("http://gpu"));
            during.add(model.messageProperty().get());
            notices.accept(new DeviceNotice.Moved("the processor"));
            during.add(model.device().get());
            return world.openModel(folder);
        };
        model.open(Path.of("two"));
        assertTrue(during.getFirst().startsWith("The connection to http://gpu is lost."), during::getFirst);
        assertEquals(before, during.getLast());
        assertEquals("the processor", model.device().get());
        world.models = (folder, notices) -> {
            notices.accept(new DeviceNotice.Moved("elsewhere"));
            throw new IOException("It is torn.");
        };
        model.open(Path.of("three"));
        assertEquals("the processor", model.device().get());
    }

    @Test
    void theModelInUseOrOnItsWayOpensAgainOnAnotherDevice() {
        var jobs = new ManualJobRunner();
        ModelViewModel model =
                world.studio(jobs, new InlineJobRunner(), world.rest).model();
        model.reopen();
        assertEquals(ModelState.NONE, model.stateProperty().get());
        for (String name : List.of("one", "two")) {
            model.open(Path.of(name));
            model.reopen();
            while (jobs.waitingCount() > 0) {
                jobs.runNext();
            }
            assertEquals(name, model.name().getValue());
        }
        model.reopen();
        assertEquals(ModelState.OPENING, model.stateProperty().get());
        while (jobs.waitingCount() > 0) {
            jobs.runNext();
        }
        assertEquals("two", model.name().getValue());
    }

    /** A model that is in use, asked for on another device; further jobs wait for the test. */
    private ModelViewModel movedTo(String device, SwitchedJobRunner jobs) {
        ModelViewModel model =
                world.studio(jobs, new InlineJobRunner(), world.rest).model();
        model.open(Path.of("rose"));
        jobs.holdBack();
        world.device = device;
        model.reopen();
        return model;
    }

    @Test
    void theModelInUseComesOnItsOtherDeviceThoughAnotherOneDoesNotOpenMeanwhile() {
        var jobs = new SwitchedJobRunner();
        ModelViewModel model = movedTo("GPU", jobs);
        model.use(Path.of("bad-lily"));
        jobs.runAll();
        assertEquals(ModelState.READY, model.stateProperty().get());
        assertEquals("rose", model.name().getValue());
        assertEquals("GPU", model.device().get());
        assertTrue(model.messageProperty().get().contains("bad-lily"), model.messageProperty()::get);
    }

    @Test
    void theModelInUseComesOnItsOtherDeviceThoughAnotherOneWasGivenUpForItMeanwhile() {
        var jobs = new SwitchedJobRunner();
        ModelViewModel model = movedTo("GPU", jobs);
        model.use(Path.of("lily"));
        model.use(Path.of("rose"));
        jobs.runAll();
        assertEquals("rose", model.name().getValue());
        assertEquals("GPU", model.device().get());
    }

    @Test
    void theModelInUseThatDoesNotOpenOnItsOtherDeviceIsNotTriedForEver() {
        var jobs = new SwitchedJobRunner();
        var tried = new ArrayList<Path>();
        ModelViewModel model = movedTo("GPU", jobs);
        world.models = (folder, notices) -> {
            tried.add(folder);
            throw new IOException("no memory");
        };
        Path rose = Path.of("rose");
        Path lily = Path.of("lily");
        jobs.runAll();
        model.use(lily);
        jobs.runAll();
        assertEquals(List.of(rose, lily), tried);
        model.reopen();
        model.use(lily);
        jobs.runAll();
        assertEquals(List.of(rose, lily, rose, lily, rose), tried);
        assertEquals(ModelState.READY, model.stateProperty().get());
        assertEquals("CPU", model.device().get());
    }

    @Test
    void whereTheModelAskedForCannotBeOpenedTheOneThatWasOnItsWayComes() {
        var jobs = new SwitchedJobRunner();
        ModelViewModel model = heldBack(jobs);
        model.begin(Path.of("starter"));
        model.open(Path.of("bad-rose"));
        jobs.runAll();
        assertEquals(ModelState.READY, model.stateProperty().get());
        assertEquals("starter", model.name().getValue());
        assertTrue(model.messageProperty().get().contains("bad-rose"), model.messageProperty()::get);
    }

    @Test
    void ofSeveralModelsThatDoNotOpenTheFirstThatWasOnItsWayComes() {
        var jobs = new SwitchedJobRunner();
        ModelViewModel model = heldBack(jobs);
        model.begin(Path.of("starter"));
        model.open(Path.of("bad-rose"));
        model.open(Path.of("bad-lily"));
        jobs.runAll();
        assertEquals(ModelState.READY, model.stateProperty().get());
        assertEquals("starter", model.name().getValue());
        assertTrue(model.messageProperty().get().contains("bad-lily"), model.messageProperty()::get);
    }

    @Test
    void ofTwoModelsThatCannotBeOpenedNeitherIsTriedForEver() {
        var jobs = new SwitchedJobRunner();
        ModelViewModel model = heldBack(jobs);
        model.begin(Path.of("bad-starter"));
        model.open(Path.of("bad-rose"));
        jobs.runAll();
        assertEquals(ModelState.NONE, model.stateProperty().get());
        assertTrue(model.messageProperty().get().contains("bad-rose"), model.messageProperty()::get);
        world.models = (folder, notices) -> world.openModel(Path.of("mended-" + folder.getFileName()));
        model.reopen();
        jobs.runAll();
        assertEquals("mended-bad-rose", model.name().getValue());
    }

    @Test
    void aModelThatCannotBeOpenedDoesNotComeInPlaceOfItself() {
        var opened = new ArrayList<Path>();
        world.models = (folder, notices) -> {
            opened.add(folder);
            return world.openModel(folder);
        };
        var jobs = new SwitchedJobRunner();
        ModelViewModel model = heldBack(jobs);
        Path starter = Path.of("bad-starter");
        model.begin(starter);
        model.open(Path.of("bad-rose"));
        while (model.messageProperty().get().isEmpty()) {
            jobs.runNext();
        }
        opened.clear();
        model.open(starter);
        jobs.runAll();
        assertEquals(List.of(starter, starter), opened, "in place of the other, and because it was asked for");
        assertEquals(ModelState.NONE, model.stateProperty().get());
        assertTrue(model.messageProperty().get().contains("bad-starter"), model.messageProperty()::get);
    }

    @Test
    void theModelThatComesInPlaceOfAnotherComesOnAnotherDeviceToo() {
        var jobs = new SwitchedJobRunner();
        ModelViewModel model = heldBack(jobs);
        model.begin(Path.of("starter"));
        model.open(Path.of("bad-rose"));
        while (model.messageProperty().get().isEmpty()) {
            jobs.runNext();
        }
        model.reopen();
        jobs.runAll();
        assertEquals("starter", model.name().getValue());
        assertTrue(model.messageProperty().get().contains("bad-rose"), model.messageProperty()::get);
    }

    @Test
    void aModelThatTheUserGaveUpDoesNotOpenOnAnotherDevice() {
        var jobs = new SwitchedJobRunner();
        ModelViewModel model = heldBack(jobs);
        model.open(Path.of("vast"));
        model.cancel();
        jobs.runAll();
        model.reopen();
        jobs.runAll();
        assertEquals(ModelState.NONE, model.stateProperty().get());
    }

    @Test
    void aModelThatCouldNotBeOpenedIsOpenedOnAnotherDevice() {
        world.models = (folder, notices) -> {
            throw new IOException("no memory");
        };
        ModelViewModel model = world.studio().model();
        model.open(Path.of("large"));
        assertEquals(ModelState.NONE, model.stateProperty().get());
        world.models = (folder, notices) -> world.openModel(folder);
        model.reopen();
        assertEquals("large", model.name().getValue());
        assertEquals("", model.messageProperty().get());
    }

    /** Such as one that waits for a server. */
    @Test
    void workDeepWithinTheOpeningHearsThatItIsNotWantedAnyMore() {
        var within = new AtomicReference<>(new CancellationToken());
        world.models = (folder, notices) -> {
            within.set(CancellationToken.current());
            return world.openModel(folder);
        };
        ModelViewModel model = world.studio().model();
        model.open(Path.of("far-away"));
        model.cancel();
        assertTrue(within.get().isCancelled());
    }

    @Test
    void theModelBeforeIsClosed() {
        ModelViewModel model = world.studio().model();
        model.open(Path.of("one"));
        model.open(Path.of("two"));
        assertEquals(1, world.closedModels.get());
        model.close();
        model.close();
        assertEquals(2, world.closedModels.get());
    }

    @Test
    void aModelThatArrivesAfterAnotherWasChosenIsClosed() {
        var jobs = new ManualJobRunner();
        ModelViewModel model =
                world.studio(jobs, new InlineJobRunner(), world.rest).model();
        model.open(Path.of("one"));
        model.open(Path.of("two"));
        while (jobs.waitingCount() > 0) {
            jobs.runNext();
        }
        assertEquals("two", model.name().getValue());
        assertEquals(1, world.closedModels.get());
    }

    @Test
    void theShapeOfTheModelShapesTheCrop() {
        world.modelRatio = 2;
        StudioViewModel studio = world.studio();
        studio.keyframes().add(FakeWorld.offers("red.png", "wide.png"));
        KeyframeViewModel square = studio.keyframes().slots().get(0);
        KeyframeViewModel wide = studio.keyframes().slots().get(1);
        assertEquals(FrameShape.SQUARE, studio.model().shape().getValue());
        assertEquals(Viewport.WHOLE, square.viewport());
        assertEquals(new Viewport(0.25, 0, 0.5, 1), wide.viewport());
        studio.model().open(Path.of("model"));
        assertEquals(new FrameShape(32, 16), studio.model().shape().getValue());
        assertEquals(new Viewport(0, 0.25, 1, 0.5), square.viewport());
        assertEquals(Viewport.WHOLE, wide.viewport());
    }
}
