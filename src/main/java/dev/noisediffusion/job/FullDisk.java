package dev.noisediffusion.job;

import java.io.IOException;
import java.util.Locale;

/** Tells a full disk from other faults of a file; Java has no exception of its own for it. */
public final class FullDisk {
    private FullDisk() {}

    /** Whether a write failed for want of room, as Linux, macOS and Windows word it in English. */
    public static boolean caused(IOException fault) {
        String message = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("not enough space");
    }
}
