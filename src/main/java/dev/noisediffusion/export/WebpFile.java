package dev.noisediffusion.export;

import dev.noisediffusion.job.FilmRefusal;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The container of animated WebP (RFC 9649): chunks of four letters, a length and content of even length. */
final class WebpFile {
    private static final int ANIMATED = 0x02;
    private static final int WITH_XMP = 0x04;
    private static final int MAX_XMP = 16 << 20;
    /** Shown as it is, not blended with the frame before. */
    private static final int DO_NOT_BLEND = 0x02;

    private WebpFile() {}

    /**
     * Puts still WebP files together.
     *
     * @param stills lossy, of the film's size, in the order in which they are shown
     */
    static void write(Film film, List<Path> stills, Path target) throws IOException {
        boolean described = !film.recipe().isBlank();
        try (var out = new BufferedOutputStream(Files.newOutputStream(target))) {
            out.write(chunkStart("RIFF", 0));
            out.write(ascii("WEBP"));
            ByteBuffer canvas = buffer(10);
            canvas.putInt(described ? ANIMATED | WITH_XMP : ANIMATED);
            putThree(canvas, film.width() - 1);
            putThree(canvas, film.height() - 1);
            chunk(out, "VP8X", bytes(canvas));
            boolean once = film.settings().playback() == Playback.ONCE;
            chunk(
                    out,
                    "ANIM",
                    buffer(6)
                            .putInt(0xff000000)
                            .putShort((short) (once ? 1 : 0))
                            .array());
            for (int i = 0; i < stills.size(); i++) {
                film.cancellation().throwIfCancelled();
                chunk(out, "ANMF", frame(film, i, stills.get(i)));
            }
            if (described) {
                chunk(out, "XMP ", Xmp.wrap(film.recipe()).getBytes(StandardCharsets.UTF_8));
            }
        }
        try (var file = new RandomAccessFile(target.toFile(), "rw")) {
            if (file.length() - 8 > 0xffff_fffeL) {
                throw ExportException.about(
                        film.target(),
                        FilmRefusal.OVER_4_GIGABYTES,
                        " was not written: a WebP holds 4 GB at most; choose a smaller size multiple.",
                        null);
            }
            file.seek(4);
            file.write(bytes(buffer(4).putInt((int) (file.length() - 8))));
        }
    }

    /** The recipe in a file's XMP; empty if it has none. */
    static Optional<String> recipe(Path webp) throws IOException {
        try (var file = new RandomAccessFile(webp.toFile(), "r")) {
            long at = 12;
            var head = new byte[8];
            while (at + 8 <= file.length()) {
                file.seek(at);
                file.readFully(head);
                long length =
                        ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xffff_ffffL;
                if (Arrays.equals(head, 0, 4, ascii("XMP "), 0, 4) && length <= MAX_XMP) {
                    var xmp = new byte[(int) length];
                    file.readFully(xmp);
                    return Xmp.unwrap(new String(xmp, StandardCharsets.UTF_8));
                }
                at += 8 + length + length % 2;
            }
            return Optional.empty();
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    private static byte[] frame(Film film, int index, Path still) throws IOException {
        byte[] file = Files.readAllBytes(still);
        var content = new ByteArrayOutputStream(file.length + 16);
        ByteBuffer head = buffer(16);
        putThree(head, 0);
        putThree(head, 0);
        putThree(head, film.width() - 1);
        putThree(head, film.height() - 1);
        int fps = film.settings().shownFps();
        // Rounded times add up to the true length.
        putThree(head, (int) (Math.round((index + 1) * 1000.0 / fps) - Math.round(index * 1000.0 / fps)));
        head.put((byte) DO_NOT_BLEND);
        content.write(bytes(head));
        ByteBuffer chunks = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 12; at + 8 <= file.length; ) {
            int length = chunks.getInt(at + 4) + chunks.getInt(at + 4) % 2 + 8;
            if (length < 8 || at + length > file.length) {
                throw new IOException("FFmpeg wrote a WebP that is cut short");
            }
            if (new String(file, at, 4, StandardCharsets.ISO_8859_1).startsWith("VP8 ")) {
                content.write(file, at, length);
            }
            at += length;
        }
        return content.toByteArray();
    }

    private static void chunk(OutputStream out, String name, byte[] content) throws IOException {
        out.write(chunkStart(name, content.length));
        out.write(content);
        if (content.length % 2 == 1) {
            out.write(0);
        }
    }

    private static byte[] chunkStart(String name, int length) {
        return bytes(buffer(8).put(ascii(name)).putInt(length));
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.capacity()];
        buffer.rewind().get(bytes);
        return bytes;
    }

    private static void putThree(ByteBuffer buffer, int value) {
        buffer.put((byte) value).put((byte) (value >> 8)).put((byte) (value >> 16));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
