package dev.noisediffusion.image;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.tiff.TiffMetadataReader;
import com.drew.imaging.webp.WebpMetadataReader;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** The eight ways a camera can be held, in the order of EXIF tag 0x0112 (1 to 8); what to do to see it upright. */
enum Orientation {
    UPRIGHT(false),
    MIRRORED(false),
    ROTATED_180(false),
    FLIPPED(false),
    TRANSPOSED(true),
    ROTATED_90(true),
    TRANSVERSED(true),
    ROTATED_270(true);

    private final boolean swapsSides;

    Orientation(boolean swapsSides) {
        this.swapsSides = swapsSides;
    }

    /** The orientation that a file declares; upright where it says nothing that can be understood. */
    static Orientation read(byte[] contents, String format) {
        try {
            Metadata metadata = metadata(contents, format);
            for (ExifIFD0Directory exif : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
                Integer value = exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
                if (value != null && value >= 1 && value <= 8) {
                    return values()[value - 1];
                }
            }
        } catch (ImageProcessingException | IOException | RuntimeException e) {
            // Damaged metadata beside a sound picture: show the picture as it is stored.
            return UPRIGHT;
        }
        return UPRIGHT;
    }

    /** Only EXIF is parsed, so that other (compressed) metadata cannot ask for memory. */
    private static Metadata metadata(byte[] contents, String format) throws ImageProcessingException, IOException {
        return switch (format) {
            case "jpeg", "jpg" ->
                JpegMetadataReader.readMetadata(new ByteArrayInputStream(contents), List.of(new ExifReader()));
            case "webp" -> WebpMetadataReader.readMetadata(new ByteArrayInputStream(contents));
            case "png" -> {
                var metadata = new Metadata();
                var exif = PngChunks.find(contents, "eXIf");
                if (exif.isPresent()) {
                    new ExifReader().extract(new ByteArrayReader(exif.get()), metadata);
                }
                yield metadata;
            }
            case "tif", "tiff" -> TiffMetadataReader.readMetadata(new ByteArrayInputStream(contents));
            default -> new Metadata();
        };
    }

    /** The picture turned and mirrored so that it is upright. */
    Picture apply(Picture picture) {
        if (this == UPRIGHT) {
            return picture;
        }
        int w = picture.width();
        int h = picture.height();
        // Where the upright pixel (x, y) lies in the stored picture: first + x * right + y * down.
        int last = w * h - 1;
        int lastRow = (h - 1) * w;
        int[] walk = switch (this) {
            case UPRIGHT -> new int[] {0, 1, w};
            case MIRRORED -> new int[] {w - 1, -1, w};
            case ROTATED_180 -> new int[] {last, -1, -w};
            case FLIPPED -> new int[] {lastRow, 1, -w};
            case TRANSPOSED -> new int[] {0, w, 1};
            case ROTATED_90 -> new int[] {lastRow, -w, 1};
            case TRANSVERSED -> new int[] {last, -w, -1};
            case ROTATED_270 -> new int[] {w - 1, w, -1};
        };
        return walk(picture.bytes(), walk, swapsSides ? h : w, swapsSides ? w : h);
    }

    private static Picture walk(byte[] stored, int[] walk, int width, int height) {
        var upright = new byte[stored.length];
        IntStream.range(0, height).parallel().forEach(y -> {
            int from = walk[0] + y * walk[2];
            int to = 3 * y * width;
            for (int x = 0; x < width; x++, from += walk[1], to += 3) {
                System.arraycopy(stored, 3 * from, upright, to, 3);
            }
        });
        return Picture.wrap(width, height, upright);
    }
}
