package dev.noisediffusion.image;

import java.nio.charset.StandardCharsets;

/** What the first bytes of a file say. */
final class FileSignature {
    private FileSignature() {}

    /** The main brand of a file in the ISO base media format (MP4, HEIC, AVIF); empty for other files. */
    static String isobmffBrand(byte[] contents) {
        if (contents.length < 12 || !"ftyp".equals(ascii(contents, 4))) {
            return "";
        }
        return ascii(contents, 8);
    }

    private static String ascii(byte[] contents, int offset) {
        return new String(contents, offset, 4, StandardCharsets.ISO_8859_1);
    }
}
