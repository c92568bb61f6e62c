package dev.noisediffusion.project;

import static dev.noisediffusion.project.ProjectFiles.JSON;

import dev.noisediffusion.files.AtomicFile;
import dev.noisediffusion.files.UserFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;

/**
 * The file of the settings. It can be lost without loss: what cannot be read is the default, what cannot be written is
 * logged.
 *
 * @param path of the file, which need not be there
 */
public record SettingsFile(Path path) {
    private static final System.Logger LOG = System.getLogger(SettingsFile.class.getName());

    /** In the folder of a user's settings. */
    public static SettingsFile of(UserFolders user) {
        return new SettingsFile(user.config().resolve("settings.json"));
    }

    /** What was saved last; the defaults where nothing was, or it is damaged or of a newer version. */
    public StudioSettings load() {
        return read().orElse(StudioSettings.DEFAULT);
    }

    private Optional<StudioSettings> read() {
        try {
            StudioSettings settings = JSON.readValue(Files.readString(path), StudioSettings.class);
            if (settings != null && settings.version() >= 1 && settings.version() <= StudioSettings.VERSION) {
                return Optional.of(settings);
            }
            LOG.log(System.Logger.Level.WARNING, "Settings of an unknown version are ignored: {0}", path);
        } catch (NoSuchFileException e) {
            LOG.log(System.Logger.Level.DEBUG, "No settings yet: {0}", path);
        } catch (IOException | JacksonException e) {
            LOG.log(System.Logger.Level.WARNING, "Settings that cannot be read are ignored: " + path, e);
        }
        return Optional.empty();
    }

    /**
     * Saves the settings, whole or not at all.
     *
     * @return whether they are saved
     */
    public boolean save(StudioSettings settings) {
        try {
            AtomicFile.write(path, JSON.writeValueAsString(settings).getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException | JacksonException e) {
            LOG.log(System.Logger.Level.WARNING, "The settings could not be saved: " + path, e);
            return false;
        }
    }

    /**
     * Saves the settings of one of several windows: what it does not change stays as the others have saved it before. Of two
     * that save in the same moment one may undo what the other has changed. What could not be saved is saved with the next.
     *
     * @param loaded what the window begins with
     * @return for one thread at a time
     */
    public Consumer<StudioSettings> keeper(StudioSettings loaded) {
        var last = new AtomicReference<>(loaded);
        return settings -> {
            StudioSettings before = last.get();
            if (save(read().map(theirs -> settings.over(before, theirs)).orElse(settings))) {
                last.set(settings);
            }
        };
    }
}
