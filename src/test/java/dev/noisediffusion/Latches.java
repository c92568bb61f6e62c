package dev.noisediffusion;

import java.util.concurrent.CountDownLatch;

/** How work that a test has made halts until the test lets it go on. */
public final class Latches {
    private Latches() {}

    /** Waits for a latch; who is interrupted meanwhile goes on and stays interrupted. */
    public static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
