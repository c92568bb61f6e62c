package dev.noisediffusion.image;

import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;

/** The chunks of a PNG file (W3C PNG, section 5): length, four letters, data, CRC. */
final class PngChunks {
    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    /** More than any honest profile or text; what inflates beyond is not read. */
    private static final int MAX_INFLATED = 16 << 20;

    private PngChunks() {}

    /** The data of the first chunk of a type. */
    static Optional<byte[]> find(byte[] contents, String type) {
        return find(contents, (found, data) -> found.equals(type));
    }

    /** The text under a keyword, from an iTXt, tEXt or zTXt chunk. */
    static Optional<String> text(byte[] contents, String keyword) throws IOException {
        byte[] key = (keyword + '\0').getBytes(StandardCharsets.ISO_8859_1);
        for (String type : new String[] {"iTXt", "tEXt", "zTXt"}) {
            Optional<byte[]> data = find(contents, (found, bytes) -> found.equals(type) && startsWith(bytes, key));
            if (data.isPresent()) {
                return Optional.of(text(type, Arrays.copyOfRange(data.get(), key.length, data.get().length)));
            }
        }
        return Optional.empty();
    }

    /** The embedded colour profile, where there is one that can be used. */
    static Optional<ICC_Profile> colourProfile(byte[] contents) {
        Optional<byte[]> chunk = find(contents, "iCCP");
        if (chunk.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] data = chunk.get();
            int compressed = after(data, 0) + 1;
            return Optional.of(ICC_Profile.getInstance(inflate(data, compressed)));
        } catch (IOException | RuntimeException e) {
            // A damaged profile: the picture is taken as sRGB, as every viewer does.
            return Optional.empty();
        }
    }

    /** A whole iTXt chunk, uncompressed. */
    static byte[] internationalText(String keyword, String text) {
        byte[] key = keyword.getBytes(StandardCharsets.ISO_8859_1);
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        // After the keyword: a zero, no compression (two bytes), no language, no translated keyword.
        int length = key.length + 5 + value.length;
        ByteBuffer chunk = ByteBuffer.allocate(12 + length);
        chunk.putInt(length).put("iTXt".getBytes(StandardCharsets.US_ASCII));
        chunk.put(key).put(new byte[5]).put(value);
        var crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + length);
        return chunk.putInt((int) crc.getValue()).array();
    }

    private static Optional<byte[]> find(byte[] contents, BiPredicate<String, byte[]> wanted) {
        if (!startsWith(contents, SIGNATURE)) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(contents, SIGNATURE.length, contents.length - SIGNATURE.length);
        while (buffer.remaining() >= 12) {
            int length = buffer.getInt();
            var type = new byte[4];
            buffer.get(type);
            if (length < 0 || length > buffer.remaining() - 4) {
                return Optional.empty();
            }
            String name = new String(type, StandardCharsets.ISO_8859_1);
            if (!name.equals("IDAT") && !name.equals("fdAT")) {
                byte[] data = Arrays.copyOfRange(contents, buffer.position(), buffer.position() + length);
                if (wanted.test(name, data)) {
                    return Optional.of(data);
                }
            }
            buffer.position(buffer.position() + length + 4);
        }
        return Optional.empty();
    }

    /** @param data what follows the keyword and its zero byte */
    private static String text(String type, byte[] data) throws IOException {
        if (type.equals("tEXt")) {
            return new String(data, StandardCharsets.ISO_8859_1);
        }
        if (type.equals("zTXt")) {
            return new String(inflate(data, 1), StandardCharsets.ISO_8859_1);
        }
        if (data.length < 4) {
            throw new IOException("An iTXt chunk is too short");
        }
        int start = after(data, after(data, 2));
        Charset utf8 = StandardCharsets.UTF_8;
        return data[0] == 0
                ? new String(data, start, data.length - start, utf8)
                : new String(inflate(data, start), utf8);
    }

    /** The place after the next zero byte. */
    private static int after(byte[] data, int from) throws IOException {
        for (int i = from; i < data.length; i++) {
            if (data[i] == 0) {
                return i + 1;
            }
        }
        throw new IOException("A PNG chunk lacks the end of its name");
    }

    private static byte[] inflate(byte[] data, int from) throws IOException {
        try (InputStream in =
                new InflaterInputStream(new ByteArrayInputStream(data, from, Math.max(0, data.length - from)))) {
            byte[] inflated = in.readNBytes(MAX_INFLATED + 1);
            if (inflated.length > MAX_INFLATED) {
                throw new IOException("A PNG chunk inflates beyond " + MAX_INFLATED + " bytes");
            }
            return inflated;
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }
}
