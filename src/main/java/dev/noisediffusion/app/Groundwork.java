package dev.noisediffusion.app;

import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.library.Catalogue;
import dev.noisediffusion.library.Downloader;
import dev.noisediffusion.project.SettingsFile;
import dev.noisediffusion.project.StudioSettings;
import dev.noisediffusion.ui.viewmodel.LibraryServices;
import dev.noisediffusion.ui.viewmodel.OfflineViewModel;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the window stands on and no toolkit is needed for. It is read from the disk while the toolkit starts on its own
 * thread.
 *
 * @param settings as they were left
 * @param keeper of the settings, to be closed
 * @param texts in the language of the settings
 * @param library of the user's models
 * @param downloads into it, to be closed
 */
record Groundwork(
        UserFolders user,
        SettingsViewModel settings,
        SettingsKeeper keeper,
        Texts texts,
        LibraryServices library,
        Downloader downloads) {
    static Groundwork lay(Installation installation) {
        UserFolders user = UserFolders.ofUser();
        SettingsFile file = SettingsFile.of(user);
        StudioSettings loaded = file.load();
        var keeper = new SettingsKeeper(file.keeper(loaded));
        var settings = new SettingsViewModel(loaded, keeper);
        var chosenOffline = new AtomicBoolean(settings.offlineProperty().get());
        settings.offlineProperty().addListener((choice, before, now) -> chosenOffline.set(now));
        Library library = Library.of(installation, user, Catalogue.ofStudio(), chosenOffline::get);
        OfflineViewModel offline = Library.settledOffline(user.environment())
                .map(settled -> OfflineViewModel.settled(settings, settled))
                .orElseGet(() -> OfflineViewModel.chosen(settings));
        var downloads = new Downloader(library.downloads());
        return new Groundwork(
                user,
                settings,
                keeper,
                Texts.load(settings.language().get().locale(), user.system()),
                new LibraryServices(library.models(), downloads::download, library.tokens(), offline),
                downloads);
    }
}
