package dev.noisediffusion.ui.view;

import javafx.scene.paint.Color;

/** How well colours are told apart, as the guidelines for accessible web content (WCAG 2) reckon it. */
final class Contrast {
    /** The least for words. */
    static final double OF_WORDS = 4.5;

    /** The least for lines and marks that mean something. */
    static final double OF_MARKS = 3;

    private Contrast() {}

    /** What is seen where a colour that may be translucent lies over one that is not. */
    static Color over(Color top, Color ground) {
        return ground.interpolate(Color.color(top.getRed(), top.getGreen(), top.getBlue()), top.getOpacity());
    }

    /** From 1 for equal colours to 21 for black on white. */
    static double between(Color one, Color other) {
        double first = luminance(one) + 0.05;
        double second = luminance(other) + 0.05;
        return Math.max(first, second) / Math.min(first, second);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}
