package dev.noisediffusion.library;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of a model that can be downloaded.
 *
 * @param path within the model's folder, with {@code /}
 * @param source where it comes from
 * @param bytes its exact length; absent where it is not known
 * @param sha256 its published checksum in hexadecimal; absent where none is known, and the file is then not verified
 */
public record CatalogueFile(
        String path,
        URI source,
        @Nullable Long bytes,
        @Nullable String sha256) {
    public CatalogueFile {
        if (Objects.isNull(path) || Objects.isNull(source)) {
            throw new IllegalArgumentException("A file lacks its path or its source");
        }
        FileNames.requireInside(path);
        String scheme = String.valueOf(source.getScheme()).toLowerCase(Locale.ROOT);
        if ((!scheme.equals("https") && !scheme.equals("http")) || source.getHost() == null) {
            throw new IllegalArgumentException("The source of " + path + " is not an address on the web");
        }
        if (bytes != null && bytes < 0) {
            throw new IllegalArgumentException("The length of " + path + " is negative");
        }
        if (sha256 != null) {
            sha256 = sha256.toLowerCase(Locale.ROOT);
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("The checksum of " + path + " is not a SHA-256 in hexadecimal");
            }
        }
    }

    /** The host it comes from, before redirects. */
    public String host() {
        return source.getHost();
    }

    /** The checksum, where one is published. */
    public Optional<String> checksum() {
        return Optional.ofNullable(sha256);
    }
}
