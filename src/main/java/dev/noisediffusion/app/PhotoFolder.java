package dev.noisediffusion.app;

import dev.noisediffusion.image.Crop;
import dev.noisediffusion.image.ImageException;
import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.PictureFolder;
import dev.noisediffusion.image.Resampler;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.PictureRefusal;
import dev.noisediffusion.lab.LabReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** The photographs in a folder of the user and those below it, without the contact sheets that lie beside results of the lab. */
final class PhotoFolder {
    private PhotoFolder() {}

    /**
     * Some photographs, drawn by lot but always the same; of copies one. Of each only the middle is kept, in the size of a
     * model: a hundred whole ones would take a gigabyte.
     *
     * @param width of the model, in pixels
     * @param height of the model, in pixels
     * @param skipped hears a sentence on each, and each folder below, that cannot be read; it is left out
     * @throws ImageException if the folder cannot be read
     * @throws java.util.concurrent.CancellationException within one photograph after the token was cancelled
     */
    static List<Picture> load(
            Path folder, int width, int height, int limit, Consumer<String> skipped, CancellationToken cancellation)
            throws ImageException {
        List<String> names;
        try {
            names = new ArrayList<>(PictureFolder.names(folder, skipped));
            names.removeIf(name -> LabReport.isSheet(folder.resolve(name)));
        } catch (IOException e) {
            throw new ImageException(
                    PictureRefusal.FOLDER_UNREADABLE.with(folder),
                    "The folder \"" + folder + "\" cannot be read: check its name and that you may read it.",
                    e);
        }
        Collections.shuffle(names, new Random(1));
        var loader = new ImageLoader();
        var pictures = new LinkedHashSet<Picture>();
        for (String name : names) {
            if (pictures.size() == limit) {
                break;
            }
            cancellation.throwIfCancelled();
            try {
                pictures.add(Resampler.crop(loader.load(folder.resolve(name)), Crop.CENTER, width, height));
            } catch (ImageException e) {
                skipped.accept(String.valueOf(e.getMessage()));
            }
        }
        return List.copyOf(pictures);
    }
}
