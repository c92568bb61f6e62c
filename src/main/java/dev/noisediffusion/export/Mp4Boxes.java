package dev.noisediffusion.export;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Boxes of MP4 files (ISO/IEC 14496-12, section 4.2): length, four letters, content. */
final class Mp4Boxes {
    /** The way to the comment, as iTunes and FFmpeg write it. */
    private static final List<String> COMMENT = List.of("moov", "udta", "meta", "ilst", "\u00a9cmt", "data");

    private static final int MAX_COMMENT = 16 << 20;

    private Mp4Boxes() {}

    /** The comment of a film. */
    static Optional<String> comment(Path mp4) throws IOException {
        try (var file = new RandomAccessFile(mp4.toFile(), "r")) {
            long from = 0;
            long to = file.length();
            for (String name : COMMENT) {
                long[] content = find(file, name, from, to);
                if (content.length == 0) {
                    return Optional.empty();
                }
                // A version and flags stand before the boxes in "meta", a type and a language before the text in
                // "data".
                from = content[0] + (name.equals("meta") ? 4 : name.equals("data") ? 8 : 0);
                to = content[1];
            }
            if (to < from || to - from > MAX_COMMENT) {
                return Optional.empty();
            }
            var text = new byte[(int) (to - from)];
            file.seek(from);
            file.readFully(text);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        }
    }

    /** Start and end of the content of the first box of that name; empty if there is none. */
    private static long[] find(RandomAccessFile file, String name, long from, long to) throws IOException {
        long at = from;
        while (at + 8 <= to) {
            file.seek(at);
            long size = file.readInt() & 0xffff_ffffL;
            var letters = new byte[4];
            file.readFully(letters);
            long header = 8;
            if (size == 1 && at + 16 <= to) {
                size = file.readLong();
                header = 16;
            } else if (size == 0) {
                size = to - at;
            }
            if (size < header || size > to - at) {
                return new long[0];
            }
            if (name.equals(new String(letters, StandardCharsets.ISO_8859_1))) {
                return new long[] {at + header, at + size};
            }
            at += size;
        }
        return new long[0];
    }
}
