package dev.noisediffusion.library;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A model that can be downloaded.
 *
 * @param id name of its folder, and what it is called on the command line
 * @param name for people
 * @param goodFor a sentence on what it is good for
 * @param licence of the weights, shown before anything is downloaded
 * @param licencePage its text
 * @param attribution who made it
 * @param page where the model is described
 * @param gated whether its owner asks for an account and consent first
 * @param bytes about how much there is to download
 * @param files all that the studio needs of it
 */
public record CatalogueEntry(
        String id,
        String name,
        String goodFor,
        String licence,
        URI licencePage,
        String attribution,
        URI page,
        boolean gated,
        long bytes,
        List<CatalogueFile> files) {
    public CatalogueEntry {
        if (Stream.of(id, name, goodFor, licence, licencePage, attribution, page, files)
                .anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("The model " + id + " lacks a field that every model has");
        }
        FileNames.requireId(id);
        files = List.copyOf(files);
        if (name.isBlank() || licence.isBlank() || bytes < 1 || files.isEmpty()) {
            throw new IllegalArgumentException("The model " + id + " lacks its name, licence, size or files");
        }
        var paths = new HashSet<String>();
        for (CatalogueFile file : files) {
            if (!paths.add(file.path().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("The model " + id + " has " + file.path() + " twice");
            }
        }
    }

    /** Whether every file has a published checksum. */
    public boolean verifiable() {
        return files.stream().allMatch(file -> file.checksum().isPresent());
    }
}
