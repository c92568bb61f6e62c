package dev.noisediffusion.files;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where a platform keeps what programs write for their user.
 *
 * @param system name of the operating system, as the property {@code os.name} has it
 * @param home of the user
 * @param environment its variables
 */
public record UserFolders(String system, Path home, Map<String, String> environment) {
    private static final Path STUDIO = Path.of("noisediffusion");

    /** Of the user who runs the studio. */
    public static UserFolders ofUser() {
        return new UserFolders(
                System.getProperty("os.name"), Path.of(System.getProperty("user.home")), System.getenv());
    }

    /** For settings, which follow the user to other machines. */
    public Path config() {
        return folder("APPDATA", Path.of("AppData", "Roaming"), "XDG_CONFIG_HOME", Path.of(".config"));
    }

    /** For what belongs to this machine. */
    public Path state() {
        return folder("LOCALAPPDATA", Path.of("AppData", "Local"), "XDG_STATE_HOME", Path.of(".local", "state"));
    }

    /** For what the user has gathered and would miss, too large to follow them to other machines: models. */
    public Path data() {
        return folder("LOCALAPPDATA", Path.of("AppData", "Local"), "XDG_DATA_HOME", Path.of(".local", "share"));
    }

    /** For what can be made again. */
    public Path cache() {
        if (isMac()) {
            return home.resolve("Library").resolve("Caches").resolve(STUDIO);
        }
        Path local = folder("LOCALAPPDATA", Path.of("AppData", "Local"), "XDG_CACHE_HOME", Path.of(".cache"));
        return isWindows() ? local.resolve("cache") : local;
    }

    /** For what programs say of their work. */
    public Path logs() {
        return isMac() ? home.resolve("Library").resolve("Logs").resolve(STUDIO) : state();
    }

    /**
     * One of the logs in a folder of them.
     *
     * @param number 0 for the newest; {@code %g} for any, in patterns of files that take turns
     */
    public static Path log(Path logs, String number) {
        return logs.resolve("studio." + number + ".log");
    }

    private boolean isWindows() {
        return system.toLowerCase(Locale.ROOT).startsWith("windows");
    }

    private boolean isMac() {
        return system.toLowerCase(Locale.ROOT).startsWith("mac");
    }

    private Path folder(String windowsVariable, Path windows, String xdgVariable, Path xdg) {
        if (isWindows()) {
            String value = environment.getOrDefault(windowsVariable, "");
            return (value.isBlank() ? home.resolve(windows) : Path.of(value)).resolve(STUDIO);
        }
        if (isMac()) {
            return home.resolve("Library").resolve("Application Support").resolve(STUDIO);
        }
        // The XDG specification says to ignore a relative path.
        String value = environment.getOrDefault(xdgVariable, "");
        return (value.startsWith("/") ? Path.of(value) : home.resolve(xdg)).resolve(STUDIO);
    }
}
