package dev.noisediffusion.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsSavedComesBack() {
        var file = new SettingsFile(folder.resolve("new/settings.json"));
        var settings = new StudioSettings(
                1,
                "LIGHT",
                "CHINESE",
                "cpu",
                true,
                true,
                true,
                24,
                new StudioSettings.Place(-5, 10, 1200, 800, true),
                new StudioSettings.Panes(300, 400, 150, true),
                List.of("a.morph"),
                new StudioSettings.Export(List.of("GIF", "WEBM"), List.of("MORPH"), 2, 55, 3, "films"));
        file.save(StudioSettings.DEFAULT);
        file.save(settings);

        assertEquals(settings, file.load());
    }

    @Test
    void withoutAFileThereAreTheDefaults() {
        assertEquals(StudioSettings.DEFAULT, new SettingsFile(folder.resolve("none.json")).load());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"text\"", "{\"version\": 99}", "{\"version\": 1, \"fps\": \"x\"}"})
    void aFileThatCannotBeUnderstoodIsIgnored(String contents) throws IOException {
        Path path = Files.writeString(folder.resolve("settings.json"), contents);

        assertEquals(StudioSettings.DEFAULT, new SettingsFile(path).load());
    }

    @Test
    void whatIsMissingOrUnknownDoesNotSpoilTheRest() throws IOException {
        Path path = Files.writeString(
                folder.resolve("settings.json"), "{\"version\": 1, \"theme\": \"LIGHT\", \"fps\": 0, \"new\": []}");

        assertEquals(
                new StudioSettings(1, "LIGHT", "SYSTEM", "auto", false, false, false, 12, null, null, List.of(), null),
                new SettingsFile(path).load());
    }

    @Test
    void ofTheChoicesOfAnExportTooAnyMayBeMissing() throws IOException {
        Path path = Files.writeString(
                folder.resolve("settings.json"),
                "{\"version\": 1, \"export\": {\"formats\": [\"GIF\"], \"scale\": 2}}");

        assertEquals(
                new StudioSettings.Export(List.of("GIF"), List.of(), 2, null, null, null),
                new SettingsFile(path).load().export());
    }

    @Test
    void aFolderThatCannotBeWrittenIsNoMisfortune() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");

        new SettingsFile(file.resolve("settings.json")).save(StudioSettings.DEFAULT);
    }

    private static StudioSettings settings(String theme, String device) {
        return new StudioSettings(1, theme, "SYSTEM", device, false, false, false, 12, null, null, List.of(), null);
    }

    @Test
    void aChangeThatCouldNotBeWrittenIsWrittenWithTheNext() throws IOException {
        var file = new SettingsFile(folder.resolve("settings.json"));
        Consumer<StudioSettings> keeper = file.keeper(settings("DARK", "auto"));
        Path inTheWay = Files.createDirectories(file.path().resolve("in the way"));
        keeper.accept(settings("LIGHT", "auto"));
        Files.delete(inTheWay);
        Files.delete(file.path());
        file.save(settings("DARK", "auto"));

        keeper.accept(settings("LIGHT", "cpu"));

        assertEquals(settings("LIGHT", "cpu"), file.load());
    }
}
