package dev.noisediffusion.app;

import dev.noisediffusion.project.StudioSettings;
import dev.noisediffusion.ui.fx.FxJobRunner;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Keeps settings in the order in which they come, on a thread of its own: a slow disk does not hold the window up. */
final class SettingsKeeper implements Consumer<StudioSettings>, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Consumer<StudioSettings> store;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("studio-settings").daemon().factory());

    /** @param store writes settings to the disk */
    SettingsKeeper(Consumer<StudioSettings> store) {
        this.store = store;
    }

    /** Returns at once. */
    @Override
    public void accept(StudioSettings settings) {
        if (!thread.isShutdown()) {
            thread.execute(() -> store.accept(settings));
        }
    }

    /** Waits until all settings are kept, though not for ever: a disk that is gone may never answer. */
    @Override
    public void close() {
        thread.shutdown();
        FxJobRunner.awaitEnd(thread, PATIENCE);
    }
}
