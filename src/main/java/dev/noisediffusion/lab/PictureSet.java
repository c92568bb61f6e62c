package dev.noisediffusion.lab;

import dev.noisediffusion.image.ImageException;
import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.PictureFolder;
import dev.noisediffusion.job.LabRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Pictures of a folder by their names, in an order that is the same on every machine.
 *
 * @param folder where they lie
 * @param names relative to it, with slashes
 */
public record PictureSet(Path folder, List<String> names) {
    public PictureSet {
        names = List.copyOf(names);
    }

    /** No pictures, for experiments on those that the model makes. */
    public static PictureSet none() {
        return new PictureSet(Path.of(""), List.of());
    }

    /**
     * All pictures in a folder and the folders in it, by name.
     *
     * @throws LabException if there are none or the folder cannot be read
     */
    public static PictureSet below(Path folder) throws LabException {
        try {
            List<String> names = PictureFolder.names(folder);
            if (names.isEmpty()) {
                throw new LabException(
                        LabRefusal.NO_PICTURES.with(folder),
                        "There are no pictures in " + folder + "; give another folder.",
                        null);
            }
            return new PictureSet(folder, names);
        } catch (LabException e) {
            throw e;
        } catch (IOException e) {
            throw new LabException(
                    LabRefusal.UNREADABLE.with(folder),
                    "The folder " + folder + " cannot be read; is the path right?",
                    e);
        }
    }

    public int size() {
        return names.size();
    }

    Picture load(int index) throws ImageException {
        return new ImageLoader().load(folder.resolve(names.get(index)));
    }

    /** A picture by name and content. */
    Header.NamedPicture named(int index) throws LabException {
        Path file = folder.resolve(names.get(index));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return new Header.NamedPicture(
                    index, names.get(index), HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new LabException(
                    LabRefusal.PICTURE_UNREADABLE.with(file),
                    "The picture " + file + " cannot be read; it may have been moved or deleted.",
                    e);
        }
    }
}
