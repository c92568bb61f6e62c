package dev.noisediffusion.library;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a connection that has gone silent, so that no read waits for ever. */
final class StallGuard implements AutoCloseable {
    private final InputStream body;
    private final long patienceNanos;
    private final Thread watch;
    private volatile long lastHeard = System.nanoTime();

    StallGuard(InputStream body, Duration patience) {
        this.body = body;
        this.patienceNanos = patience.toNanos();
        this.watch = Thread.ofVirtual().name("stall-guard").start(this::watch);
    }

    /** Something has arrived. */
    void heard() {
        lastHeard = System.nanoTime();
    }

    private void watch() {
        try {
            long left = patienceNanos;
            while (left > 0) {
                Thread.sleep(Duration.ofNanos(left));
                left = patienceNanos - (System.nanoTime() - lastHeard);
            }
            body.close();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The reader notices by itself.
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
