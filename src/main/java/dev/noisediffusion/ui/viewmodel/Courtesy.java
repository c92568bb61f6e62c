package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProgressListener;
import java.time.Duration;
import java.util.Optional;

/** Lets work without hurry wait between two network calls while somebody waits for the network. */
final class Courtesy {
    private boolean needed;
    private long waited;

    /** Tells whether somebody waits for the network. */
    synchronized void giveWay(boolean now) {
        needed = now;
        notifyAll();
    }

    /**
     * A listener in front of another one that returns when the work may go on. The time that the work waits is not reckoned
     * in the time that is left.
     *
     * @param cancellation ends the waiting too
     */
    ProgressListener before(ProgressListener listener, CancellationToken cancellation) {
        synchronized (this) {
            waited = 0;
        }
        cancellation.onCancel(this::wake);
        long began = System.nanoTime();
        return news -> {
            listener.onProgress(reckoned(news, began));
            await(cancellation);
        };
    }

    private synchronized void wake() {
        notifyAll();
    }

    private synchronized Progress reckoned(Progress news, long began) {
        double worked = System.nanoTime() - began - waited;
        return new Progress(
                news.activity(),
                news.fraction(),
                news.remaining().isEmpty() || news.fraction() == 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofNanos((long) (worked / news.fraction() * (1 - news.fraction())))));
    }

    private synchronized void await(CancellationToken cancellation) {
        long from = System.nanoTime();
        try {
            while (needed && !cancellation.isCancelled()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        waited += System.nanoTime() - from;
    }
}
