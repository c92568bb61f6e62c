package dev.noisediffusion.image;

public final class Resampler {
    private Resampler() {}

    public static Picture crop(Picture picture, Crop crop, int width, int height) {
        return picture;
    }
}
