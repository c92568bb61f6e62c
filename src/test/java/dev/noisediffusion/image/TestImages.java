package dev.noisediffusion.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures and picture files made by code. */
public final class TestImages {
    private TestImages() {}

    /** Smooth, different in every corner, with soft waves: what a photograph looks like to a codec. */
    public static Picture waves(int width, int height, double phase) {
        var rgb = new byte[3 * width * height];
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double u = (x + 0.5) / width;
                double v = (y + 0.5) / height;
                rgb[at++] = (byte) (40 + 170 * u + 30 * Math.sin(9 * v + phase));
                rgb[at++] = (byte) (40 + 170 * v + 30 * Math.sin(7 * u - phase));
                rgb[at++] = (byte) (128 + 60 * Math.sin(5 * (u + v) + phase));
            }
        }
        return Picture.wrap(width, height, rgb);
    }

    /** One colour, 0xRRGGBB. */
    public static Picture plain(int width, int height, int colour) {
        var rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) (colour >> 16);
            rgb[i + 1] = (byte) (colour >> 8);
            rgb[i + 2] = (byte) colour;
        }
        return Picture.wrap(width, height, rgb);
    }

    /** The peak signal-to-noise ratio of two pictures of one size, in decibels. */
    public static double psnr(Picture a, Picture b) {
        if (a.width() != b.width() || a.height() != b.height()) {
            throw new IllegalArgumentException("Sizes differ: " + a + " and " + b);
        }
        double sum = 0;
        byte[] left = a.bytes();
        byte[] right = b.bytes();
        for (int i = 0; i < left.length; i++) {
            double difference = (left[i] & 0xff) - (right[i] & 0xff);
            sum += difference * difference;
        }
        return 10 * Math.log10(255.0 * 255.0 * left.length / sum);
    }

    static byte[] encode(BufferedImage image, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("No writer for " + format);
        }
        return out.toByteArray();
    }

    static byte[] encode(Picture picture, String format) throws IOException {
        return encode(Pictures.toBufferedImage(picture), format);
    }

    /** A JPEG of one colour in four bands with Adobe's marker, as print programs write them: 255 is no ink, 0 is full. */
    static byte[] cmykJpeg(int width, int height, int... cmyk) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                raster.setPixel(x, y, cmyk);
            }
        }
        var out = new ByteArrayOutputStream();
        var writers = ImageIO.getImageWritersByFormatName("jpeg");
        while (writers.hasNext()) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getName().startsWith("com.sun")) {
                try (var stream = new MemoryCacheImageOutputStream(out)) {
                    writer.setOutput(stream);
                    writer.write(null, new IIOImage(raster, null, null), null);
                }
                return withSegment(
                        out.toByteArray(), 0xffee, new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0});
            }
        }
        throw new IOException("No platform writer");
    }

    /** A looping GIF of plain frames. */
    static byte[] animatedGif(int width, int height, int... colours) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        var out = new ByteArrayOutputStream();
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            for (int colour : colours) {
                BufferedImage image = Pictures.toBufferedImage(plain(width, height, colour));
                IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
                var root = (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
                var control = (IIOMetadataNode)
                        root.getElementsByTagName("GraphicControlExtension").item(0);
                control.setAttribute("delayTime", "10");
                metadata.setFromTree(metadata.getNativeMetadataFormatName(), root);
                writer.writeToSequence(new IIOImage(image, null, metadata), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** A PNG with an 8-bit RGB header of any size and pixel data of its own. */
    static byte[] png(int width, int height, byte[] pixelData, byte[]... chunksBefore) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(PngChunks.SIGNATURE);
        out.write(chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) 8)
                        .put((byte) 2)
                        .array()));
        for (byte[] chunk : chunksBefore) {
            out.write(chunk);
        }
        out.write(chunk("IDAT", deflate(pixelData)));
        out.write(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    static byte[] chunk(String type, byte[] data) throws IOException {
        var crc = new CRC32();
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        crc.update(name);
        crc.update(data);
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) crc.getValue());
        return bytes.toByteArray();
    }

    static byte[] deflate(byte[] data) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED), 1 << 16)) {
            deflater.write(data);
        }
        return out.toByteArray();
    }

    /** A TIFF structure with nothing but an orientation, as EXIF wants it. */
    static byte[] exif(int orientation) {
        return ByteBuffer.allocate(26)
                .put(new byte[] {'M', 'M', 0, 42})
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    /** The JPEG with an APP1 segment that holds an orientation. */
    static byte[] withOrientation(byte[] jpeg, int orientation) {
        byte[] tiff = exif(orientation);
        byte[] data = ByteBuffer.allocate(6 + tiff.length)
                .put(new byte[] {'E', 'x', 'i', 'f', 0, 0})
                .put(tiff)
                .array();
        return withSegment(jpeg, 0xffe1, data);
    }

    /** A lossless WebP of a pixel 0xe60000 and one 0x00e600 to its right, with an orientation. */
    static byte[] webp(int orientation) {
        // No transforms, no cache; green and red are one of 0 and 230, blue is 0, alpha 255: two bits a pixel.
        byte[] pixels = HexFormat.of().parseHex("2f010000003880f901cca3ff61");
        byte[] exif = exif(orientation);
        ByteBuffer file = ByteBuffer.allocate(12 + 18 + 8 + pixels.length + 1 + 8 + exif.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(file.capacity() - 8).put(ascii("WEBP"));
        // That there is EXIF, then the size less 1 in three bytes a side.
        file.put(ascii("VP8X")).putInt(10).putInt(8).put(new byte[] {1, 0, 0, 0, 0, 0});
        file.put(ascii("VP8L")).putInt(pixels.length).put(pixels).put((byte) 0);
        file.put(ascii("EXIF")).putInt(exif.length).put(exif);
        return file.array();
    }

    /** The same picture as a TIFF without compression. */
    static byte[] tiff(int orientation) {
        return tiff(2, 1, 8, new byte[] {(byte) 230, 0, 0, 0, (byte) 230, 0}, new int[][] {
            {0x0103, 1}, // no compression
            {0x0112, orientation}
        });
    }

    /** A TIFF of 16-bit samples as photo programs write it: each sample less its left neighbour, then deflated. */
    static byte[] deepTiff(int width, int height, int[] samples) throws IOException {
        ByteBuffer differences = ByteBuffer.allocate(2 * samples.length);
        for (int i = 0; i < samples.length; i++) {
            differences.putShort((short) (samples[i] - (i % (3 * width) < 3 ? 0 : samples[i - 3])));
        }
        return tiff(width, height, 16, deflate(differences.array()), new int[][] {
            {0x0103, 8}, // deflate
            {0x013d, 2} // horizontal differences
        });
    }

    /**
     * An RGB picture of one strip.
     *
     * @param more further entries: the tag of a short, and its value
     */
    private static byte[] tiff(int width, int height, int bits, byte[] strip, int[][] more) {
        int size = 8 + 2 + 12 * (8 + more.length) + 4;
        var entries = new TreeMap<Integer, int[]>(Map.of(
                0x0100, new int[] {3, 1, width},
                0x0101, new int[] {3, 1, height},
                0x0102, new int[] {3, 3, size}, // bits of each channel, at this offset
                0x0106, new int[] {3, 1, 2}, // red, green and blue
                0x0111, new int[] {4, 1, size + 6}, // the offset of the pixels
                0x0115, new int[] {3, 1, 3}, // channels
                0x0116, new int[] {3, 1, height}, // rows in the one strip
                0x0117, new int[] {4, 1, strip.length})); // its bytes
        for (int[] entry : more) {
            entries.put(entry[0], new int[] {3, 1, entry[1]});
        }
        ByteBuffer file = ByteBuffer.allocate(size + 6 + strip.length).put(new byte[] {'M', 'M', 0, 42});
        file.putInt(8).putShort((short) entries.size());
        entries.forEach((tag, entry) -> {
            file.putShort((short) (int) tag).putShort((short) entry[0]).putInt(entry[1]);
            if (entry[0] == 3 && entry[1] == 1) {
                file.putShort((short) entry[2]).putShort((short) 0);
            } else {
                file.putInt(entry[2]);
            }
        });
        file.putInt(0);
        for (int channel = 0; channel < 3; channel++) {
            file.putShort((short) bits);
        }
        return file.put(strip).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
        return ByteBuffer.allocate(jpeg.length + 4 + data.length)
                .put(jpeg, 0, 2)
                .putShort((short) marker)
                .putShort((short) (2 + data.length))
                .put(data)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }
}
