package dev.noisediffusion.image;

import java.awt.Transparency;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.Optional;

/** Pictures from and to the platform's images. */
public final class Pictures {
    private Pictures() {}

    /**
     * The picture that an image shows: colours converted to sRGB, 8 bits a channel, transparency laid over white. What is
     * brighter than white or darker than black, as floating-point files can be, is white or black.
     */
    public static Picture of(BufferedImage decoded) {
        ColorModel colours = decoded.getColorModel();
        BufferedImage image = isOfFractions(colours) ? clamped(decoded) : decoded;
        if (isPlainGrey(colours)) {
            return ofGrey(image);
        }
        boolean direct =
                colours instanceof IndexColorModel || colours.getColorSpace().isCS_sRGB();
        return ofSrgb(direct ? image : toSrgb(image));
    }

    /**
     * The picture of pixels as 0xAARRGGBB, row by row, transparency laid over white.
     *
     * @throws IllegalArgumentException if they are not as many as the sides say
     */
    public static Picture ofArgb(int width, int height, int[] argb) {
        var rgb = new byte[Math.multiplyExact(3, argb.length)];
        putOverWhite(argb, rgb, 0);
        return Picture.wrap(width, height, rgb);
    }

    /** The picture as an image of type 3BYTE_BGR. */
    public static BufferedImage toBufferedImage(Picture picture) {
        var image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        byte[] rgb = picture.bytes();
        for (int i = 0; i < rgb.length; i += 3) {
            bgr[i] = rgb[i + 2];
            bgr[i + 1] = rgb[i + 1];
            bgr[i + 2] = rgb[i];
        }
        return image;
    }

    /**
     * The same samples under an embedded profile, which is that of a palette's colours where there is one; the image itself where
     * the profile does not fit it.
     */
    static BufferedImage withProfile(BufferedImage image, ICC_Profile profile) {
        ColorModel colours = image.getColorModel();
        if (colours instanceof IndexColorModel palette) {
            return withProfile(image, palette, profile);
        }
        boolean fits = colours instanceof ComponentColorModel
                && colours.getNumColorComponents() == profile.getNumComponents()
                && colours.getColorSpace().getType() == profile.getColorSpaceType();
        if (!fits) {
            return image;
        }
        Optional<ColorSpace> space = usable(profile);
        if (space.isEmpty()) {
            return image;
        }
        var profiled = new ComponentColorModel(
                space.get(),
                colours.hasAlpha(),
                false,
                colours.hasAlpha() ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                colours.getTransferType());
        return new BufferedImage(profiled, image.getRaster(), false, null);
    }

    /** A palette can have no colour space but sRGB, so its colours are converted, and its transparency stays. */
    private static BufferedImage withProfile(BufferedImage image, IndexColorModel palette, ICC_Profile profile) {
        int size = palette.getMapSize();
        var colours = new int[size];
        palette.getRGBs(colours);
        var row = new BufferedImage(size, 1, BufferedImage.TYPE_3BYTE_BGR);
        row.setRGB(0, 0, size, 1, colours, 0, size);
        int[] srgb = toSrgb(withProfile(row, profile)).getRGB(0, 0, size, 1, null, 0, size);
        for (int i = 0; i < size; i++) {
            srgb[i] = (colours[i] & 0xff000000) | (srgb[i] & 0xffffff);
        }
        var converted = new IndexColorModel(
                palette.getPixelSize(),
                size,
                srgb,
                0,
                palette.hasAlpha(),
                -1,
                image.getRaster().getTransferType());
        return new BufferedImage(converted, image.getRaster(), false, null);
    }

    /** Profiles can be whole and yet no way to sRGB: those of devices without curves, say, or links of two devices. */
    private static Optional<ColorSpace> usable(ICC_Profile profile) {
        try {
            var space = new ICC_ColorSpace(profile);
            space.toRGB(new float[profile.getNumComponents()]);
            return Optional.of(space);
        } catch (CMMException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The platform calls every grey file linear; the files are not, so the samples are taken as they are. */
    private static boolean isPlainGrey(ColorModel colours) {
        return colours instanceof ComponentColorModel
                && colours.getNumColorComponents() == 1
                && colours.getColorSpace().equals(ColorSpace.getInstance(ColorSpace.CS_GRAY));
    }

    private static Picture ofGrey(BufferedImage image) {
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        int width = image.getWidth();
        double whitest = whitest(image.getColorModel());
        boolean ints = image.getColorModel().getTransferType() == DataBuffer.TYPE_INT;
        boolean premultiplied = image.isAlphaPremultiplied();
        var rgb = new byte[3 * width * image.getHeight()];
        var row = new double[bands * width];
        for (int y = 0, to = 0; y < image.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            if (ints) {
                unsign(row);
            }
            for (int x = 0; x < width; x++, to += 3) {
                int grey = eightBits(row[bands * x] / whitest);
                int alpha = bands == 1 ? 255 : eightBits(row[bands * x + 1] / whitest);
                byte shown = premultiplied ? (byte) Math.min(255, grey + 255 - alpha) : overWhite(grey, alpha);
                Arrays.fill(rgb, to, to + 3, shown);
            }
        }
        return Picture.wrap(width, image.getHeight(), rgb);
    }

    private static double whitest(ColorModel colours) {
        return switch (colours.getTransferType()) {
            case DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_DOUBLE -> 1;
            case DataBuffer.TYPE_SHORT -> Short.MAX_VALUE;
            default -> (1L << colours.getComponentSize(0)) - 1;
        };
    }

    /** Samples of 32 bits have no sign, but rasters give them one. */
    private static void unsign(double[] samples) {
        for (int i = 0; i < samples.length; i++) {
            if (samples[i] < 0) {
                samples[i] += 1L << 32;
            }
        }
    }

    /** What is below 0, as samples with a sign can be, is 0. */
    private static int eightBits(double share) {
        return (int) Math.round(Math.clamp(share, 0, 1) * 255);
    }

    private static boolean isOfFractions(ColorModel colours) {
        int type = colours.getTransferType();
        return type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE;
    }

    /** Fractions may lie beyond black and white, and be no numbers; the platform would let them run over into other channels. */
    private static BufferedImage clamped(BufferedImage image) {
        Raster from = image.getRaster();
        WritableRaster to = from.createCompatibleWritableRaster();
        var row = new double[from.getNumBands() * from.getWidth()];
        for (int y = 0; y < from.getHeight(); y++) {
            from.getPixels(from.getMinX(), from.getMinY() + y, from.getWidth(), 1, row);
            for (int i = 0; i < row.length; i++) {
                row[i] = Double.isNaN(row[i]) ? 0 : Math.clamp(row[i], 0, 1);
            }
            to.setPixels(0, y, from.getWidth(), 1, row);
        }
        return new BufferedImage(image.getColorModel(), to, image.isAlphaPremultiplied(), null);
    }

    private static BufferedImage toSrgb(BufferedImage image) {
        boolean alpha = image.getColorModel().hasAlpha();
        var srgb = new BufferedImage(
                image.getWidth(),
                image.getHeight(),
                alpha ? BufferedImage.TYPE_4BYTE_ABGR : BufferedImage.TYPE_3BYTE_BGR);
        return new ColorConvertOp(null).filter(image, srgb);
    }

    private static Picture ofSrgb(BufferedImage image) {
        if (image.getColorModel() instanceof ComponentColorModel colours
                && isOpaqueBytes(colours)
                && image.getRaster().getSampleModel() instanceof PixelInterleavedSampleModel samples
                && image.getRaster().getDataBuffer() instanceof DataBufferByte bytes) {
            return ofBytes(image.getRaster(), samples, bytes);
        }
        int width = image.getWidth();
        var rgb = new byte[3 * width * image.getHeight()];
        var row = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            putOverWhite(row, rgb, 3 * width * y);
        }
        return Picture.wrap(width, image.getHeight(), rgb);
    }

    private static boolean isOpaqueBytes(ComponentColorModel colours) {
        return colours.getTransferType() == DataBuffer.TYPE_BYTE
                && !colours.hasAlpha()
                && colours.getNumComponents() == 3
                && Arrays.stream(colours.getComponentSize()).allMatch(bits -> bits == 8);
    }

    /** As the general way does, which asks the colour model for every pixel and takes as long as a JPEG to decode. */
    private static Picture ofBytes(Raster raster, PixelInterleavedSampleModel samples, DataBufferByte stored) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] bytes = stored.getData();
        int[] bands = samples.getBandOffsets();
        int step = samples.getPixelStride();
        int first = stored.getOffset()
                - raster.getSampleModelTranslateX() * step
                - raster.getSampleModelTranslateY() * samples.getScanlineStride();
        var rgb = new byte[3 * width * height];
        for (int y = 0, to = 0; y < height; y++) {
            int from = first + y * samples.getScanlineStride();
            for (int x = 0; x < width; x++, from += step, to += 3) {
                rgb[to] = bytes[from + bands[0]];
                rgb[to + 1] = bytes[from + bands[1]];
                rgb[to + 2] = bytes[from + bands[2]];
            }
        }
        return Picture.wrap(width, height, rgb);
    }

    private static void putOverWhite(int[] argb, byte[] rgb, int from) {
        int to = from;
        for (int pixel : argb) {
            int alpha = pixel >>> 24;
            rgb[to++] = overWhite(pixel >> 16 & 0xff, alpha);
            rgb[to++] = overWhite(pixel >> 8 & 0xff, alpha);
            rgb[to++] = overWhite(pixel & 0xff, alpha);
        }
    }

    /** Both in [0, 255]. */
    private static byte overWhite(int value, int alpha) {
        return (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
    }
}
