package dev.noisediffusion.app;

import dev.noisediffusion.library.Catalogue;
import dev.noisediffusion.library.Downloader;
import dev.noisediffusion.library.HubCache;
import dev.noisediffusion.library.LibraryModel;
import dev.noisediffusion.library.ModelLibrary;
import dev.noisediffusion.library.Tokens;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.project.UserFolders;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The models of a user.
 *
 * @param models that are there
 * @param tokens for downloads
 * @param downloads how they are to go
 */
record Library(ModelLibrary models, Tokens tokens, Downloader.Setup downloads) {
    static Library of(Installation installation, UserFolders user, Catalogue catalogue) {
        Map<String, String> environment = user.environment();
        Path root = user.data().resolve("models");
        var tokens = new Tokens(user.config().resolve("tokens.json"), environment);
        var places = new ModelLibrary.Places(root, installation.models(), HubCache.ofUser(user.home(), environment));
        return new Library(
                new ModelLibrary(places, catalogue),
                tokens,
                new Downloader.Setup(root, tokens, userAgent(), ProxySelector.getDefault(), isOffline(environment)));
    }

    /** The folder that the user means: a path, or the id of a model of the library. */
    Path folder(String named) throws ModelException {
        Path path = Path.of(named);
        if (Files.exists(path)) {
            return path;
        }
        return models.find(named).map(LibraryModel::folder).orElse(path);
    }

    /** The folder of the model that a command names; of the starter model where it names none. */
    static Path modelFolder(Installation installation, UserFolders user, @Nullable String named) throws ModelException {
        return named == null
                ? installation.starterModel()
                : of(installation, user, Catalogue.ofStudio()).folder(named);
    }

    private static String userAgent() {
        return Installation.applicationName().replaceAll("[^\\x21-\\x7e]+", "-");
    }

    private static boolean isOffline(Map<String, String> environment) {
        return isOn(environment.getOrDefault("NOISEDIFFUSION_OFFLINE", ""))
                || isOn(environment.getOrDefault("HF_HUB_OFFLINE", ""));
    }

    private static boolean isOn(String value) {
        return value.equals("1") || value.equalsIgnoreCase("true") || value.equalsIgnoreCase("yes");
    }
}
