package dev.noisediffusion.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Writes files whole or not at all: whenever the power goes, there is the file before or the file after. What is written to a
 * symbolic link goes into the file that it points to, and the link stays; one that points to none cannot be written to.
 */
public final class AtomicFile {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

    private AtomicFile() {}

    /** What a file is to hold, where that is not made in memory first. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it to a stream, which stays open. */
        void writeTo(OutputStream stream) throws IOException;
    }

    /**
     * Replaces a file, or makes it with the folders it lies in.
     *
     * @throws IOException if it cannot be written; the file is then as it was
     */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, stream -> stream.write(content));
    }

    /**
     * Does the same with what is made as it is written.
     *
     * @throws IOException if it cannot be written; the file is then as it was, also where the content throws something else
     */
    public static void write(Path file, Content content) throws IOException {
        replace(file, content, false);
    }

    /**
     * Does the same with a file that is the user's alone from its first byte on, where the file system knows of owners.
     *
     * @throws IOException if it cannot be written; the file is then as it was
     */
    public static void writePrivate(Path file, byte[] content) throws IOException {
        replace(file, stream -> stream.write(content), true);
    }

    private static void replace(Path file, Content content, boolean alone) throws IOException {
        Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
        Path parent = target.getParent();
        if (parent == null) {
            throw new IOException(file + " is a root, or leads to one");
        }
        Path folder = Files.createDirectories(parent);
        // Without the name of the file, which may be as long as the file system takes.
        Path fresh = folder.resolve("." + UUID.randomUUID() + ".part");
        try {
            try (var channel = FileChannel.open(fresh, NEW, alone ? ownersOnly(folder) : NO_ATTRIBUTES)) {
                content.writeTo(Channels.newOutputStream(channel));
                channel.force(true);
            }
            if (!alone) {
                sharedLike(target, fresh);
            }
            Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static FileAttribute<?>[] ownersOnly(Path folder) {
        return knowsPermissions(folder)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : NO_ATTRIBUTES;
    }

    /** Who may read and write the file before may do so still; on shares where nothing can be changed it is so by itself. */
    private static void sharedLike(Path before, Path fresh) throws IOException {
        if (Files.exists(before) && knowsPermissions(before)) {
            Set<PosixFilePermission> wanted = Files.getPosixFilePermissions(before);
            if (!wanted.equals(Files.getPosixFilePermissions(fresh))) {
                Files.setPosixFilePermissions(fresh, wanted);
            }
        }
    }

    /** Asked of the path: the store that it lies in has no name where its mount point cannot be seen, as in a chroot. */
    private static boolean knowsPermissions(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
    }
}
