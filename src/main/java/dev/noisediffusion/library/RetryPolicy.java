package dev.noisediffusion.library;

import dev.noisediffusion.web.Waits;
import java.time.Duration;

/**
 * How often and how soon a server is asked again.
 *
 * @param attempts that may fail one after another without a byte more than before
 * @param first wait; each further one is twice as long
 * @param longest wait, also of those that a server asks for
 * @param silence how long a connection may give nothing before it is taken as dead
 */
record RetryPolicy(int attempts, Duration first, Duration longest, Duration silence) {
    static final RetryPolicy POLITE =
            new RetryPolicy(6, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofSeconds(60));

    /**
     * How long to wait of our own accord.
     *
     * @param failures so far, at least 1
     */
    Duration backoff(int failures) {
        return Waits.backOff(failures, first, longest);
    }
}
