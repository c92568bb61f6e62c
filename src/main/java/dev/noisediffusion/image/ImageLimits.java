package dev.noisediffusion.image;

/**
 * How much a picture file may ask for.
 *
 * @param maxFileBytes a larger file is refused before it is read
 * @param maxPixels a file that declares more pixels is refused before it is decoded
 * @param maxDecodedPixels a picture with more pixels is read as the means of squares of two, three, ... columns and
 *     rows, so that it has at most as many; so many are decoded at a time, and at least one row of squares
 * @param maxSide the longer side of the picture that is kept, in pixels; larger pictures are scaled down. A panorama may be
 *     twice as long, while its shorter side has half as many
 */
public record ImageLimits(long maxFileBytes, long maxPixels, long maxDecodedPixels, int maxSide) {
    /** Files up to 512 MB and 100 megapixels; 25 megapixels decoded; at most 4096 pixels a side kept, 8192 of a panorama. */
    public static final ImageLimits DEFAULT = new ImageLimits(512_000_000, 100_000_000, 25_000_000, 4096);

    public ImageLimits {
        if (maxFileBytes < 1 || maxPixels < 1 || maxDecodedPixels < 1 || maxSide < 1) {
            throw new IllegalArgumentException("Expected positive limits, found " + maxFileBytes + ", " + maxPixels
                    + ", " + maxDecodedPixels + ", " + maxSide);
        }
    }

    /** How many columns and rows of a picture become one. */
    int subsampling(long width, long height) {
        int step = 1;
        while (Math.ceilDiv(width, step) * Math.ceilDiv(height, step) > maxDecodedPixels) {
            step++;
        }
        return step;
    }

    /** The picture as it is kept: scaled down, in its shape, where it is larger. */
    public Picture fit(Picture picture) {
        double longer = Math.max(picture.width(), picture.height());
        double shorter = Math.min(picture.width(), picture.height());
        double most = Math.clamp(longer * maxSide / (2 * shorter), maxSide, 2.0 * maxSide);
        return Resampler.fitWithin(picture, (int) most);
    }
}
