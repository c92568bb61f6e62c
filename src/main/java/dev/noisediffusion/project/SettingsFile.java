package dev.noisediffusion.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file of the settings. It can be lost without loss: what cannot be read is the default, what cannot be written is
 * logged.
 *
 * @param path of the file, which need not be there
 */
public record SettingsFile(Path path) {
    private static final System.Logger LOG = System.getLogger(SettingsFile.class.getName());
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** In the folder where the platform keeps the settings of the user who runs the studio. */
    public static SettingsFile ofUser() {
        return of(System.getProperty("os.name"), Path.of(System.getProperty("user.home")), System.getenv());
    }

    static SettingsFile of(String operatingSystem, Path home, Map<String, String> environment) {
        return new SettingsFile(folder(operatingSystem.toLowerCase(Locale.ROOT), home, environment)
                .resolve("noisediffusion")
                .resolve("settings.json"));
    }

    private static Path folder(String system, Path home, Map<String, String> environment) {
        if (system.startsWith("windows")) {
            String roaming = environment.getOrDefault("APPDATA", "");
            return roaming.isBlank() ? home.resolve("AppData").resolve("Roaming") : Path.of(roaming);
        }
        if (system.startsWith("mac")) {
            return home.resolve("Library").resolve("Application Support");
        }
        // The XDG specification says to ignore a relative path.
        String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
        return xdg.startsWith("/") ? Path.of(xdg) : home.resolve(".config");
    }

    /** What was saved last; the defaults where nothing was, or it is damaged or of a newer version. */
    public StudioSettings load() {
        try {
            StudioSettings settings = JSON.readValue(Files.readString(path), StudioSettings.class);
            if (settings != null && settings.version() >= 1 && settings.version() <= StudioSettings.VERSION) {
                return settings;
            }
            LOG.log(System.Logger.Level.WARNING, "Settings of an unknown version are ignored: {0}", path);
        } catch (NoSuchFileException e) {
            LOG.log(System.Logger.Level.DEBUG, "No settings yet: {0}", path);
        } catch (IOException | JacksonException e) {
            LOG.log(System.Logger.Level.WARNING, "Settings that cannot be read are ignored: " + path, e);
        }
        return StudioSettings.DEFAULT;
    }

    /** Saves the settings, whole or not at all. */
    public void save(StudioSettings settings) {
        try {
            Path folder = Files.createDirectories(path.toAbsolutePath().getParent());
            Path fresh = Files.createTempFile(folder, "settings-", ".json");
            try {
                Files.writeString(fresh, JSON.writeValueAsString(settings));
                Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException | JacksonException e) {
            LOG.log(System.Logger.Level.WARNING, "The settings could not be saved: " + path, e);
        }
    }
}
