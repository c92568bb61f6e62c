package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.ManualJobRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ModelViewModelTest {
    private final FakeWorld world = new FakeWorld();

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

    /** Such as one that waits for a server. */
    @Test
    void workDeepWithinTheOpeningHearsThatItIsNotWantedAnyMore() {
        var within = new AtomicReference<>(new CancellationToken());
        world.models = folder -> {
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
        StudioViewModel studio = world.studio();
        assertEquals(FrameShape.SQUARE, studio.model().shape().getValue());
        FakeWorld.fill(studio);
        assertEquals(new FrameShape(16, 16), studio.model().shape().getValue());
    }
}
