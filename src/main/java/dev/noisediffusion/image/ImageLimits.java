package dev.noisediffusion.image;

/**
 * How much a picture file may ask for.
 *
 * @param maxFileBytes a larger file is refused before it is read
 * @param maxPixels a file that declares more pixels is refused before it is decoded
 * @param maxDecodedPixels of a picture with more pixels, only every second, third, ... column and row are decoded, so
 *     that memory stays bounded
 * @param maxSide the longer side of the picture that is kept, in pixels; larger ones are scaled down
 */
public record ImageLimits(long maxFileBytes, long maxPixels, long maxDecodedPixels, int maxSide) {
    /** Files up to 512 MB and 100 megapixels; 25 megapixels decoded; at most 4096 pixels a side kept. */
    public static final ImageLimits DEFAULT = new ImageLimits(512_000_000, 100_000_000, 25_000_000, 4096);

    public ImageLimits {
        if (maxFileBytes < 1 || maxPixels < 1 || maxDecodedPixels < 1 || maxSide < 1) {
            throw new IllegalArgumentException("Expected positive limits, found " + maxFileBytes + ", " + maxPixels
                    + ", " + maxDecodedPixels + ", " + maxSide);
        }
    }

    /** The step between the columns and rows to be decoded. */
    int subsampling(long width, long height) {
        int step = 1;
        while (Math.ceilDiv(width, step) * Math.ceilDiv(height, step) > maxDecodedPixels) {
            step++;
        }
        return step;
    }
}
