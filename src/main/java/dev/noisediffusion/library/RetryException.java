package dev.noisediffusion.library;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An attempt at a file has failed, and another may not. The message is the reason, as part of a sentence. */
final class RetryException extends Exception {
    private final Optional<Duration> asked;

    /** @param asked how long the server wants to be left alone; empty where it does not say */
    RetryException(String reason, Optional<Duration> asked, @Nullable Throwable cause) {
        super(reason, cause);
        this.asked = asked;
    }

    Optional<Duration> asked() {
        return asked;
    }
}
