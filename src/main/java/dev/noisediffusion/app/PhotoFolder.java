package dev.noisediffusion.app;

import dev.noisediffusion.image.ImageException;
import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Resampler;
import dev.noisediffusion.job.PictureRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The photographs in a folder of the user and those below it. */
final class PhotoFolder {
    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "webp", "tif", "tiff", "bmp");
    private static final int DEPTH = 8;
    private static final int MOST_SIDE = 2048;

    private PhotoFolder() {}

    /**
     * Some photographs, drawn by lot but always the same, as large as a model may want them.
     *
     * @param skipped hears a sentence on each that cannot be read; it is left out
     * @throws ImageException if the folder cannot be read
     */
    static List<Picture> load(Path folder, int limit, Consumer<String> skipped) throws ImageException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(folder, DEPTH)) {
            files = new ArrayList<>(tree.filter(PhotoFolder::isPhotograph)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList());
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new ImageException(
                    PictureRefusal.FOLDER_UNREADABLE.with(folder),
                    "The folder \"" + folder + "\" cannot be read: check its name and that you may read it.",
                    e);
        }
        Collections.shuffle(files, new Random(1));
        var loader = new ImageLoader();
        var pictures = new ArrayList<Picture>();
        for (Path file : files) {
            if (pictures.size() == limit) {
                break;
            }
            try {
                pictures.add(Resampler.fitWithin(loader.load(file), MOST_SIDE));
            } catch (ImageException e) {
                skipped.accept(String.valueOf(e.getMessage()));
            }
        }
        return List.copyOf(pictures);
    }

    private static boolean isPhotograph(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
    }
}
