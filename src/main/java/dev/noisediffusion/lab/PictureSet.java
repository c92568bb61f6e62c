package dev.noisediffusion.lab;

import dev.noisediffusion.files.Sha256;
import dev.noisediffusion.image.ImageException;
import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.PictureFolder;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.LabRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Pictures of a folder by their names, in an order that is the same on every machine.
 *
 * @param folder where they lie
 * @param names relative to it, with slashes
 */
public record PictureSet(Path folder, List<String> names) {
    private static final System.Logger LOG = System.getLogger(PictureSet.class.getName());

    public PictureSet {
        names = List.copyOf(names);
    }

    /** No pictures, for experiments on those that the model makes. */
    public static PictureSet none() {
        return new PictureSet(Path.of(""), List.of());
    }

    /**
     * All pictures in a folder and the folders in it, by name, without the contact sheets that lie beside results; of copies
     * the first, or one photograph would be paired with itself and count as two.
     *
     * @throws LabException if there are none or the folder cannot be read
     * @throws java.util.concurrent.CancellationException soon after the current token was cancelled
     */
    public static PictureSet below(Path folder) throws LabException {
        return below(folder, skipped -> LOG.log(System.Logger.Level.INFO, skipped));
    }

    /**
     * The same for someone who listens.
     *
     * @param skipped hears a sentence on each copy, and each folder below that cannot be read; they are left out
     */
    public static PictureSet below(Path folder, Consumer<String> skipped) throws LabException {
        try {
            List<String> names = withoutCopies(
                    folder,
                    PictureFolder.names(folder, skipped).stream()
                            .filter(name -> !LabReport.isSheet(folder.resolve(name)))
                            .toList(),
                    skipped);
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

    /** Reads only files of the same size. */
    private static List<String> withoutCopies(Path folder, List<String> names, Consumer<String> skipped) {
        var sizes = new HashMap<Long, Integer>();
        names.forEach(name -> sizes.merge(sizeOf(folder, name), 1, Integer::sum));
        var known = new HashMap<String, String>();
        var kept = new ArrayList<String>();
        CancellationToken cancellation = CancellationToken.current();
        for (String name : names) {
            cancellation.throwIfCancelled();
            boolean alone = sizes.getOrDefault(sizeOf(folder, name), 0) == 1;
            String first = alone ? name : known.computeIfAbsent(hashOf(folder, name), fresh -> name);
            if (first.equals(name)) {
                kept.add(name);
            } else {
                skipped.accept("\"" + name + "\" is left out: it is a copy of \"" + first + "\".");
            }
        }
        return kept;
    }

    private static long sizeOf(Path folder, String name) {
        return folder.resolve(name).toFile().length();
    }

    /** One that cannot be read is no copy; the reason of the refusal comes when it is used. */
    private static String hashOf(Path folder, String name) {
        try {
            return sha256(folder.resolve(name));
        } catch (IOException e) {
            return name;
        }
    }

    private static String sha256(Path file) throws IOException {
        CancellationToken cancellation = CancellationToken.current();
        return Sha256.ofFile(file, count -> cancellation.throwIfCancelled());
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
            return new Header.NamedPicture(index, names.get(index), sha256(file));
        } catch (IOException e) {
            throw new LabException(
                    LabRefusal.PICTURE_UNREADABLE.with(file),
                    "The picture " + file + " cannot be read; it may have been moved or deleted.",
                    e);
        }
    }
}
