package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Turns at reading, of which there are few where what is read takes much memory. Safe for use by several threads. */
final class ReadingTurns {
    /** What is done in a turn. */
    @FunctionalInterface
    interface Reading<T, E extends Exception> {
        T read() throws E;
    }

    private final Semaphore free;

    /** @param most that are read at once */
    ReadingTurns(int most) {
        free = new Semaphore(most);
    }

    /**
     * Reads when it is its turn. What is given up gives its turn back at once, as its disk may never answer.
     *
     * @throws java.util.concurrent.CancellationException if it was given up before
     */
    <T, E extends Exception> T take(Reading<T, E> reading, CancellationToken wanted) throws E, InterruptedException {
        wanted.await(free::tryAcquire);
        var returned = new AtomicBoolean();
        Runnable back = () -> {
            if (!returned.getAndSet(true)) {
                free.release();
            }
        };
        wanted.onCancel(back);
        try {
            wanted.throwIfCancelled();
            return reading.read();
        } finally {
            wanted.forget(back);
            back.run();
        }
    }
}
