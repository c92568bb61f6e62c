package dev.noisediffusion.library;

import dev.noisediffusion.job.Trouble;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A model could not be fetched. The message is a sentence for the user, in English; what has arrived is kept where it can be. */
public final class DownloadException extends IOException implements Trouble.Carrier {
    /** What the user can do about it. */
    public enum Kind {
        /** Try again later: what has arrived is kept. */
        TRY_AGAIN,
        /** Accept the conditions of the owner and give a token. */
        NEEDS_TOKEN,
        /** Nothing but to ask whoever keeps the catalogue or the server. */
        REFUSED
    }

    private final Kind kind;
    // Not serialized: the class is only ever thrown within the process.
    private final transient Trouble trouble;

    DownloadException(Kind kind, Trouble trouble, String sentence) {
        this(kind, trouble, sentence, null);
    }

    DownloadException(Kind kind, Trouble trouble, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
        this.trouble = trouble;
    }

    @Override
    public Trouble trouble() {
        return trouble;
    }

    public Kind kind() {
        return kind;
    }
}
