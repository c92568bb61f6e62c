package dev.noisediffusion.critic;

import org.jspecify.annotations.Nullable;

/** A critic that cannot be trained, read, written or asked; the message is a sentence for the user. */
public final class CriticException extends Exception {
    private static final long serialVersionUID = 1L;

    CriticException(String message) {
        this(message, null);
    }

    CriticException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
