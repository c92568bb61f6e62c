package dev.noisediffusion.library;

import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProgressListener;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Turns bytes into progress. The time left comes from the pace of the last seconds, of this session only. */
final class TransferMeter {
    private static final double SECOND = 1e9;
    /** Weight of the newest second in the pace. */
    private static final double FRESHNESS = 0.2;

    private final ProgressListener listener;
    private final LongSupplier nanoClock;
    private final long total;
    private double bytesPerSecond;
    private long mark = -1;
    private long markNanos;
    private double shown;

    TransferMeter(long total, ProgressListener listener, LongSupplier nanoClock) {
        this.total = Math.max(total, 1);
        this.listener = listener;
        this.nanoClock = nanoClock;
    }

    /** So many bytes of all are there. */
    void at(long bytes, Activity activity) {
        long now = nanoClock.getAsLong();
        if (mark < 0 || bytes < mark) {
            mark = bytes;
            markNanos = now;
            listener.onProgress(new Progress(activity, fraction(bytes), Optional.empty()));
        } else if (now - markNanos >= SECOND / 4) {
            double pace = (bytes - mark) / ((now - markNanos) / SECOND);
            bytesPerSecond = bytesPerSecond == 0 ? pace : (1 - FRESHNESS) * bytesPerSecond + FRESHNESS * pace;
            mark = bytes;
            markNanos = now;
            listener.onProgress(new Progress(activity, fraction(bytes), remaining(bytes)));
        }
    }

    /** So many bytes are there, and no more come for a while; how long it all takes cannot be said then. */
    void still(long bytes, Activity activity) {
        mark = -1;
        listener.onProgress(new Progress(activity, fraction(bytes), Optional.empty()));
    }

    /** All is there, and in its place. */
    void finish(Activity activity) {
        listener.onProgress(new Progress(activity, 1, Optional.empty()));
    }

    private Optional<Duration> remaining(long bytes) {
        long left = Math.max(0, total - bytes);
        return bytesPerSecond < 1
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.round(1000 * left / bytesPerSecond)));
    }

    /** Never falls, though a file may have to begin anew. */
    private double fraction(long bytes) {
        shown = Math.max(shown, Math.min(1, (double) bytes / total));
        return shown;
    }
}
