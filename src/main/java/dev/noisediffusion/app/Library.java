package dev.noisediffusion.app;

import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.library.Catalogue;
import dev.noisediffusion.library.Connection;
import dev.noisediffusion.library.Downloader;
import dev.noisediffusion.library.EnvironmentProxies;
import dev.noisediffusion.library.HubCache;
import dev.noisediffusion.library.LibraryModel;
import dev.noisediffusion.library.ModelLibrary;
import dev.noisediffusion.library.Tokens;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.project.SettingsFile;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The models of a user.
 *
 * @param models that are there
 * @param tokens for downloads
 * @param downloads how they are to go
 */
record Library(ModelLibrary models, Tokens tokens, Downloader.Setup downloads) {
    /** What {@link #folder} reads, for people. */
    static final String NAMES =
            "Id of a model as 'models list' has it, its folder, or a single .safetensors file; for a folder that is named"
                    + " like an id, write ./NAME";

    /** With the settings as they were saved last. */
    static Library of(Installation installation, UserFolders user, Catalogue catalogue) {
        boolean offline = SettingsFile.of(user).load().offline();
        return of(installation, user, catalogue, () -> offline);
    }

    /** @param offline whether the user has chosen to download nothing, which counts where the environment says nothing */
    static Library of(Installation installation, UserFolders user, Catalogue catalogue, BooleanSupplier offline) {
        Map<String, String> environment = user.environment();
        Path root = user.data().resolve("models");
        var tokens = new Tokens(user.config().resolve("tokens.json"), environment);
        var places = new ModelLibrary.Places(root, installation.models(), HubCache.ofUser(user.home(), environment));
        var models = new ModelLibrary(places, catalogue);
        return new Library(
                models,
                tokens,
                new Downloader.Setup(
                        models,
                        tokens,
                        userAgent(),
                        new EnvironmentProxies(environment, ProxySelector.getDefault()),
                        () -> connection(environment, offline)));
    }

    /**
     * The folder that the user means: the id of a model of the library, or a path. A folder that has the name of an id by
     * chance, as that of a model's results, is meant only where a separator is in the path.
     *
     * @throws ModelException if there is neither, or the library cannot be read
     */
    Path folder(String named) throws ModelException {
        Path path = Path.of(named);
        boolean isPath = !named.equals(String.valueOf(path.getFileName()));
        if (isPath && Files.exists(path)) {
            return path;
        }
        try {
            return models.find(named)
                    .map(LibraryModel::folder)
                    .or(() -> Optional.of(path).filter(Files::exists))
                    .orElseThrow(() -> missing(named));
        } catch (ModelException e) {
            // A library that cannot be read keeps nobody from a folder.
            if (Files.exists(path)) {
                return path;
            }
            throw e;
        }
    }

    private ModelException missing(String named) {
        return new ModelException(
                models.catalogue().find(named).isPresent()
                        ? "The model \"" + named + "\" is not downloaded yet: 'noisediffusion models download " + named
                                + "' gets it."
                        : "There is no model or folder \"" + named
                                + "\"; 'noisediffusion models list' shows those there are.");
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

    private static Connection connection(Map<String, String> environment, BooleanSupplier chosen) {
        Optional<Boolean> settled = settledOffline(environment);
        if (settled.isPresent()) {
            return settled.get() ? Connection.OFFLINE_BY_ENVIRONMENT : Connection.ONLINE;
        }
        return chosen.getAsBoolean() ? Connection.OFFLINE : Connection.ONLINE;
    }

    /** Whether the environment has the studio work offline; empty where it leaves that to the settings. */
    static Optional<Boolean> settledOffline(Map<String, String> environment) {
        String own = environment.getOrDefault("NOISEDIFFUSION_OFFLINE", "").strip();
        String hub = environment.getOrDefault("HF_HUB_OFFLINE", "").strip();
        if (isOneOf(own, "1", "true", "yes", "on")) {
            return Optional.of(true);
        }
        if (isOneOf(own, "0", "false", "no", "off")) {
            return Optional.of(false);
        }
        return isOneOf(hub, "1", "true", "yes", "on") ? Optional.of(true) : Optional.empty();
    }

    private static boolean isOneOf(String value, String... words) {
        return Stream.of(words).anyMatch(value::equalsIgnoreCase);
    }
}
