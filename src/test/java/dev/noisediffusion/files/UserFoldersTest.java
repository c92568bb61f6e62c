package dev.noisediffusion.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserFoldersTest {
    private static UserFolders on(String system, Map<String, String> environment) {
        return new UserFolders(system, Path.of("/home/a"), environment);
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, .config/noisediffusion, .local/share/noisediffusion, .local/state/noisediffusion,"
                + " .local/state/noisediffusion, .cache/noisediffusion",
        "Mac OS X, Library/Application Support/noisediffusion, Library/Application Support/noisediffusion,"
                + " Library/Application Support/noisediffusion, Library/Logs/noisediffusion, Library/Caches/noisediffusion",
        "Windows 11, AppData/Roaming/noisediffusion, AppData/Local/noisediffusion, AppData/Local/noisediffusion,"
                + " AppData/Local/noisediffusion, AppData/Local/noisediffusion/cache"
    })
    void thePlatformSaysWhere(String system, Path config, Path data, Path state, Path logs, Path cache) {
        Path home = Path.of("/home/a");
        UserFolders folders = on(system, Map.of());
        assertEquals(home.resolve(config), folders.config());
        assertEquals(home.resolve(data), folders.data());
        assertEquals(home.resolve(state), folders.state());
        assertEquals(home.resolve(logs), folders.logs());
        assertEquals(home.resolve(cache), folders.cache());
    }

    @Test
    void theEnvironmentSaysItBetterUnlessItsPathIsRelative() {
        assertEquals(
                Path.of("/fast/noisediffusion"),
                on("Linux", Map.of("XDG_CACHE_HOME", "/fast")).cache());
        assertEquals(
                Path.of("/etc/a/noisediffusion"),
                on("Linux", Map.of("XDG_CONFIG_HOME", "/etc/a")).config());
        assertEquals(
                Path.of("/home/a/.local/state/noisediffusion"),
                on("Linux", Map.of("XDG_STATE_HOME", "not/absolute")).logs());
        assertEquals(
                Path.of("/local/noisediffusion/cache"),
                on("Windows 11", Map.of("LOCALAPPDATA", "/local")).cache());
    }
}
