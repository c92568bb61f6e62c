package dev.noisediffusion.files;

import dev.noisediffusion.job.CancellationToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What is done to whole folders. */
public final class Folders {
    private static final Set<FileVisitOption> THROUGH_LINKS = EnumSet.of(FileVisitOption.FOLLOW_LINKS);
    private static final int MAX_DEPTH = 12;
    private static final int BUFFER = 1 << 20;

    private Folders() {}

    /** Deletes one file, or one folder that is empty. */
    @FunctionalInterface
    interface Remover {
        /** Deletes it, if it is there. */
        void remove(Path path) throws IOException;
    }

    /**
     * Deletes a folder if it is there; what its links point to stays.
     *
     * @throws IOException if something in it cannot be deleted, after all the rest is
     */
    public static void delete(Path folder) throws IOException {
        delete(folder, Files::deleteIfExists);
    }

    /** The same by other means than those of the file system. */
    static void delete(Path folder, Remover remover) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        var deletion = new Deletion(remover);
        Files.walkFileTree(folder, deletion);
        deletion.throwFirst();
    }

    /** Goes on past what cannot be deleted. */
    static final class Deletion extends SimpleFileVisitor<Path> {
        private final Remover remover;
        private @Nullable IOException first;

        Deletion(Remover remover) {
            this.remover = remover;
        }

        /**
         * A junction of Windows counts as a folder and as something else, but not as a link (JDK-8364277). So does a folder that
         * a cloud keeps in step, and that one holds what is in it: only of a junction Windows never says that it is not empty.
         */
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (!attributes.isOther()) {
                return FileVisitResult.CONTINUE;
            }
            try {
                remover.remove(folder);
            } catch (DirectoryNotEmptyException noJunction) {
                return FileVisitResult.CONTINUE;
            } catch (IOException e) {
                failed(e);
            }
            return FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return remove(file);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException error) {
            return failed(error);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path left, @Nullable IOException error) {
            return error == null ? remove(left) : failed(error);
        }

        private FileVisitResult remove(Path path) {
            try {
                remover.remove(path);
                return FileVisitResult.CONTINUE;
            } catch (IOException e) {
                return failed(e);
            }
        }

        private FileVisitResult failed(IOException error) {
            if (first == null) {
                first = error;
            } else {
                first.addSuppressed(error);
            }
            return FileVisitResult.CONTINUE;
        }

        void throwFirst() throws IOException {
            if (first != null) {
                throw first;
            }
        }
    }

    /** Bytes of all files; what cannot be read counts nothing. */
    public static long bytes(Path folder) {
        return bytes(folder, false);
    }

    /** Bytes that {@link #copy} would copy. */
    public static long bytesToCopy(Path folder) {
        return bytes(folder, true);
    }

    private static long bytes(Path root, boolean withoutHidden) {
        var sum = new long[1];
        try {
            Files.walkFileTree(root, THROUGH_LINKS, MAX_DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return withoutHidden && !folder.equals(root) && isHidden(folder)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!withoutHidden || !isHidden(file)) {
                        sum[0] += attributes.size();
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException error) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return sum[0];
        }
        return sum[0];
    }

    /**
     * Copies a folder, hidden files left out and links followed, so that the copy stands by itself.
     *
     * @param onCopied hears bytes as they are copied
     */
    public static void copy(Path from, Path to, LongConsumer onCopied, CancellationToken cancellation)
            throws IOException {
        Files.walkFileTree(from, THROUGH_LINKS, MAX_DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!folder.equals(from) && isHidden(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                cancellation.throwIfCancelled();
                if (attributes.isRegularFile() && !isHidden(file)) {
                    copyFile(file, to.resolve(from.relativize(file).toString()), onCopied, cancellation);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void copyFile(Path from, Path to, LongConsumer onCopied, CancellationToken cancellation)
            throws IOException {
        var buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                cancellation.throwIfCancelled();
                out.write(buffer, 0, read);
                onCopied.accept(read);
            }
        }
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}
