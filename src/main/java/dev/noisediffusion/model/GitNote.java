package dev.noisediffusion.model;

import dev.noisediffusion.job.ModelRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a clone that was made without git-lfs has in the place of a large file.
 *
 * @see <a href="https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md">the format</a>
 */
final class GitNote {
    /** Notes are smaller. */
    private static final long MAX_BYTES = 1024;

    private static final String BEGINNING = "version https://git-lfs";

    private GitNote() {}

    /** Whether a file is only such a note. */
    static boolean is(Path file) throws ModelException {
        try {
            return Files.size(file) < MAX_BYTES
                    && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).startsWith(BEGINNING);
        } catch (IOException e) {
            throw ModelException.failed(file, "read", e);
        }
    }

    /**
     * Refuses a file that is only such a note.
     *
     * @throws ModelException with what to do, or if the file cannot be read
     */
    static void requireFetched(Path file) throws ModelException {
        if (is(file)) {
            throw new ModelException(
                    ModelRefusal.NOT_FETCHED.with(file),
                    file + " is only git's note of a file that was not fetched: run `git lfs pull` in the model's"
                            + " folder.",
                    null);
        }
    }
}
