package dev.noisediffusion.library;

import java.util.Locale;
import java.util.Set;

/** Names of files within a model's folder, as a catalogue gives them; one that would lead out of the folder is refused. */
final class FileNames {
    private static final int MAX_LENGTH = 200;
    private static final String FORBIDDEN = "\\:*?\"<>|";

    /** Names that are devices on Windows, with whatever ending. */
    private static final Set<String> DEVICES = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private FileNames() {}

    /**
     * Checks a path like {@code unet/config.json}.
     *
     * @return the same path
     * @throws IllegalArgumentException if it is not one of a file within the folder on every platform
     */
    static String requireInside(String path) {
        if (path.isEmpty() || path.length() > MAX_LENGTH) {
            throw refused(path);
        }
        for (String segment : path.split("/", -1)) {
            requirePlain(segment, path);
        }
        return path;
    }

    /**
     * Checks the name of a folder: letters, digits, dots, dashes and underscores.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static String requireId(String id) {
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException(
                    "A model's id has letters, digits, '.', '-' and '_' only, found \"" + id + "\"");
        }
        requirePlain(id, id);
        return id;
    }

    /** What is left of any text when it is made an id. */
    static String idOf(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
        return plain.isEmpty() || isDevice(plain) ? "model" : plain;
    }

    private static void requirePlain(String segment, String path) {
        boolean odd = segment.isEmpty()
                || segment.startsWith(".")
                || segment.endsWith(".")
                || segment.endsWith(" ")
                || segment.chars().anyMatch(c -> c < ' ' || FORBIDDEN.indexOf(c) >= 0)
                || isDevice(segment);
        if (odd) {
            throw refused(path);
        }
    }

    private static boolean isDevice(String segment) {
        return DEVICES.contains(segment.split("\\.", 2)[0].toLowerCase(Locale.ROOT));
    }

    private static IllegalArgumentException refused(String path) {
        return new IllegalArgumentException(
                "\"" + path + "\" is not the name of a file within a model's folder, so it is refused");
    }
}
