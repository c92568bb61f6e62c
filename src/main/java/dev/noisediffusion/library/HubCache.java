package dev.noisediffusion.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Models that Python programs have left in the cache folder of the hub's own library. */
public final class HubCache {
    private static final System.Logger LOG = System.getLogger(HubCache.class.getName());
    private static final String PREFIX = "models--";

    private HubCache() {}

    /** Where the cache of the user is, by the rules of that library. */
    public static Path ofUser(Path home, Map<String, String> environment) {
        var places = new Places(home, environment);
        Path caches = places.of("XDG_CACHE_HOME", home.resolve(".cache"));
        Path hub = places.of("HF_HOME", caches.resolve("huggingface")).resolve("hub");
        return places.of("HF_HUB_CACHE", places.of("HUGGINGFACE_HUB_CACHE", hub));
    }

    /** Folders that variables name. */
    private record Places(Path home, Map<String, String> environment) {
        private static final Path HOME = Path.of("~");

        /** @param otherwise where the variable is not set, or names what can be no folder here */
        Path of(String name, Path otherwise) {
            String said = environment.getOrDefault(name, "");
            if (said.isBlank()) {
                return otherwise;
            }
            try {
                Path place = Path.of(said);
                // A shell leaves it as it is within quotation marks; that library does not.
                return place.startsWith(HOME) ? home.resolve(HOME.relativize(place)) : place;
            } catch (InvalidPathException e) {
                LOG.log(System.Logger.Level.WARNING, name + " is not used: it names no folder", e);
                return otherwise;
            }
        }
    }

    /**
     * A model in the cache.
     *
     * @param name without its owner
     * @param snapshots its versions, {@code models--OWNER--NAME/snapshots/REVISION}, the newest first; of each there may be a
     *     few files only
     */
    record Cached(String name, List<Path> snapshots) {}

    /** All models in a cache. */
    static List<Cached> models(Path cache) {
        var models = new ArrayList<Cached>();
        for (Path model : folders(cache)) {
            String folder = model.getFileName().toString();
            if (folder.startsWith(PREFIX)) {
                String name = folder.substring(folder.lastIndexOf("--") + 2);
                models.add(new Cached(
                        name,
                        folders(model.resolve("snapshots")).stream()
                                .sorted(Comparator.comparingLong((Path snapshot) ->
                                                snapshot.toFile().lastModified())
                                        .reversed())
                                .toList()));
            }
        }
        return models;
    }

    private static List<Path> folders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
