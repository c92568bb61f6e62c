package dev.noisediffusion.project;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A project that cannot be read or written; the message is a sentence for the user. */
public final class ProjectException extends Exception {
    private static final long serialVersionUID = 1L;

    ProjectException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static String quote(Path file) {
        return "“" + file.getFileName() + "”";
    }
}
