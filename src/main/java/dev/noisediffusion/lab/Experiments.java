package dev.noisediffusion.lab;

import dev.noisediffusion.job.LabRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The experiments that come with the studio.
 *
 * @param folder with a file for each
 */
public record Experiments(Path folder) {
    private static final String SUFFIX = ".json";

    /** Their names, in order. */
    public List<String> names() throws LabException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new LabException(
                    LabRefusal.EXPERIMENTS_UNREADABLE.with(folder),
                    "The experiments in " + folder + " cannot be read; install the studio again.",
                    e);
        }
    }

    /**
     * All of them, in the order of their names.
     *
     * @throws LabException if one cannot be read
     */
    public List<Experiment> all() throws LabException {
        var all = new ArrayList<Experiment>();
        for (String name : names()) {
            all.add(Experiment.read(own(name)));
        }
        return List.copyOf(all);
    }

    /**
     * The file of an experiment.
     *
     * @param name of one of these, or the path of a file
     * @throws LabException if it is neither
     */
    public Path file(String name) throws LabException {
        Path own = own(name);
        Path given = Path.of(name);
        if (Files.isRegularFile(given) || name.endsWith(SUFFIX) || !name.equals(String.valueOf(given.getFileName()))) {
            return given;
        }
        if (!Files.isRegularFile(own)) {
            throw new LabException("There is no experiment \"" + name + "\"; there are " + String.join(", ", names())
                    + ", or give a file of your own.");
        }
        return own;
    }

    private Path own(String name) {
        return folder.resolve(name + SUFFIX);
    }
}
