package dev.noisediffusion.remote;

import dev.noisediffusion.web.Waits;
import java.time.Duration;

/**
 * How long a server is waited for, and how often it is asked again.
 *
 * @param attempts for one call, at least 1
 * @param first wait after a failure; each further one is twice as long
 * @param longest wait, also of those that the server asks for
 * @param connecting how long a connection may take to be made
 * @param answer how long an answer may take
 * @param greeting how long the answer to a first question may take, which needs no computing
 */
public record RemotePolicy(
        int attempts, Duration first, Duration longest, Duration connecting, Duration answer, Duration greeting) {
    /** Outlasts the restart of a server, some 36 seconds of it. */
    public static final RemotePolicy USUAL = new RemotePolicy(
            9,
            Duration.ofMillis(250),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30));

    /** For the first questions: somebody is waiting to hear whether there is a server at all. */
    RemotePolicy impatient() {
        return new RemotePolicy(Math.min(attempts, 2), first, longest, connecting, greeting, greeting);
    }

    /**
     * How long to wait of our own accord.
     *
     * @param failures so far, at least 1
     */
    Duration backOff(int failures) {
        return Waits.backOff(failures, first, longest);
    }

    Duration capped(Duration wait) {
        return Waits.capped(wait, longest);
    }
}
