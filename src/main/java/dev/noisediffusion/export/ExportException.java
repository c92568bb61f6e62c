package dev.noisediffusion.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A film could not be written or read; the message is one sentence for the user that names the file. */
public final class ExportException extends IOException {
    public ExportException(String sentence) {
        super(sentence);
    }

    public ExportException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    /** What to tell about a failed write. */
    static ExportException notWritten(Path target, IOException cause) {
        if (cause instanceof ExportException sentence) {
            return sentence;
        }
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        boolean full = message.contains("no space left") || message.contains("not enough space");
        return new ExportException(
                quote(target)
                        + (full
                                ? " was not written: the disk is full; free some space or choose another place."
                                : " was not written: the folder cannot be written to (any more)."),
                cause);
    }

    static String quote(Path path) {
        Path name = path.getFileName();
        return '"' + (name == null ? path : name).toString() + '"';
    }
}
