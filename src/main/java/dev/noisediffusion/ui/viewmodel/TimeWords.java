package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.Progress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The time that work still takes, in words. */
record TimeWords(Texts texts) {
    /** Empty while it is not known. */
    String left(@Nullable Progress progress) {
        return progress == null ? "" : progress.remaining().map(this::words).orElse("");
    }

    private String words(Duration left) {
        long seconds = Math.ceilDiv(left.toMillis(), 1000L);
        return seconds < 100
                ? texts.get("status.secondsLeft", seconds)
                : texts.get("status.minutesLeft", Math.ceilDiv(seconds, 60L));
    }
}
