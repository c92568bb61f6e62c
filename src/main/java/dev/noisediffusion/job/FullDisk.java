package dev.noisediffusion.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells a full disk from other faults of a file; Java has no exception of its own for it. */
public final class FullDisk {
    private static final long LEAST_SPACE = 1 << 20;

    private FullDisk() {}

    /**
     * Whether a write failed for want of room: as Linux, macOS and Windows word it in English, or, as systems speak the
     * user's language, by what room there is.
     *
     * @param file that was written; its folder is asked for its room
     */
    public static boolean caused(IOException fault, Path file) {
        String message = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left")
                || message.contains("not enough space")
                || isFull(file.toAbsolutePath().getParent());
    }

    private static boolean isFull(@Nullable Path folder) {
        try {
            return folder != null && Files.getFileStore(folder).getUsableSpace() < LEAST_SPACE;
        } catch (IOException nothingToAsk) {
            return false;
        }
    }
}
