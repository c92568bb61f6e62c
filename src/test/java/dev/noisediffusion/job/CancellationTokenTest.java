package dev.noisediffusion.job;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class CancellationTokenTest {
    private final CancellationToken token = new CancellationToken();
    private final ReentrantLock lock = new ReentrantLock();

    private static boolean inAnotherThread(Callable<Boolean> work) throws Exception {
        var task = new FutureTask<>(work);
        Thread.startVirtualThread(task);
        return task.get();
    }

    @Test
    void aLockThatIsFreeIsTakenForTheCallingThread() {
        token.take(lock);
        assertTrue(lock.isHeldByCurrentThread());
    }

    @Test
    void whoWaitsForALockGivesUpOnceTheEndIsAskedFor() throws Exception {
        token.take(lock);
        var waiting = new FutureTask<>(() -> {
            assertThrows(CancellationException.class, () -> token.take(lock));
            return !lock.isHeldByCurrentThread();
        });
        Thread thread = Thread.startVirtualThread(waiting);
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertFalse(waiting.isDone(), "It did not wait");
            Thread.onSpinWait();
        }
        token.cancel();
        assertTrue(waiting.get());
    }

    @Test
    void whoIsInterruptedWaitingForALockGivesUpAndStaysInterrupted() throws Exception {
        token.take(lock);
        assertTrue(inAnotherThread(() -> {
            Thread.currentThread().interrupt();
            assertThrows(CancellationException.class, () -> token.take(lock));
            return Thread.currentThread().isInterrupted();
        }));
    }
}
