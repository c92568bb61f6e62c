package dev.noisediffusion.library;

import dev.noisediffusion.job.Trouble;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An attempt at a file has failed, and another may not. The message is the reason, as part of a sentence. */
final class RetryException extends Exception {
    // Not serialized: the class is only ever thrown within the process.
    private final transient Trouble trouble;
    private final Optional<Duration> asked;

    /**
     * A failure of one attempt.
     *
     * @param trouble what it is if it was the last one
     * @param asked how long the server wants to be left alone; empty where it does not say
     */
    RetryException(Trouble trouble, String reason, Optional<Duration> asked, @Nullable Throwable cause) {
        super(reason, cause);
        this.trouble = trouble;
        this.asked = asked;
    }

    Trouble trouble() {
        return trouble;
    }

    Optional<Duration> asked() {
        return asked;
    }
}
