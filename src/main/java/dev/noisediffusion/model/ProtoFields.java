package dev.noisediffusion.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The fields of one message in the protocol-buffers wire format, in the order of the message. What they say is looked into
 * only where somebody asks for it.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">the wire format</a>
 */
final class ProtoFields {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    /**
     * One field, by its places in the message.
     *
     * @param number of the field
     * @param start of its tag
     * @param content where its value begins, behind the length if it has one
     * @param end behind its value
     */
    record Field(int number, int start, int content, int end) {}

    private final byte[] bytes;
    private final int end;
    private int at;

    private ProtoFields(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    /**
     * The fields between two places.
     *
     * @throws IndexOutOfBoundsException if the bytes are no such message
     */
    static List<Field> of(byte[] bytes, int start, int end) {
        var reader = new ProtoFields(bytes, start, end);
        var fields = new ArrayList<Field>();
        while (reader.at < end) {
            fields.add(reader.next());
        }
        return fields;
    }

    /** What a field of whole numbers says: one, or several packed together. */
    static LongStream integers(byte[] bytes, Field field) {
        var reader = new ProtoFields(bytes, field.content(), field.end());
        LongStream.Builder numbers = LongStream.builder();
        while (reader.at < reader.end) {
            numbers.add(reader.varint());
        }
        return numbers.build();
    }

    private Field next() {
        int start = at;
        long tag = varint();
        long length = switch ((int) (tag & 7)) {
            case VARINT -> {
                int before = at;
                varint();
                int used = at - before;
                at = before;
                yield used;
            }
            case FIXED_64 -> Long.BYTES;
            case LENGTH_DELIMITED -> varint();
            case FIXED_32 -> Integer.BYTES;
            default -> throw new IndexOutOfBoundsException("No wire type: " + (tag & 7));
        };
        int content = at;
        if (length < 0 || length > end - content) {
            throw new IndexOutOfBoundsException("A field ends behind its message");
        }
        at = content + (int) length;
        return new Field((int) (tag >>> 3), start, content, at);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (at >= end) {
                throw new IndexOutOfBoundsException("A number ends behind its message");
            }
            byte part = bytes[at++];
            value |= (long) (part & 0x7F) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("A number is too long");
    }
}
