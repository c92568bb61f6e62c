package dev.noisediffusion.project;

/** Cuts text to a length. */
public final class Cuts {
    private Cuts() {}

    /**
     * The beginning of a text, never cut inside a character of two halves.
     *
     * @param most length, at least 1; one less where the last character would be cut
     */
    public static String beginning(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
