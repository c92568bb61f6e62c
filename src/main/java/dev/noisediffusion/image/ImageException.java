package dev.noisediffusion.image;

import dev.noisediffusion.job.Trouble;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A picture could not be read; the message is one sentence for the user that names the file, in English. */
public final class ImageException extends IOException implements Trouble.Carrier {
    private static final long serialVersionUID = 1L;

    // Not serialized: the class is only ever thrown within the process.
    private final transient Trouble trouble;

    /**
     * What is told in every language.
     *
     * @param sentence the same in English
     */
    public ImageException(Trouble trouble, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.trouble = trouble;
    }

    @Override
    public Trouble trouble() {
        return trouble;
    }
}
