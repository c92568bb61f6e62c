package dev.noisediffusion.ui.viewmodel;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/** Whether models are downloaded: chosen in the window and remembered, or settled from outside. */
public final class OfflineViewModel {
    private final SettingsViewModel settings;
    private final boolean settled;
    private final ReadOnlyBooleanWrapper offline = new ReadOnlyBooleanWrapper();

    private OfflineViewModel(SettingsViewModel settings, boolean settled, boolean offline) {
        this.settings = settings;
        this.settled = settled;
        this.offline.set(offline);
    }

    /** As the settings say. */
    public static OfflineViewModel chosen(SettingsViewModel settings) {
        var chosen = new OfflineViewModel(settings, false, false);
        chosen.offline.bind(settings.offlineProperty());
        return chosen;
    }

    /** As the environment of the studio says, whatever the settings are. */
    public static OfflineViewModel settled(SettingsViewModel settings, boolean offline) {
        return new OfflineViewModel(settings, true, offline);
    }

    public ReadOnlyBooleanProperty offlineProperty() {
        return offline.getReadOnlyProperty();
    }

    /** Whether the environment says so, and not the user of the window. */
    public boolean isSettled() {
        return settled;
    }

    /** Goes offline or online, where that is not settled. */
    public void choose(boolean wanted) {
        if (!settled) {
            settings.useOffline(wanted);
        }
    }
}
