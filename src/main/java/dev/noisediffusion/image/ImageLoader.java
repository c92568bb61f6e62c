package dev.noisediffusion.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

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
            throw new ImageException(quote(name) + " is a folder: choose a picture inside it.");
        }
        if (!Files.exists(file)) {
            throw new ImageException(quote(name) + " was not found in "
                    + quote(String.valueOf(file.toAbsolutePath().getParent()))
                    + ": it may have been moved, renamed or deleted.");
        }
        byte[] bytes;
        try {
            requireFileSize(Files.size(file), name);
            bytes = Files.readAllBytes(file);
        } catch (ImageException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageException(quote(name) + " cannot be opened: check that you may read it.", e);
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
            throw new ImageException(quote(name) + " is empty (0 bytes): copy or download it again.");
        }
        try (var decoder = ImageDecoder.open(contents)) {
            if (decoder == null) {
                throw new ImageException(unknownFormat(contents, name));
            }
            requirePixels(decoder.width(), decoder.height(), name);
            BufferedImage image = decoder.read(limits.subsampling(decoder.width(), decoder.height()));
            Picture picture = Pictures.of(image);
            return Resampler.fitWithin(decoder.orientation().apply(picture), limits.maxSide());
        } catch (ImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new ImageException(
                    quote(name) + " is damaged or cut off: copy or download it again, or save it anew from a picture"
                            + " program.",
                    e);
        } catch (OutOfMemoryError e) {
            throw new ImageException(
                    quote(name) + " needs more memory than there is: scale it down in a picture program first.", e);
        }
    }

    private void requireFileSize(long bytes, String name) throws ImageException {
        if (bytes > limits.maxFileBytes()) {
            throw new ImageException(quote(name) + " is a file of " + bytes / 1_000_000 + " MB, and at most "
                    + limits.maxFileBytes() / 1_000_000 + " MB can be read: scale the picture down first.");
        }
    }

    private void requirePixels(long width, long height, String name) throws ImageException {
        if (width < 1 || height < 1) {
            throw new ImageException(quote(name) + " is damaged: it declares " + width + " x " + height + " pixels.");
        }
        if (width * height > limits.maxPixels()) {
            throw new ImageException(String.format(
                    Locale.ROOT,
                    "%s declares %d x %d pixels (%d megapixels), and at most %d megapixels can be read: scale it down"
                            + " in a picture program first.",
                    quote(name),
                    width,
                    height,
                    width * height / 1_000_000,
                    limits.maxPixels() / 1_000_000));
        }
    }

    private static String unknownFormat(byte[] contents, String name) {
        String known = "choose a PNG, JPEG, GIF, BMP, WebP or TIFF file.";
        String brand = FileSignature.isobmffBrand(contents);
        if (brand.startsWith("hei") || brand.startsWith("mif") || brand.startsWith("avi")) {
            return quote(name) + " is a HEIC or AVIF picture, which cannot be read here: save it as JPEG or PNG first.";
        }
        return quote(name) + " is not a picture that can be read here, whatever its name says: " + known;
    }

    private static String quote(String name) {
        return '"' + name + '"';
    }
}
