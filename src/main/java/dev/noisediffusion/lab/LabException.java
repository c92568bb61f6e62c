package dev.noisediffusion.lab;

import dev.noisediffusion.job.LabRefusal;
import dev.noisediffusion.job.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An experiment or its results could not be read or written; the message is a sentence for the user, in English. */
public final class LabException extends IOException implements Trouble.Carrier {
    private static final long serialVersionUID = 1;

    // Not serialized: the class is only ever thrown within the process.
    private final transient Trouble trouble;

    /** What is told in English only: what no window says. */
    public LabException(String sentence) {
        this(sentence, null);
    }

    /** What is told in English only: what no window says. */
    public LabException(String sentence, @Nullable Throwable cause) {
        this(new Trouble.InEnglish(sentence), sentence, cause);
    }

    /**
     * What is told in every language.
     *
     * @param sentence the same in English
     */
    public LabException(Trouble trouble, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.trouble = trouble;
    }

    /**
     * What is told of one file or folder, and nothing else.
     *
     * @param predicate the rest of the English sentence after the path
     */
    static LabException about(Path path, LabRefusal refusal, String predicate, @Nullable Throwable cause) {
        return new LabException(refusal.with(path), path + predicate, cause);
    }

    @Override
    public Trouble trouble() {
        return trouble;
    }
}
