package dev.noisediffusion.ui.viewmodel;

/**
 * A part of a picture, such as the one that a morph uses, in fractions of the picture's sides.
 *
 * @param x left edge in [0, 1]
 * @param y upper edge in [0, 1]
 * @param width in (0, 1]
 * @param height in (0, 1]
 */
public record Viewport(double x, double y, double width, double height) {
    /** All of it. */
    public static final Viewport WHOLE = new Viewport(0, 0, 1, 1);
}
