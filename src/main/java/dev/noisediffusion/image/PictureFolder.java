package dev.noisediffusion.image;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a folder are pictures: those in it and in the folders below it whose names end as {@link ImageLoader}
 * can read, also through links. Files and folders whose names begin with a dot are none of the user's pictures; they
 * are thumbnails and leftovers of file managers.
 */
public final class PictureFolder {
    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "webp", "bmp", "gif", "tif", "tiff");

    private PictureFolder() {}

    /**
     * The pictures of a folder by their names, relative to it and with slashes, in an order that is the same on every
     * machine.
     *
     * @param skipped hears a sentence on each folder or file below that cannot be read; it is left out
     * @throws IOException if the folder itself cannot be read, or it is none
     */
    public static List<String> names(Path folder, Consumer<String> skipped) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        var names = new ArrayList<String>();
        Files.walkFileTree(
                folder,
                EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                Integer.MAX_VALUE,
                new Collector(folder, names, skipped));
        names.sort(null);
        return List.copyOf(names);
    }

    private static boolean isHidden(Path path) {
        return nameOf(path).startsWith(".");
    }

    private static boolean isPicture(Path file) {
        String name = nameOf(file);
        int dot = name.lastIndexOf('.');
        return dot > 0 && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** Hears of every file and folder, also of those that cannot be read. */
    static final class Collector extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<String> names;
        private final Consumer<String> skipped;

        Collector(Path root, List<String> names, Consumer<String> skipped) {
            this.root = root;
            this.names = names;
            this.skipped = skipped;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return isHidden(folder) && !folder.equals(root) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isHidden(file) && isPicture(file)) {
                names.add(nameBelow(file));
            }
            return FileVisitResult.CONTINUE;
        }

        /** A link that leads back to a folder above it is left out: what is there has been seen. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (!(failure instanceof FileSystemLoopException)) {
                skip(file, failure);
            }
            return FileVisitResult.CONTINUE;
        }

        /** What was found before the failure stays. */
        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                skip(folder, failure);
            }
            return FileVisitResult.CONTINUE;
        }

        private void skip(Path path, IOException failure) throws IOException {
            if (path.equals(root)) {
                throw failure;
            }
            if (!isHidden(path)) {
                skipped.accept("\"" + nameBelow(path)
                        + "\" cannot be read, so pictures may be missing: check that you may read it.");
            }
        }

        private String nameBelow(Path path) {
            return root.relativize(path).toString().replace(root.getFileSystem().getSeparator(), "/");
        }
    }
}
