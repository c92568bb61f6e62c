package dev.noisediffusion.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7                             | PT7S
            0                             | PT0S
            7200                          | PT2H
            999999999                     | PT277777H46M39S
            Thu, 01 Jan 2026 00:00:42 GMT | PT42S
            Thu, 01 Jan 2026 00:00:00 GMT | ''
            Wed, 31 Dec 2025 23:59:00 GMT | ''
            Fri, 01 Jan 2026 00:00:42 GMT | ''
            9999999999                    | ''
            -1                            | ''
            1.5                           | ''
            soon                          | ''
            """)
    void aServerAsksForSecondsOrADateToCome(String header, String wait) {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
        assertEquals(
                wait, Waits.retryAfter(header, clock).map(Duration::toString).orElse(""));
    }

    @ParameterizedTest
    @CsvSource({"1, PT0.25S", "2, PT0.5S", "6, PT8S", "7, PT10S", "1000, PT10S"})
    void everyFailureDoublesTheWaitUpToTheLongest(int failures, Duration wait) {
        assertEquals(wait, Waits.backOff(failures, Duration.ofMillis(250), Duration.ofSeconds(10)));
    }

    @Test
    void whatIsAskedForIsCapped() {
        Duration longest = Duration.ofSeconds(10);
        assertEquals(longest, Waits.capped(Duration.ofHours(2), longest));
        assertEquals(Duration.ofSeconds(7), Waits.capped(Duration.ofSeconds(7), longest));
    }
}
