package dev.noisediffusion.export;

import java.util.Locale;

/**
 * How the files of a PNG sequence are numbered: a part of a film has the names that it would have in the whole.
 *
 * @param first number of the first file, from 1
 * @param count of the files of the whole film
 */
public record Numbering(int first, int count) {
    private static final int LEAST_DIGITS = 4;

    public Numbering {
        if (first < 1 || first > count) {
            throw new IllegalArgumentException("Expected a first number from 1 to " + count + ", found " + first);
        }
    }

    /** Of a whole film. */
    static Numbering whole(int count) {
        return new Numbering(1, count);
    }

    /**
     * The name of a file.
     *
     * @param index of the file, from 0 for the first one
     */
    String fileName(int index) {
        int digits = Math.max(LEAST_DIGITS, String.valueOf(count).length());
        return String.format(Locale.ROOT, "frame-%0" + digits + "d.png", first + index);
    }
}
