package dev.noisediffusion.library;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A model could not be fetched. The message is a sentence for the user; what has arrived is kept where it can be. */
public final class DownloadException extends IOException {
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

    DownloadException(Kind kind, String sentence) {
        this(kind, sentence, null);
    }

    DownloadException(Kind kind, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
