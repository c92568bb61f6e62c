package dev.noisediffusion.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Models that Python programs have left in the cache folder of the hub's own library. */
public final class HubCache {
    private static final String PREFIX = "models--";

    private HubCache() {}

    /** Where the cache of the user is, by the rules of that library. */
    public static Path ofUser(Path home, Map<String, String> environment) {
        String cache = environment.getOrDefault("HF_HUB_CACHE", "");
        if (!cache.isBlank()) {
            return Path.of(cache);
        }
        String hub = environment.getOrDefault("HF_HOME", "");
        return (hub.isBlank() ? home.resolve(".cache").resolve("huggingface") : Path.of(hub)).resolve("hub");
    }

    /**
     * A model in the cache.
     *
     * @param name without its owner
     * @param folder its newest snapshot
     */
    record Snapshot(String name, Path folder) {}

    /** The newest snapshot of each model: {@code models--OWNER--NAME/snapshots/REVISION}. */
    static List<Snapshot> snapshots(Path cache) {
        var newest = new ArrayList<Snapshot>();
        for (Path model : folders(cache)) {
            String folder = model.getFileName().toString();
            if (folder.startsWith(PREFIX)) {
                String name = folder.substring(folder.lastIndexOf("--") + 2);
                folders(model.resolve("snapshots")).stream()
                        .max(Comparator.comparingLong(
                                snapshot -> snapshot.toFile().lastModified()))
                        .ifPresent(snapshot -> newest.add(new Snapshot(name, snapshot)));
            }
        }
        return newest;
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
