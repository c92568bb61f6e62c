package dev.noisediffusion.export;

import dev.noisediffusion.job.FilmRefusal;
import dev.noisediffusion.job.FullDisk;
import dev.noisediffusion.job.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A film could not be written or read; the message is one sentence for the user that names the file, in English. */
public final class ExportException extends IOException implements Trouble.Carrier {
    private static final long serialVersionUID = 1L;

    // Not serialized: the class is only ever thrown within the process.
    private final transient Trouble trouble;

    /** What is told in English only. */
    public ExportException(String sentence, @Nullable Throwable cause) {
        this(new Trouble.InEnglish(sentence), sentence, cause);
    }

    /**
     * What is told in every language.
     *
     * @param sentence the same in English
     */
    public ExportException(Trouble trouble, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.trouble = trouble;
    }

    /** What to tell about a failed write. */
    static ExportException notWritten(Path target, IOException cause) {
        if (cause instanceof ExportException sentence) {
            return sentence;
        }
        if (FullDisk.refusedSize(cause)) {
            return about(
                    target,
                    FilmRefusal.FILE_TOO_LARGE,
                    " was not written: the disk takes no file this large (4 GB at most with FAT32); choose another"
                            + " place or a shorter film.",
                    cause);
        }
        return FullDisk.caused(cause, target)
                ? about(
                        target,
                        FilmRefusal.DISK_FULL,
                        " was not written: the disk has too little room; free some space or choose another place.",
                        cause)
                : about(
                        target,
                        FilmRefusal.FOLDER_LOST,
                        " was not written: the folder cannot be written to (any more).",
                        cause);
    }

    /**
     * What is told of one file, and nothing else.
     *
     * @param predicate the rest of the English sentence after the name
     */
    static ExportException about(Path file, FilmRefusal refusal, String predicate, @Nullable Throwable cause) {
        return new ExportException(refusal.with(name(file)), quote(file) + predicate, cause);
    }

    boolean is(FilmRefusal refusal) {
        return trouble instanceof Trouble.Refused refused && refused.refusal() == refusal;
    }

    @Override
    public Trouble trouble() {
        return trouble;
    }

    static Path name(Path path) {
        Path name = path.getFileName();
        return name == null ? path : name;
    }

    static String quote(Path path) {
        return '"' + name(path).toString() + '"';
    }
}
