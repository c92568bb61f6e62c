package dev.noisediffusion.library;

import dev.noisediffusion.files.AtomicFile;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the whole files of a growing model came from, and what they were then: a file with a JSON object. By their names
 * alone they could be those of another version, from another place.
 *
 * @param file need not be there
 */
record Arrivals(Path file) {
    private static final System.Logger LOG = System.getLogger(Arrivals.class.getName());
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * A file that has come as a whole.
     *
     * @param source where it came from, before redirects
     * @param sha256 its checksum then
     */
    record Arrival(String source, String sha256) {}

    /**
     * The checksum that a file had when it came from where it is to come from now.
     *
     * @return empty where it came from elsewhere, or not at all
     */
    Optional<String> checksum(CatalogueFile wanted) {
        return Optional.ofNullable(read().get(wanted.path()))
                .filter(arrival -> wanted.source().toString().equals(arrival.source()))
                .map(Arrival::sha256);
    }

    /** Notes that a file has come. */
    void add(CatalogueFile come, String sha256) throws ModelException {
        var all = new TreeMap<>(read());
        all.put(come.path(), new Arrival(come.source().toString(), sha256));
        try {
            AtomicFile.write(file, JSON.writeValueAsBytes(all));
        } catch (IOException e) {
            throw new ModelException(ModelRefusal.UNWRITABLE.with(file), file + " could not be written.", e);
        }
    }

    /** Forgets all. What cannot be deleted says nothing of files that are gone. */
    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, file + " could not be deleted", e);
        }
    }

    /** What cannot be read is fetched again. */
    private Map<String, Arrival> read() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return JSON.readValue(Files.readAllBytes(file), new TypeReference<Map<String, Arrival>>() {});
        } catch (IOException | JacksonException e) {
            LOG.log(System.Logger.Level.WARNING, "Where files have come from is not known any more", e);
            return Map.of();
        }
    }
}
