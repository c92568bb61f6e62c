package dev.noisediffusion.app;

import dev.noisediffusion.job.CancellationToken;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl+C, or any other order to end, into a cancellation, and holds the end of the process up until the work has
 * cleaned up behind itself.
 */
final class CtrlC implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;

    private final CancellationToken token = new CancellationToken();
    private final CountDownLatch cleanedUp = new CountDownLatch(1);
    private final Thread hook = new Thread(this::cancelAndWait, "ctrl-c");

    CtrlC() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    CancellationToken token() {
        return token;
    }

    private void cancelAndWait() {
        token.cancel();
        try {
            if (!cleanedUp.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.getLogger(CtrlC.class.getName())
                        .log(System.Logger.Level.WARNING, "The work did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        cleanedUp.countDown();
        if (!token.isCancelled()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
