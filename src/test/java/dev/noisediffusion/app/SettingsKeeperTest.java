package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noisediffusion.Latches;
import dev.noisediffusion.project.StudioSettings;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.ThemeChoice;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SettingsKeeperTest {
    private final CountDownLatch disk = new CountDownLatch(1);
    private final List<String> kept = new CopyOnWriteArrayList<>();

    private void slowly(StudioSettings settings) {
        Latches.await(disk);
        kept.add(settings.theme());
    }

    @Test
    void aSlowDiskHoldsNoChangeUpAndTheEndWaitsForTheLast() {
        var keeper = new SettingsKeeper(this::slowly);
        var settings = new SettingsViewModel(StudioSettings.DEFAULT, keeper);
        settings.theme().set(ThemeChoice.LIGHT);
        settings.theme().set(ThemeChoice.DARK);
        assertEquals(List.of(), kept);
        disk.countDown();
        keeper.close();
        assertEquals(List.of("LIGHT", "DARK"), kept);
    }
}
