package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.project.StudioSettings;
import dev.noisediffusion.ui.FakeWorld;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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
