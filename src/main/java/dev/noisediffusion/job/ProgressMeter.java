package dev.noisediffusion.job;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Counts finished units of work (network calls, frames) and estimates the time left from the pace so far. */
public final class ProgressMeter {
    private final ProgressListener listener;
    private final LongSupplier nanoClock;
    private final long total;
    private final long started;
    private long done;

    public ProgressMeter(long total, ProgressListener listener) {
        this(total, listener, System::nanoTime);
    }

    ProgressMeter(long total, ProgressListener listener, LongSupplier nanoClock) {
        this.total = Math.max(total, 1);
        this.listener = listener;
        this.nanoClock = nanoClock;
        this.started = nanoClock.getAsLong();
    }

    /** Reports what begins, without any work done. */
    public void begin(Activity activity) {
        advance(activity, 0);
    }

    /** Counts units as done and reports. */
    public void advance(Activity activity, long units) {
        done = Math.min(done + units, total);
        listener.onProgress(new Progress(activity, (double) done / total, remaining()));
    }

    private Optional<Duration> remaining() {
        if (done == 0) {
            return Optional.empty();
        }
        double elapsed = nanoClock.getAsLong() - started;
        return Optional.of(Duration.ofNanos((long) (elapsed / done * (total - done))));
    }
}
