package dev.noisediffusion.lab;

/**
 * A number that is measured of a morph in one cell.
 *
 * @param key as in files: small letters and dashes
 * @param title for people, in English
 * @param meaning its unit and definition, in a few words
 */
public record Metric(String key, String title, String meaning) {
    /** How many decimals of a value show four digits that count. */
    public static int decimals(double value) {
        double size = Math.abs(value);
        return size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
    }
}
