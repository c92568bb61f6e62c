package dev.noisediffusion.job;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Tells whether a disk is full, and whether that made a write fail: Java has no exception of its own for it. */
public final class FullDisk {
    private static final long LEAST_SPACE = 1 << 20;
    private static final List<String> FULL =
            List.of("no space left", "not enough space", "quota exceeded", "quota was exceeded");
    private static final List<String> TOO_LARGE = List.of("file too large", "file size exceeds the limit");

    private FullDisk() {}

    /**
     * Whether a write failed for want of room, on the disk or in the user's share of it: as Linux, macOS and Windows word it
     * in English, or, as systems speak the user's language, by what room there is.
     *
     * @param file that was written; its folder is asked for its room
     */
    public static boolean caused(IOException fault, Path file) {
        return caused(fault, file, LEAST_SPACE);
    }

    /** @param least bytes that are room */
    static boolean caused(IOException fault, Path file, long least) {
        return says(fault, FULL) || isFull(file.toAbsolutePath().resolveSibling(""), least);
    }

    /**
     * Whether there is less room than is needed. Places that do not tell how large they are, as some of networks and clouds, and
     * folders that are not there are never full.
     *
     * @param least bytes that are needed
     */
    public static boolean isFull(Path folder, long least) {
        File place = folder.toFile();
        return place.getTotalSpace() > 0 && place.getUsableSpace() < least;
    }

    /**
     * Whether a file became larger than its file system takes, such as the 4 GB of FAT32, while there is room; known where the
     * system says so in English.
     */
    public static boolean refusedSize(IOException fault) {
        return says(fault, TOO_LARGE);
    }

    /** Writers of pictures put what the system has said behind words of their own. */
    private static boolean says(IOException fault, List<String> words) {
        for (Throwable told = fault; told != null; told = told.getCause()) {
            String message = String.valueOf(told.getMessage()).toLowerCase(Locale.ROOT);
            if (words.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }
}
