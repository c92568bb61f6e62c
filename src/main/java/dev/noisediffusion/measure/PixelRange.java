package dev.noisediffusion.measure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers that a network takes for black and for white.
 *
 * @param black for the pixel value 0
 * @param white for the pixel value 255; above black
 */
public record PixelRange(double black, double white) {
    /** -1 to 1, as LPIPS takes pictures. */
    public static final PixelRange SIGNED = new PixelRange(-1, 1);

    /** 0 to 1. */
    public static final PixelRange UNIT = new PixelRange(0, 1);

    /** 0 to 255. */
    public static final PixelRange BYTES = new PixelRange(0, 255);

    private static final Pattern FORM = Pattern.compile("(-?\\d+(?:\\.\\d+)?):(-?\\d+(?:\\.\\d+)?)");

    public PixelRange {
        if (!(black < white)) {
            throw new IllegalArgumentException("Expected white above black, found " + black + " to " + white);
        }
    }

    /**
     * Reads a range.
     *
     * @param text such as "0:1" or "-1:1"
     * @throws IllegalArgumentException if it is none
     */
    public static PixelRange parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Expected a range of pixel values such as 0:1 or -1:1, found " + text);
        }
        return new PixelRange(Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2)));
    }
}
