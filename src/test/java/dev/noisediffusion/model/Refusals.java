package dev.noisediffusion.model;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/** What the studio says when it refuses something. */
public final class Refusals {
    private Refusals() {}

    /** The message of the exception that the action must throw. */
    public static String sentence(Class<? extends Throwable> type, Executable action) {
        return String.valueOf(Assertions.assertThrows(type, action).getMessage());
    }
}
