package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.project.SettingsFile;
import dev.noisediffusion.project.StudioSettings;
import dev.noisediffusion.ui.FakeWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsViewModelTest {
    private final List<StudioSettings> kept = new ArrayList<>();

    @Test
    void everyChangeIsKept() {
        var settings = new SettingsViewModel(StudioSettings.DEFAULT, kept::add);
        PlaybackViewModel playback = new FakeWorld().studio().playback();
        settings.theme().set(ThemeChoice.LIGHT);
        settings.language().set(LanguageChoice.GERMAN);
        playback.fps().set(25);
        settings.useDevice(" http://gpu:8000/net ");
        settings.useDevice("http://gpu:8000/net");
        settings.leave(new WindowPlace(1, 2, 1100, 700, false), playback);

        assertEquals(4, kept.size());
        var next = new SettingsViewModel(kept.getLast(), kept::add);
        next.restore(new FakeWorld().studio().playback());
        assertEquals(ThemeChoice.LIGHT, next.theme().get());
        assertEquals(LanguageChoice.GERMAN, next.language().get());
        assertEquals("http://gpu:8000/net", next.deviceProperty().get());
        assertEquals(new WindowPlace(1, 2, 1100, 700, false), next.window().orElseThrow());
        assertEquals(25, kept.getLast().fps());
    }

    @Test
    void explanationsAreThereAtFirstAndStayAwayOnceTheyAreSwitchedOff() {
        var settings = new SettingsViewModel(StudioSettings.DEFAULT, kept::add);
        assertTrue(settings.explanationsProperty().get());
        settings.explanationsProperty().set(false);
        assertFalse(new SettingsViewModel(kept.getLast(), kept::add)
                .explanationsProperty()
                .get());
    }

    @Test
    void workingOfflineIsRemembered() {
        var settings = new SettingsViewModel(StudioSettings.DEFAULT, kept::add);
        OfflineViewModel offline = OfflineViewModel.chosen(settings);
        assertFalse(offline.offlineProperty().get());
        offline.choose(true);
        offline.choose(true);
        assertTrue(offline.offlineProperty().get());
        assertEquals(1, kept.size());
        assertTrue(new SettingsViewModel(kept.getLast(), kept::add)
                .offlineProperty()
                .get());
        offline.choose(false);
        assertFalse(kept.getLast().offline());
    }

    @Test
    void whereTheEnvironmentHasSettledItTheSwitchIsDead() {
        var settings = new SettingsViewModel(StudioSettings.DEFAULT, kept::add);
        OfflineViewModel settled = OfflineViewModel.settled(settings, true);
        settled.choose(false);
        assertTrue(settled.isSettled() && settled.offlineProperty().get());
        assertEquals(List.of(), kept);
    }

    private static SettingsViewModel window(SettingsFile file) {
        StudioSettings loaded = file.load();
        return new SettingsViewModel(loaded, file.keeper(loaded));
    }

    @Test
    void whatOneWindowChangesTheOtherLeavesAsItIs(@TempDir Path folder) {
        var file = new SettingsFile(folder.resolve("settings.json"));
        window(file).projectUsed(folder.resolve("old.morph"));
        SettingsViewModel one = window(file);
        SettingsViewModel other = window(file);
        PlaybackViewModel playback = new FakeWorld().studio().playback();
        playback.fps().set(25);
        one.useOffline(true);
        one.projectUsed(folder.resolve("rose.morph"));
        other.useDevice("cpu");
        other.projectUsed(folder.resolve("tulip.morph"));
        one.theme().set(ThemeChoice.LIGHT);
        other.leave(new WindowPlace(1, 2, 1100, 700, false), playback);

        SettingsViewModel next = window(file);
        assertTrue(next.offlineProperty().get());
        assertEquals("cpu", next.deviceProperty().get());
        assertEquals(ThemeChoice.LIGHT, next.theme().get());
        assertEquals(25, file.load().fps());
        assertEquals(new WindowPlace(1, 2, 1100, 700, false), next.window().orElseThrow());
        assertEquals(
                List.of("tulip.morph", "rose.morph", "old.morph"),
                next.recentProjects().stream()
                        .map(project -> project.getFileName().toString())
                        .toList());
        one.useOffline(false);
        assertFalse(file.load().offline());
    }

    @Test
    void theProjectsOfBothWindowsAreRememberedBeforeOlderOnes(@TempDir Path folder) {
        var file = new SettingsFile(folder.resolve("settings.json"));
        for (int i = 0; i < StudioSettings.MOST_RECENT; i++) {
            window(file).projectUsed(Path.of(i + ".morph"));
        }
        SettingsViewModel one = window(file);
        SettingsViewModel other = window(file);
        one.projectUsed(Path.of("rose.morph"));
        other.projectUsed(Path.of("tulip.morph"));
        assertEquals(
                List.of(
                        "tulip.morph",
                        "rose.morph",
                        "9.morph",
                        "8.morph",
                        "7.morph",
                        "6.morph",
                        "5.morph",
                        "4.morph",
                        "3.morph",
                        "2.morph"),
                file.load().recentProjects());
    }

    @Test
    void aFileOfSettingsThatIsLostIsWrittenWhole(@TempDir Path folder) throws IOException {
        var file = new SettingsFile(folder.resolve("settings.json"));
        SettingsViewModel settings = window(file);
        settings.useOffline(true);
        Files.delete(file.path());
        settings.useDevice("cpu");
        assertTrue(file.load().offline());
        assertEquals("cpu", file.load().device());
    }

    @Test
    void namesOfAnotherVersionAreTheDefaults() {
        var settings = new SettingsViewModel(
                new StudioSettings(1, "SEPIA", "LATIN", "auto", false, false, false, 12, null, null, List.of(), null),
                kept::add);

        assertEquals(ThemeChoice.SYSTEM, settings.theme().get());
        assertEquals(LanguageChoice.SYSTEM, settings.language().get());
        assertTrue(settings.window().isEmpty());
        settings.useDevice(" ");
        assertEquals("auto", settings.deviceProperty().get());
    }

    @ParameterizedTest
    @CsvSource({
        "1920, 1080, 240, 90, 1440, 900",
        "1440, 900, 0, 0, 1440, 900",
        "1280, 680, 0, 0, 1280, 680",
        "1536, 824, 48, 0, 1440, 824"
    })
    void theFirstWindowStandsInTheMiddleOfTheScreenAndFitsIt(
            double width, double height, double atX, double atY, double atW, double atH) {
        var screen = new WindowPlace(0, 0, width, height, false);

        assertEquals(
                new WindowPlace(atX, atY, atW, atH, false),
                WindowPlace.centred(1440, 900, screen).within(List.of(screen), 1024, 640));
    }

    @ParameterizedTest
    @CsvSource({
        "100, 100, 1200, 800, 100, 100, 1200, 800",
        "-900, -50, 1200, 800, 0, 0, 1200, 800",
        "1800, 900, 1200, 800, 1920, 224, 1200, 800",
        "0, 0, 9000, 9000, 0, 0, 1920, 1080",
        "0, 0, 10, 10, 0, 0, 1024, 640",
        "2000, 100, 1100, 700, 2000, 100, 1100, 700",
        "9000, 9000, 1100, 700, 820, 380, 1100, 700"
    })
    void aWindowIsBroughtOntoTheScreens(
            double x, double y, double w, double h, double atX, double atY, double atW, double atH) {
        var screens = List.of(new WindowPlace(0, 0, 1920, 1080, false), new WindowPlace(1920, 0, 1280, 1024, false));

        assertEquals(
                new WindowPlace(atX, atY, atW, atH, true),
                new WindowPlace(x, y, w, h, true).within(screens, 1024, 640));
    }
}
