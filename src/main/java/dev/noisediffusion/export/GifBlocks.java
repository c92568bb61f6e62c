package dev.noisediffusion.export;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Comment extensions of GIF files (GIF89a specification, sections 15 and 24). */
final class GifBlocks {
    private static final int EXTENSION = 0x21;
    private static final int COMMENT = 0xfe;
    private static final int IMAGE = 0x2c;
    private static final int TRAILER = 0x3b;
    private static final int MAX_COMMENT = 16 << 20;

    private GifBlocks() {}

    /** Puts a comment (UTF-8) at the end of a whole GIF file. */
    static void appendComment(Path gif, String comment) throws IOException {
        byte[] text = comment.getBytes(StandardCharsets.UTF_8);
        var block = new ByteArrayOutputStream();
        block.write(EXTENSION);
        block.write(COMMENT);
        for (int at = 0; at < text.length; at += 255) {
            int length = Math.min(255, text.length - at);
            block.write(length);
            block.write(text, at, length);
        }
        block.write(0);
        block.write(TRAILER);
        try (var file = new RandomAccessFile(gif.toFile(), "rw")) {
            file.seek(file.length() - 1);
            if (file.read() != TRAILER) {
                throw new IOException("Expected a GIF file with its trailer");
            }
            file.seek(file.length() - 1);
            file.write(block.toByteArray());
        }
    }

    /** The first comment that starts with a prefix, without it. */
    static Optional<String> comment(Path gif, String prefix) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(gif)))) {
            in.skipNBytes(10);
            int flags = in.readUnsignedByte();
            in.skipNBytes(2);
            skipColourTable(in, flags);
            while (true) {
                int block = in.read();
                if (block == IMAGE) {
                    in.skipNBytes(8);
                    skipColourTable(in, in.readUnsignedByte());
                    in.skipNBytes(1); // the code size
                    subBlocks(in, false);
                } else if (block == EXTENSION) {
                    boolean comment = in.readUnsignedByte() == COMMENT;
                    String text = new String(subBlocks(in, comment), StandardCharsets.UTF_8);
                    if (comment && text.startsWith(prefix)) {
                        return Optional.of(text.substring(prefix.length()));
                    }
                } else {
                    return Optional.empty();
                }
            }
        } catch (EOFException e) {
            // A GIF that was cut off: whatever comment it had is gone.
            return Optional.empty();
        }
    }

    private static byte[] subBlocks(DataInputStream in, boolean keep) throws IOException {
        var kept = new ByteArrayOutputStream();
        for (int length = in.readUnsignedByte(); length > 0; length = in.readUnsignedByte()) {
            byte[] data = in.readNBytes(length);
            if (keep && kept.size() < MAX_COMMENT) {
                kept.write(data);
            }
        }
        return kept.toByteArray();
    }

    private static void skipColourTable(DataInputStream in, int flags) throws IOException {
        if ((flags & 0x80) != 0) {
            in.skipNBytes(3L << ((flags & 7) + 1));
        }
    }
}
