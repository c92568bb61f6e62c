package dev.noisediffusion.lab;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An experiment or its results could not be read or written; the message is a sentence for the user. */
public final class LabException extends IOException {
    private static final long serialVersionUID = 1;

    public LabException(String sentence) {
        super(sentence);
    }

    public LabException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
