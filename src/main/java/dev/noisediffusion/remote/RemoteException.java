package dev.noisediffusion.remote;

import dev.noisediffusion.job.Trouble;
import org.jspecify.annotations.Nullable;

/** A network on another machine cannot be run. The message is a sentence for the user, in English. */
public final class RemoteException extends RuntimeException implements Trouble.Carrier {
    // Not serialized: the class is only ever thrown within the process.
    private final transient Trouble trouble;

    /**
     * A failure.
     *
     * @param server its address, with the model's where that is what is wrong
     * @param details for those who run the server; may be empty
     */
    RemoteException(Trouble.Fault fault, Object server, String details, String message) {
        this(fault, server, details, message, null);
    }

    RemoteException(Trouble.Fault fault, Object server, String details, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.trouble = new Trouble.ServerFault(fault, server.toString(), details);
    }

    @Override
    public Trouble trouble() {
        return trouble;
    }
}
