package dev.noisediffusion.library;

import java.util.List;
import java.util.Locale;

/** Numbers of bytes as people read them. */
public final class Bytes {
    private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB");

    private Bytes() {}

    /** In decimal units, as disks and downloads are measured, in English: "3.4 GB". */
    public static String text(long bytes) {
        return text(bytes, Locale.ROOT);
    }

    /** In decimal units, with the decimals of a language: "3,4 GB". */
    public static String text(long bytes, Locale locale) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.5 && unit < UNITS.size() - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(locale, value < 9.95 ? "%.1f %s" : "%.0f %s", value, UNITS.get(unit));
    }
}
