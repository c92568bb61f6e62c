package dev.noisediffusion.model;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where the platform keeps what can be made again. */
final class CacheFolders {
    private static final String NAME = "noisediffusion";

    private CacheFolders() {}

    /** The studio's folder in the cache folder of the user who runs it. */
    static Path ofUser() {
        return of(System.getProperty("os.name"), Path.of(System.getProperty("user.home")), System.getenv());
    }

    static Path of(String operatingSystem, Path home, Map<String, String> environment) {
        String system = operatingSystem.toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            Path base = local.isBlank() ? home.resolve("AppData").resolve("Local") : Path.of(local);
            return base.resolve(NAME).resolve("cache");
        }
        if (system.startsWith("mac")) {
            return home.resolve("Library").resolve("Caches").resolve(NAME);
        }
        // The XDG specification says to ignore a relative path.
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (xdg.startsWith("/") ? Path.of(xdg) : home.resolve(".cache")).resolve(NAME);
    }
}
