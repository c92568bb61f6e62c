package dev.noisediffusion.lab;

/**
 * A number that is measured of a morph in one cell.
 *
 * @param key as in files: small letters and dashes
 * @param title for people, in English
 * @param meaning its unit and definition, in a few words
 */
public record Metric(String key, String title, String meaning) {
    private static final int MOST_DECIMALS = 8;
    /** With the most decimals a smaller one is 0. */
    private static final double SMALLEST = 1e-8;

    /** How many decimals of a value show four digits that count, in [0, 8]; of what is 0 with eight, four. */
    public static int decimals(double value) {
        double size = Math.abs(value);
        if (size >= 1) {
            return size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3;
        }
        return size >= SMALLEST ? Math.min(MOST_DECIMALS, 3 - (int) Math.floor(Math.log10(size))) : 4;
    }
}
