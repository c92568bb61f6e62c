package dev.noisediffusion.critic;

import dev.noisediffusion.job.Trouble;
import org.jspecify.annotations.Nullable;

/** A critic that cannot be trained, read, written or asked; the message is a sentence for the user, in English. */
public final class CriticException extends Exception implements Trouble.Carrier {
    private static final long serialVersionUID = 1L;

    // Not serialized: the class is only ever thrown within the process.
    private final transient Trouble trouble;

    CriticException(Trouble trouble, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
    }

    @Override
    public Trouble trouble() {
        return trouble;
    }
}
