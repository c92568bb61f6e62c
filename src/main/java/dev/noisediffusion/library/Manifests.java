package dev.noisediffusion.library;

import dev.noisediffusion.files.AtomicFile;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes what the catalogue knows into a model's folder, so that it stays with the model wherever it goes. */
final class Manifests {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Manifests() {}

    /** @param checksums of the files as they have come, by path */
    static void write(CatalogueEntry entry, Map<String, String> checksums, Path file) throws ModelException {
        var manifest = new LinkedHashMap<String, Object>();
        manifest.put("name", entry.name());
        manifest.put("description", entry.goodFor());
        manifest.put("licence", entry.licence());
        manifest.put("attribution", entry.attribution());
        manifest.put("sha256", checksums);
        try {
            AtomicFile.write(file, JSON.writeValueAsBytes(manifest));
        } catch (IOException e) {
            throw new ModelException(ModelRefusal.UNWRITABLE.with(file), file + " could not be written.", e);
        }
    }
}
