package dev.noisediffusion.export;

import dev.noisediffusion.image.Picture;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * Frames of one size in a raw file (24-bit RGB, one after the other), so that memory does not grow with their number.
 * They can be read in any order. Safe for use from several threads.
 */
final class FrameSpool implements AutoCloseable {
    private final Path path;
    private final RandomAccessFile file;
    private int width;
    private int height;
    private int count;

    private FrameSpool(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /** An empty spool in a new file; the caller removes the file after closing. */
    static FrameSpool create(Path path) throws IOException {
        return new FrameSpool(path, new RandomAccessFile(path.toFile(), "rw"));
    }

    /**
     * Stores the next frame.
     *
     * @throws IllegalArgumentException if its size is not that of the first one stored
     */
    synchronized void write(Picture frame) throws IOException {
        if (width == 0) {
            width = frame.width();
            height = frame.height();
        }
        if (frame.width() != width || frame.height() != height) {
            throw new IllegalArgumentException("Expected a frame of " + width + "x" + height + " pixels, found "
                    + frame.width() + "x" + frame.height());
        }
        var bytes = new byte[frameBytes()];
        frame.rgb().get(bytes);
        file.seek((long) count * bytes.length);
        file.write(bytes);
        count++;
    }

    /** A frame that was stored. */
    synchronized Picture read(int index) throws IOException {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("Expected a frame below " + count + ", found " + index);
        }
        var bytes = new byte[frameBytes()];
        file.seek((long) index * bytes.length);
        file.readFully(bytes);
        return Picture.wrap(width, height, bytes);
    }

    /** Of the frames stored. */
    synchronized int count() {
        return count;
    }

    /** Of every frame, in pixels; 0 before the first. */
    synchronized int width() {
        return width;
    }

    /** Of every frame, in pixels; 0 before the first. */
    synchronized int height() {
        return height;
    }

    Path path() {
        return path;
    }

    private int frameBytes() {
        return Math.multiplyExact(3, Math.multiplyExact(width, height));
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
