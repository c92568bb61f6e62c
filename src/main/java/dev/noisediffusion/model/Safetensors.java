package dev.noisediffusion.model;

import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A safetensors file, opened: named tensors of any rank as float32, float16, bfloat16 or int64; others may be in it as long
 * as nobody asks for them. The header is checked against the file when it is opened; the data is read, or streamed elsewhere,
 * when asked for. Safe for one thread.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class Safetensors implements AutoCloseable {
    /** The format's own limit on the header. */
    static final long MAX_HEADER_BYTES = 100_000_000;

    private static final int CHUNK = 1 << 20;

    /**
     * One tensor in the file.
     *
     * @param offset of the first byte in the file
     * @param length in bytes: the size of the shape times the bytes of the type
     */
    public record Entry(String name, ElementType type, Shape shape, long offset, long length) {}

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Entry> entries;

    private Safetensors(Path file, FileChannel channel, Map<String, Entry> entries) {
        this.file = file;
        this.channel = channel;
        this.entries = Collections.unmodifiableMap(entries);
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws ModelException if the file cannot be read or is not a sound safetensors file
     */
    public static Safetensors open(Path file) throws ModelException {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            var opened = new Safetensors(file, channel, readHeader(file, channel));
            channel = null;
            return opened;
        } catch (IOException e) {
            throw ModelException.failed(file, "read", e);
        } finally {
            closeQuietly(channel);
        }
    }

    private static Map<String, Entry> readHeader(Path file, FileChannel channel) throws IOException, ModelException {
        GitNote.requireFetched(file);
        long size = channel.size();
        if (size < Long.BYTES) {
            throw ModelException.in(file, "a safetensors file", size + " bytes, too few for one");
        }
        ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, prefix, 0);
        long headerLength = prefix.flip().getLong();
        long rest = size - Long.BYTES;
        if (headerLength < 0 || headerLength > rest) {
            throw ModelException.in(
                    file,
                    "a header of at most the file's " + rest + " bytes",
                    "one that claims " + Long.toUnsignedString(headerLength) + " bytes");
        }
        if (headerLength > MAX_HEADER_BYTES) {
            throw ModelException.in(
                    file, "a header of at most " + MAX_HEADER_BYTES + " bytes", headerLength + " bytes");
        }
        var header = ByteBuffer.allocate((int) headerLength);
        readFully(channel, header, Long.BYTES);
        return SafetensorsHeader.parse(file, header.array(), Long.BYTES + headerLength, rest - headerLength);
    }

    public Path file() {
        return file;
    }

    /** All tensors by name, in the order of the header. */
    public Map<String, Entry> entries() {
        return entries;
    }

    /**
     * The values of a tensor as float32, whatever type they are stored in.
     *
     * @throws ModelException if there is no such tensor, it has a type that is not read, or it cannot be read
     */
    public Tensor tensor(String name) throws ModelException {
        Entry entry = entry(name);
        if (!entry.type().isRead()) {
            throw ModelException.in(
                    file, "tensor \"" + name + "\" of dtype F32, F16, BF16 or I64", "dtype " + entry.type());
        }
        var values = new float[size(entry)];
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at < values.length) {
            fill(entry, buffer, (long) at * entry.type().bytes());
            while (buffer.hasRemaining()) {
                values[at++] = entry.type().toFloat(buffer);
            }
        }
        return Tensor.wrap(entry.shape(), values);
    }

    /**
     * The values of an int64 tensor, in row-major order.
     *
     * @throws ModelException if there is no such tensor, it has another type, or it cannot be read
     */
    public long[] longs(String name) throws ModelException {
        Entry entry = entry(name);
        if (entry.type() != ElementType.I64) {
            throw ModelException.in(file, "tensor \"" + name + "\" of dtype I64", "dtype " + entry.type());
        }
        var values = new long[size(entry)];
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at < values.length) {
            fill(entry, buffer, (long) at * Long.BYTES);
            while (buffer.hasRemaining()) {
                values[at++] = buffer.getLong();
            }
        }
        return values;
    }

    /**
     * Streams the bytes of a tensor, as they are stored, into another file.
     *
     * @throws ModelException if they cannot be read
     * @throws IOException if they cannot be written
     */
    void transfer(Entry entry, WritableByteChannel target) throws ModelException, IOException {
        // The channel's own way does not tell which of the two files has failed.
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK, entry.length()));
        long done = 0;
        while (done < entry.length()) {
            fill(entry, buffer, done);
            done += buffer.remaining();
            while (buffer.hasRemaining()) {
                target.write(buffer);
            }
        }
    }

    private Entry entry(String name) throws ModelException {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw ModelException.in(file, "tensor \"" + name + "\"", "none of that name");
        }
        return entry;
    }

    private int size(Entry entry) throws ModelException {
        long size = entry.length() / entry.type().bytes();
        if (size > Integer.MAX_VALUE - 8) {
            throw ModelException.in(
                    file, "fewer than 2^31 values in tensor \"" + entry.name() + "\"", size + " values");
        }
        return (int) size;
    }

    private void fill(Entry entry, ByteBuffer buffer, long at) throws ModelException {
        buffer.clear().limit((int) Math.min(buffer.capacity(), entry.length() - at));
        try {
            readFully(channel, buffer, entry.offset() + at);
        } catch (IOException e) {
            throw ModelException.failed(file, "read", e);
        }
        buffer.flip();
    }

    private static void readFully(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, at);
            if (count < 0) {
                throw new EOFException("it ends too early");
            }
            at += count;
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException nothingWasWritten) {
            // A channel that was only read from has nothing to lose.
        }
    }
}
