package dev.noisediffusion.project;

import dev.noisediffusion.job.ProjectRefusal;
import dev.noisediffusion.job.Trouble;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A project that cannot be read or written; the message is a sentence for the user, in English. */
public final class ProjectException extends Exception implements Trouble.Carrier {
    private static final long serialVersionUID = 1L;

    // Not serialized: the class is only ever thrown within the process.
    private final transient Trouble trouble;

    /**
     * What is told in every language.
     *
     * @param message the same in English
     */
    ProjectException(Trouble trouble, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
    }

    /**
     * What is told of one file, and nothing else.
     *
     * @param predicate the rest of the English sentence after the name
     */
    static ProjectException about(Path file, ProjectRefusal refusal, String predicate, @Nullable Throwable cause) {
        return new ProjectException(refusal.with(file.getFileName()), quote(file) + predicate, cause);
    }

    static String quote(Path file) {
        return "“" + file.getFileName() + "”";
    }

    @Override
    public Trouble trouble() {
        return trouble;
    }
}
