package dev.noisediffusion.library;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

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
        Duration wait = first.multipliedBy(1L << Math.min(failures - 1, 20));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    /** What a {@code Retry-After} header asks for: seconds, or a date (RFC 9110, section 10.2.3). */
    static Optional<Duration> retryAfter(String header, InstantSource clock) {
        String value = header.strip();
        if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(clock.instant(), then);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
