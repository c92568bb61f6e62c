package dev.noisediffusion.job;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a job is.
 *
 * @param activity what is being done
 * @param fraction in [0, 1], never falling within a job
 * @param remaining the estimated time left, empty until there is something to estimate from
 */
public record Progress(Activity activity, double fraction, Optional<Duration> remaining) {
    public Progress {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("Expected a fraction in [0, 1], found " + fraction);
        }
    }
}
