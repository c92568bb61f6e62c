package dev.noisediffusion.image;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A picture could not be read or written; the message is one sentence for the user that names the file. */
public final class ImageException extends IOException {
    public ImageException(String sentence) {
        super(sentence);
    }

    public ImageException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
