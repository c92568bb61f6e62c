package dev.noisediffusion.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** How long to wait before a server is asked again. */
public final class Waits {
    private static final int MOST_DOUBLINGS = 20;

    private Waits() {}

    /**
     * How long to wait of our own accord: twice as long with every failure.
     *
     * @param failures so far, at least 1
     * @param first wait
     * @param longest wait
     */
    public static Duration backOff(int failures, Duration first, Duration longest) {
        return capped(first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS)), longest);
    }

    /** The shorter of the two. */
    public static Duration capped(Duration wait, Duration longest) {
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    /**
     * What a {@code Retry-After} header asks for: seconds, or a date (RFC 9110, section 10.2.3).
     *
     * @return empty where it is neither, and for a date that has passed, as where the server's clock is behind
     */
    public static Optional<Duration> retryAfter(String header, InstantSource clock) {
        String value = header.strip();
        if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(clock.instant(), then)).filter(Duration::isPositive);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
