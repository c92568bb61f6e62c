package dev.noisediffusion.ui.viewmodel;

/**
 * The size of the pictures that a model makes.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record FrameShape(int width, int height) {
    /** Until there is a model. */
    public static final FrameShape SQUARE = new FrameShape(1, 1);

    /** Width over height. */
    public double ratio() {
        return (double) width / height;
    }
}
