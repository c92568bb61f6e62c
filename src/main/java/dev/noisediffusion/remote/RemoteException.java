package dev.noisediffusion.remote;

import org.jspecify.annotations.Nullable;

/** A network on another machine cannot be run. The message is a sentence for the user. */
public final class RemoteException extends RuntimeException {
    RemoteException(String message) {
        this(message, null);
    }

    RemoteException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
