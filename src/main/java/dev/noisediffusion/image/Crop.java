package dev.noisediffusion.image;

/**
 * Which part of a picture is used: the largest rectangle of the wanted shape, divided by the zoom and centred on a
 * point; and whether it is used as in a mirror. Independent of pixel sizes, so that one crop serves models of every shape.
 *
 * @param centerX of the part, in [0, 1] from the left edge; moved inwards where the part would reach over the edge
 * @param centerY of the part, in [0, 1] from the top edge
 * @param zoom 1 for as much as fits, up to 16
 * @param mirrored whether left and right of the part change places; which part it is does not depend on it
 */
public record Crop(double centerX, double centerY, double zoom, boolean mirrored) {
    public static final double MAX_ZOOM = 16;

    /** As much as fits, from the middle. */
    public static final Crop CENTER = new Crop(0.5, 0.5, 1);

    public Crop {
        if (!(centerX >= 0 && centerX <= 1 && centerY >= 0 && centerY <= 1)) {
            throw new IllegalArgumentException("Expected a centre in [0, 1], found " + centerX + ", " + centerY);
        }
        if (!(zoom >= 1 && zoom <= MAX_ZOOM)) {
            throw new IllegalArgumentException("Expected a zoom of 1 to " + MAX_ZOOM + ", found " + zoom);
        }
    }

    /** A part that is used as it is. */
    public Crop(double centerX, double centerY, double zoom) {
        this(centerX, centerY, zoom, false);
    }

    /** The same part, mirrored or not. */
    public Crop withMirrored(boolean mirrored) {
        return new Crop(centerX, centerY, zoom, mirrored);
    }

    /** A rectangle in pixels, fractions allowed. */
    public record Area(double x, double y, double width, double height) {}

    /** The part of a picture of the given size that has the shape {@code targetWidth : targetHeight}. */
    public Area area(int width, int height, int targetWidth, int targetHeight) {
        double scale = Math.min((double) width / targetWidth, (double) height / targetHeight) / zoom;
        // Rounding must not take it over the edge.
        double w = Math.min(width, targetWidth * scale);
        double h = Math.min(height, targetHeight * scale);
        double x = Math.clamp(centerX * width - w / 2, 0, width - w);
        double y = Math.clamp(centerY * height - h / 2, 0, height - h);
        return new Area(x, y, w, h);
    }
}
