package dev.noisediffusion.lab;

import dev.noisediffusion.files.Sha256;
import dev.noisediffusion.image.ImageException;
import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.PictureFolder;
import dev.noisediffusion.job.LabRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

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
     * All pictures in a folder and the folders in it, by name, without the contact sheets that lie beside results.
     *
     * @throws LabException if there are none or the folder cannot be read
     */
    public static PictureSet below(Path folder) throws LabException {
        try {
            List<String> names = PictureFolder.names(folder).stream()
                    .filter(name -> !LabReport.isSheet(folder.resolve(name)))
                    .toList();
            if (names.isEmpty()) {
                throw new LabException(
                        LabRefusal.NO_PICTURES.with(folder),
                        "There are no pictures in " + folder
                                + " that can be read here: give another folder, or save HEIC"
                                + " and AVIF pictures as JPEG first.",
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

    /**
     * What tells it from others, also from itself after a picture was edited. Reads no picture: blocks for as long as it takes to
     * list them.
     */
    public String identity() {
        return folder
                + names.stream()
                        .map(name -> "\n" + name + " " + stamp(folder.resolve(name)))
                        .collect(Collectors.joining());
    }

    /** Size and time of a file; the reason of the refusal comes when it is read. */
    private static String stamp(Path file) {
        try {
            return Files.size(file) + " " + Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return "unreadable";
        }
    }

    /** A picture by name and content. */
    Header.NamedPicture named(int index) throws LabException {
        Path file = folder.resolve(names.get(index));
        try {
            byte[] hash = Sha256.digest().digest(Files.readAllBytes(file));
            return new Header.NamedPicture(index, names.get(index), Sha256.hex(hash));
        } catch (IOException e) {
            throw new LabException(
                    LabRefusal.PICTURE_UNREADABLE.with(file),
                    "The picture " + file + " cannot be read; it may have been moved or deleted.",
                    e);
        }
    }
}
