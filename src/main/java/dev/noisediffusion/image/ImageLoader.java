package dev.noisediffusion.image;

import dev.noisediffusion.job.PictureRefusal;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads PNG, JPEG (CMYK too), GIF (the first frame), BMP, WebP and TIFF files into sRGB pictures. An EXIF orientation
 * is obeyed, an embedded colour profile converted, transparency laid over white (what a picture without a background
 * shows on paper and in most browsers). Nothing is decoded before the declared size has been checked.
 */
public final class ImageLoader {
    private final ImageLimits limits;

    public ImageLoader() {
        this(ImageLimits.DEFAULT);
    }

    public ImageLoader(ImageLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads a file.
     *
     * @throws ImageException if it is missing, a folder, empty, damaged, too large or not a picture
     */
    public Picture load(Path file) throws ImageException {
        Path fileName = file.getFileName();
        String name = fileName == null ? file.toString() : fileName.toString();
        if (Files.isDirectory(file)) {
            throw refused(PictureRefusal.IS_A_FOLDER, name, " is a folder: choose a picture inside it.", null);
        }
        if (!Files.exists(file)) {
            Path folder = file.toAbsolutePath().getParent();
            throw new ImageException(
                    PictureRefusal.GONE.with(name, folder),
                    quote(name) + " was not found in " + quote(String.valueOf(folder))
                            + ": it may have been moved, renamed or deleted.",
                    null);
        }
        byte[] bytes;
        try {
            requireFileSize(Files.size(file), name);
            bytes = Files.readAllBytes(file);
        } catch (ImageException e) {
            throw e;
        } catch (IOException e) {
            throw refused(PictureRefusal.NOT_OPENED, name, " cannot be opened: check that you may read it.", e);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(name, e);
        }
        return load(bytes, name);
    }

    /**
     * Reads the contents of a file: dropped from a browser, or pasted.
     *
     * @param name how messages call the picture
     * @throws ImageException if it is empty, damaged, too large or not a picture
     */
    public Picture load(byte[] contents, String name) throws ImageException {
        requireFileSize(contents.length, name);
        if (contents.length == 0) {
            throw refused(PictureRefusal.EMPTY, name, " is empty (0 bytes): copy or download it again.", null);
        }
        try (var decoder = ImageDecoder.open(contents)) {
            if (decoder == null) {
                throw unknownFormat(contents, name);
            }
            requirePixels(decoder.width(), decoder.height(), name);
            int step = limits.subsampling(decoder.width(), decoder.height());
            Picture picture = step == 1 ? Pictures.of(decoder.read()) : means(decoder, step);
            return limits.fit(decoder.orientation().apply(picture));
        } catch (ImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw refused(
                    PictureRefusal.DAMAGED,
                    name,
                    " is damaged or cut off: copy or download it again, or save it anew from a picture program.",
                    e);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(name, e);
        }
    }

    /** A picture of the mean colours of squares of pixels, decoded some rows of squares at a time. */
    private Picture means(ImageDecoder decoder, int step) throws IOException {
        int width = Math.max(1, decoder.width() / step);
        int height = Math.max(1, decoder.height() / step);
        int across = Math.min(step, decoder.width());
        int down = Math.min(step, decoder.height());
        int most = (int) Math.max(1, limits.maxDecodedPixels() / ((long) decoder.width() * step));
        var rgb = new byte[Math.multiplyExact(3 * width, height)];
        for (int top = 0; top < height; top += most) {
            int rows = Math.min(most, height - top);
            Picture band = Pictures.of(decoder.read(new Rectangle(0, top * step, width * across, rows * down)));
            for (int i = 0; i < 3 * width * rows; i++) {
                int x = i / 3 % width;
                int from = 3 * (i / 3 / width * down * band.width() + x * across) + i % 3;
                rgb[3 * width * top + i] = mean(band, from, across, down);
            }
        }
        return Picture.wrap(width, height, rgb);
    }

    private static byte mean(Picture picture, int from, int across, int down) {
        byte[] rgb = picture.bytes();
        int sum = across * down / 2;
        for (int y = 0; y < down; y++) {
            for (int x = 0; x < across; x++) {
                sum += rgb[from + 3 * (y * picture.width() + x)] & 0xff;
            }
        }
        return (byte) (sum / (across * down));
    }

    private void requireFileSize(long bytes, String name) throws ImageException {
        if (bytes > limits.maxFileBytes()) {
            long megabytes = bytes / 1_000_000;
            long most = limits.maxFileBytes() / 1_000_000;
            throw new ImageException(
                    PictureRefusal.FILE_TOO_LARGE.with(name, megabytes, most),
                    quote(name) + " is a file of " + megabytes + " MB, and at most " + most
                            + " MB can be read: scale the picture down first.",
                    null);
        }
    }

    private void requirePixels(long width, long height, String name) throws ImageException {
        if (width < 1 || height < 1) {
            throw new ImageException(
                    PictureRefusal.NO_PIXELS.with(name, width, height),
                    quote(name) + " is damaged: it declares " + width + " x " + height
                            + " pixels. Copy or download it again.",
                    null);
        }
        if (width * height > limits.maxPixels()) {
            long megapixels = width * height / 1_000_000;
            long most = limits.maxPixels() / 1_000_000;
            throw new ImageException(
                    PictureRefusal.TOO_MANY_PIXELS.with(name, width, height, megapixels, most),
                    quote(name) + " declares " + width + " x " + height + " pixels (" + megapixels
                            + " megapixels), and at most " + most
                            + " megapixels can be read: scale it down in a picture program first.",
                    null);
        }
    }

    private static ImageException unknownFormat(byte[] contents, String name) {
        String brand = FileSignature.isobmffBrand(contents);
        if (brand.startsWith("hei") || brand.startsWith("mif") || brand.startsWith("avi")) {
            return refused(
                    PictureRefusal.HEIC_OR_AVIF,
                    name,
                    " is a HEIC or AVIF picture, which cannot be read here: save it as JPEG or PNG first.",
                    null);
        }
        return refused(
                PictureRefusal.UNKNOWN_FORMAT,
                name,
                " is not a picture that can be read here, whatever its name says: choose a PNG, JPEG, GIF, BMP, WebP or"
                        + " TIFF file.",
                null);
    }

    private static ImageException outOfMemory(String name, OutOfMemoryError cause) {
        return refused(
                PictureRefusal.OUT_OF_MEMORY,
                name,
                " needs more memory than there is: scale it down in a picture program first.",
                cause);
    }

    private static ImageException refused(
            PictureRefusal refusal, String name, String predicate, @Nullable Throwable cause) {
        return new ImageException(refusal.with(name), quote(name) + predicate, cause);
    }

    private static String quote(String name) {
        return '"' + name + '"';
    }
}
