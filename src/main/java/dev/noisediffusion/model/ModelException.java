package dev.noisediffusion.model;

import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.Trouble;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A model cannot be used. The message is a sentence for the user that names the file, in English. */
public final class ModelException extends Exception implements Trouble.Carrier {
    // Not serialized: the class is only ever thrown within the process.
    private final transient Trouble trouble;

    /** What is told in English only. */
    public ModelException(String message) {
        this(message, null);
    }

    /** What is told in English only. */
    public ModelException(String message, @Nullable Throwable cause) {
        this(new Trouble.InEnglish(message), message, cause);
    }

    /**
     * What is told in every language.
     *
     * @param message the same in English
     */
    public ModelException(Trouble trouble, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
    }

    /** The sentence for a file that is not what it should be. */
    public static ModelException in(Path file, String expected, String found) {
        return in(file, expected, found, null);
    }

    static ModelException in(Path file, String expected, String found, @Nullable Throwable cause) {
        return new ModelException(
                ModelRefusal.UNEXPECTED.with(file, expected, found),
                file + ": expected " + expected + ", found " + found + ".",
                cause);
    }

    /**
     * The sentence for a file that could not be read or written at all.
     *
     * @param action "read", or what else could not be done
     */
    public static ModelException failed(Path file, String action, Exception cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        Trouble trouble =
                action.equals("read") ? ModelRefusal.UNREADABLE.with(file, reason) : ModelRefusal.UNWRITABLE.with(file);
        return new ModelException(trouble, file + " could not be " + action + ": " + reason + ".", cause);
    }

    /** The same failure, told more plainly in every language. */
    ModelException as(Trouble plain) {
        return new ModelException(plain, String.valueOf(getMessage()), getCause());
    }

    @Override
    public Trouble trouble() {
        return trouble;
    }
}
