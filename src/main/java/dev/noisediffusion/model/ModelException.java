package dev.noisediffusion.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A model cannot be used. The message is a sentence for the user that names the file. */
public final class ModelException extends Exception {
    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The sentence for a file that is not what it should be. */
    public static ModelException in(Path file, String expected, String found) {
        return in(file, expected, found, null);
    }

    static ModelException in(Path file, String expected, String found, @Nullable Throwable cause) {
        return new ModelException(file + ": expected " + expected + ", found " + found + ".", cause);
    }

    /** The sentence for a file that could not be read or written at all. */
    static ModelException failed(Path file, String action, Exception cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new ModelException(file + " could not be " + action + ": " + reason + ".", cause);
    }
}
