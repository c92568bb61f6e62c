package dev.noisediffusion.export;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The tags of a WebM file (RFC 8794, RFC 9559): elements of an identifier, a length and content. */
final class WebmTags {
    private static final int SEGMENT = 0x18538067;
    private static final int TAGS = 0x1254C367;
    private static final int TAG = 0x7373;
    private static final int SIMPLE_TAG = 0x67C8;
    private static final int TAG_NAME = 0x45A3;
    private static final int TAG_STRING = 0x4487;
    private static final int MAX_TEXT = 16 << 20;

    private final RandomAccessFile file;
    private final String name;

    private WebmTags(RandomAccessFile file, String name) {
        this.file = file;
        this.name = name;
    }

    /**
     * The text of the first tag of a name.
     *
     * @return empty if there is none, or the file is damaged before it
     */
    static Optional<String> find(Path webm, String name) throws IOException {
        try (var file = new RandomAccessFile(webm.toFile(), "r")) {
            return new WebmTags(file, name).search(0, file.length());
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    private Optional<String> search(long from, long to) throws IOException {
        long at = from;
        while (at + 2 <= to) {
            Element element = element(at, to);
            if (element.start < 0) {
                return Optional.empty();
            }
            Optional<String> found = switch (element.id) {
                case SEGMENT, TAGS, TAG -> search(element.start, element.end);
                case SIMPLE_TAG -> simpleTag(element);
                default -> Optional.empty();
            };
            if (found.isPresent()) {
                return found;
            }
            at = element.end;
        }
        return Optional.empty();
    }

    private Optional<String> simpleTag(Element tag) throws IOException {
        boolean named = false;
        Optional<String> text = Optional.empty();
        long at = tag.start;
        while (at + 2 <= tag.end) {
            Element part = element(at, tag.end);
            if (part.start < 0) {
                return Optional.empty();
            }
            if (part.id == TAG_NAME) {
                named = text(part).filter(name::equals).isPresent();
            } else if (part.id == TAG_STRING) {
                text = text(part);
            }
            at = part.end;
        }
        return named ? text : Optional.empty();
    }

    private Optional<String> text(Element element) throws IOException {
        if (element.end - element.start > MAX_TEXT) {
            return Optional.empty();
        }
        var bytes = new byte[(int) (element.end - element.start)];
        file.seek(element.start);
        file.readFully(bytes);
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }

    /** The element there; its start is negative where there is no valid one. */
    private Element element(long at, long to) throws IOException {
        file.seek(at);
        int first = file.readUnsignedByte();
        int idBytes = Integer.numberOfLeadingZeros(first) - 23;
        if (idBytes > 4) {
            return Element.NONE;
        }
        int id = first;
        for (int i = 1; i < idBytes; i++) {
            id = id << 8 | file.readUnsignedByte();
        }
        int lengthStart = file.readUnsignedByte();
        int lengthBytes = Integer.numberOfLeadingZeros(lengthStart) - 23;
        if (lengthBytes > 8) {
            return Element.NONE;
        }
        long length = lengthStart & ((1 << (8 - lengthBytes)) - 1);
        for (int i = 1; i < lengthBytes; i++) {
            length = length << 8 | file.readUnsignedByte();
        }
        long start = at + idBytes + lengthBytes;
        boolean unknown = length == (1L << (7 * lengthBytes)) - 1;
        if (start > to || (!unknown && length > to - start)) {
            return Element.NONE;
        }
        return new Element(id, start, unknown ? to : start + length);
    }

    private record Element(int id, long start, long end) {
        static final Element NONE = new Element(0, -1, -1);
    }
}
