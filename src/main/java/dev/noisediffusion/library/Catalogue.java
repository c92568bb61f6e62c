package dev.noisediffusion.library;

import dev.noisediffusion.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The models that can be downloaded: a versioned JSON document, see docs/models.md.
 *
 * @param version of the document, now {@value #VERSION}
 * @param models in the order in which they are shown
 */
public record Catalogue(int version, List<CatalogueEntry> models) {
    static final int VERSION = 1;

    private static final String RESOURCE = "catalogue.json";
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** A document may lack its list. */
    public Catalogue(int version, @Nullable List<CatalogueEntry> models) {
        if (models == null) {
            throw new IllegalArgumentException("It has no models");
        }
        this.version = version;
        this.models = List.copyOf(models);
        var ids = new HashSet<String>();
        for (CatalogueEntry entry : models) {
            if (!ids.add(entry.id())) {
                throw new IllegalArgumentException("The catalogue has " + entry.id() + " twice");
            }
        }
    }

    /** The studio's own. */
    public static Catalogue ofStudio() {
        try (InputStream in = Catalogue.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The catalogue is missing from the program");
            }
            return JSON.readValue(in, Catalogue.class);
        } catch (IOException e) {
            throw new IllegalStateException("The catalogue cannot be read from the program", e);
        }
    }

    /**
     * One that someone else keeps.
     *
     * @throws ModelException with a sentence, if it cannot be read
     */
    public static Catalogue read(Path file) throws ModelException {
        try {
            Catalogue catalogue = JSON.readValue(Files.readAllBytes(file), Catalogue.class);
            if (catalogue == null || catalogue.version() != VERSION) {
                throw ModelException.in(
                        file,
                        "a catalogue of version " + VERSION,
                        catalogue == null ? "nothing" : "version " + catalogue.version());
            }
            return catalogue;
        } catch (IOException e) {
            throw new ModelException("The catalogue " + file + " could not be read.", e);
        } catch (JacksonException e) {
            Throwable cause = e.getCause();
            String reason = cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage();
            throw new ModelException("The catalogue " + file + " is unsound: " + reason + ".", e);
        }
    }

    /** The entry with an id. */
    public Optional<CatalogueEntry> find(String id) {
        return models.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }
}
