package dev.noisediffusion.library;

import dev.noisediffusion.job.FullDisk;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What has arrived of a file, {@code x.part}, and beside it the mark by which its server recognises the version that it
 * is a part of, {@code x.part.version}. Without the mark nothing can be resumed.
 */
final class PartFile {
    /** An entity tag in its quotation marks, or a date. */
    private static final Pattern MARK = Pattern.compile("\"[ !#-~]*\"|[ !#-~]+");

    private final Path part;
    private final Path version;
    private final Path whole;

    PartFile(Path whole) {
        this.whole = whole;
        part = whole.resolveSibling(whole.getFileName() + ".part");
        version = whole.resolveSibling(whole.getFileName() + ".part.version");
    }

    Path path() {
        return part;
    }

    long length() throws ModelException {
        try {
            return Files.exists(part) ? Files.size(part) : 0;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The mark to resume by; empty where there is nothing to resume, or the mark is spoilt. */
    Optional<String> version() throws ModelException {
        if (length() == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(version).strip())
                    .filter(mark -> MARK.matcher(mark).matches());
        } catch (IOException noneThatCanBeRead) {
            return Optional.empty();
        }
    }

    /** Begins anew. */
    void restart(Optional<String> mark) throws ModelException {
        try {
            Files.createDirectories(part.getParent());
            Files.deleteIfExists(part);
            Files.deleteIfExists(version);
            if (mark.isPresent()) {
                Files.writeString(version, mark.get(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Writes once at the end. */
    void append(byte[] bytes, int count) throws ModelException {
        try (Tail tail = tail()) {
            tail.append(bytes, count);
        }
    }

    /** Opens the end for writing. */
    Tail tail() throws ModelException {
        try {
            return new Tail(FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The end of what has arrived, open until it is closed. */
    final class Tail implements AutoCloseable {
        private final FileChannel channel;

        private Tail(FileChannel channel) {
            this.channel = channel;
        }

        void append(byte[] bytes, int count) throws ModelException {
            try {
                var buffer = ByteBuffer.wrap(bytes, 0, count);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (IOException e) {
                throw failed(e);
            }
        }

        @Override
        public void close() throws ModelException {
            try {
                channel.close();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    /** Gives the file its name. */
    void finish() throws ModelException {
        try {
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(version);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private ModelException failed(IOException cause) {
        boolean full = FullDisk.caused(cause, part);
        return new ModelException(
                (full ? ModelRefusal.DISK_FULL : ModelRefusal.UNWRITABLE).with(part),
                part
                        + (full
                                ? " could not be written: the disk is full. Free some space and go on; what has arrived is kept."
                                : " could not be written or read."),
                cause);
    }
}
