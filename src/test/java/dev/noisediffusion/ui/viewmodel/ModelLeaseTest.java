package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.ui.FakeWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ModelLeaseTest {
    private final FakeWorld world = new FakeWorld();

    /** A render that began behind the close of its model would wait for the lab, and the lab waits for renders. */
    @Test
    void nobodyWaitsForAModelThatIsAboutToCloseAndWhoHoldsItGoesOn() throws Exception {
        var lease = new ModelLease(world.openModel(Path.of("model")));
        var held = new CountDownLatch(1);
        var mayGoOn = new CountDownLatch(1);
        var holder = new FutureTask<Integer>(() -> lease.hold(() -> {
            held.countDown();
            mayGoOn.await();
            int closedMeanwhile = lease.ask(renderer -> world.closedModels.get());
            return closedMeanwhile;
        }));
        Thread.ofPlatform().daemon().start(holder);
        held.await();
        Thread closer = Thread.ofPlatform().daemon().start(lease::close);
        while (closer.getState() != Thread.State.WAITING) {
            assertTrue(closer.isAlive());
            Thread.onSpinWait();
        }

        var late = new FutureTask<String>(() -> lease.ask(renderer -> "too late"));
        Thread.ofPlatform().daemon().start(late);

        var refused = assertThrows(ExecutionException.class, late::get);
        assertInstanceOf(CancellationException.class, refused.getCause());
        mayGoOn.countDown();
        assertEquals(0, holder.get(), "The model is open for as long as it is held");
        closer.join();
        assertEquals(1, world.closedModels.get());
        assertThrows(CancellationException.class, () -> lease.use(renderer -> {}));
    }

    /** At the end of the studio, where work is stuck. */
    @Test
    void aModelThatIsUsedForTooLongStaysOpenAndNobodyElseBeginsWithIt() throws Exception {
        var lease = new ModelLease(world.openModel(Path.of("model")));
        var held = new CountDownLatch(1);
        var mayGoOn = new CountDownLatch(1);
        var holder = new FutureTask<Integer>(() -> lease.hold(() -> {
            held.countDown();
            mayGoOn.await();
            return world.closedModels.get();
        }));
        Thread.ofPlatform().daemon().start(holder);
        held.await();

        assertThrows(IllegalStateException.class, () -> lease.closeWithin(Duration.ZERO));

        assertThrows(CancellationException.class, () -> lease.use(renderer -> {}));
        mayGoOn.countDown();
        assertEquals(0, holder.get());
        lease.closeWithin(Duration.ZERO);
        assertEquals(1, world.closedModels.get());
    }
}
