package dev.noisediffusion.image;

import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** PNG files with text inside (iTXt chunks, UTF-8). */
public final class PngFile {
    private static final String TREE = "javax_imageio_png_1.0";

    /** Of the chunk that ends every file. */
    private static final int END_BYTES = 12;
    /** No recipe is as long, in bytes. */
    private static final int MOST_TEXT = 64 << 20;

    private PngFile() {}

    /**
     * Writes an 8-bit RGB PNG; an existing file is replaced.
     *
     * @param texts by keyword: 1 to 79 Latin characters
     * @throws IOException if the file cannot be written; a part of it may then be there
     */
    public static void write(Picture picture, Path file, Map<String, String> texts) throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            write(picture, out, texts);
        }
    }

    /** Writes the same to a stream, which stays open. */
    public static void write(Picture picture, OutputStream out, Map<String, String> texts) throws IOException {
        BufferedImage image = Pictures.toBufferedImage(picture);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
            metadata.mergeTree(TREE, tree(texts));
            writer.write(new IIOImage(image, null, metadata));
        } finally {
            writer.dispose();
        }
    }

    /** A picture as the bytes of a PNG file, without texts. */
    public static byte[] bytes(Picture picture) throws IOException {
        var bytes = new ByteArrayOutputStream();
        write(picture, bytes, Map.of());
        return bytes.toByteArray();
    }

    /**
     * The text under a keyword in a PNG file.
     *
     * @return empty if the file has none, or is no PNG
     * @throws IOException if the file cannot be read
     */
    public static Optional<String> readText(Path file, String keyword) throws IOException {
        try (var png = new RandomAccessFile(file.toFile(), "r")) {
            return PngChunks.text(withoutPictures(png), keyword);
        }
    }

    /** The file without its pictures, which may be many gigabytes of animation. */
    private static byte[] withoutPictures(RandomAccessFile png) throws IOException {
        var kept = new ByteArrayOutputStream();
        var start = new byte[PngChunks.SIGNATURE.length];
        var head = new byte[8];
        kept.write(start, 0, Math.max(0, png.read(start)));
        while (png.length() - png.getFilePointer() >= END_BYTES) {
            png.readFully(head);
            long after = ByteBuffer.wrap(head).getInt() + 4L;
            boolean text = new String(head, 5, 3, StandardCharsets.ISO_8859_1).matches("TXt|EXt");
            if (after < 4 || after > png.length() - png.getFilePointer()) {
                break;
            }
            if (text && after <= MOST_TEXT) {
                var chunk = new byte[(int) after];
                png.readFully(chunk);
                kept.writeBytes(head);
                kept.writeBytes(chunk);
            } else {
                png.seek(png.getFilePointer() + after);
            }
        }
        return kept.toByteArray();
    }

    /**
     * Adds a text at the end of a PNG, animated or not; there it does not stand between a reader and what tells it which
     * kind of file this is.
     *
     * @param keyword 1 to 79 Latin characters
     * @throws IOException if the file cannot be read or written, or is no whole PNG
     */
    public static void appendText(Path file, String keyword, String text) throws IOException {
        try (var png = new RandomAccessFile(file.toFile(), "rw")) {
            var end = new byte[END_BYTES];
            png.seek(Math.max(0, png.length() - END_BYTES));
            png.readFully(end);
            if (!new String(end, 4, 4, StandardCharsets.US_ASCII).equals("IEND")) {
                throw new IOException(file + " is no whole PNG");
            }
            png.seek(png.length() - END_BYTES);
            png.write(PngChunks.internationalText(keyword, text));
            png.write(end);
        }
    }

    private static IIOMetadataNode tree(Map<String, String> texts) {
        var root = new IIOMetadataNode(TREE);
        var list = new IIOMetadataNode("iTXt");
        texts.forEach((keyword, text) -> {
            var entry = new IIOMetadataNode("iTXtEntry");
            entry.setAttribute("keyword", keyword);
            entry.setAttribute("compressionFlag", "FALSE");
            entry.setAttribute("compressionMethod", "0");
            entry.setAttribute("languageTag", "");
            entry.setAttribute("translatedKeyword", "");
            entry.setAttribute("text", text);
            list.appendChild(entry);
        });
        if (!texts.isEmpty()) {
            root.appendChild(list);
        }
        return root;
    }
}
