package dev.noisediffusion.library;

import dev.noisediffusion.job.CancellationToken;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between two attempts. */
@FunctionalInterface
interface Pause {
    /** Waits, at most until the token is cancelled. */
    void wait(Duration duration, CancellationToken cancellation) throws InterruptedException;

    /** The clock's. */
    static Pause real() {
        return (duration, cancellation) -> {
            var over = new CountDownLatch(1);
            cancellation.onCancel(over::countDown);
            if (over.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                cancellation.throwIfCancelled();
            }
        };
    }
}
