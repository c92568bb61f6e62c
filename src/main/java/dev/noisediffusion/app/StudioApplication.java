package dev.noisediffusion.app;

import dev.noisediffusion.critic.CriticSettings;
import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.morph.EncodingCache;
import dev.noisediffusion.morph.MorphRenderer;
import dev.noisediffusion.project.Autosaves;
import dev.noisediffusion.project.PresetFolder;
import dev.noisediffusion.project.Recipe;
import dev.noisediffusion.ui.fx.BackgroundRelease;
import dev.noisediffusion.ui.fx.FxDebounce;
import dev.noisediffusion.ui.fx.FxFileDialogs;
import dev.noisediffusion.ui.fx.FxJobRunner;
import dev.noisediffusion.ui.fx.FxTicker;
import dev.noisediffusion.ui.fx.RenderService;
import dev.noisediffusion.ui.view.AllWindows;
import dev.noisediffusion.ui.view.StudioWindow;
import dev.noisediffusion.ui.viewmodel.FrameShape;
import dev.noisediffusion.ui.viewmodel.LabServices;
import dev.noisediffusion.ui.viewmodel.OpenModel;
import dev.noisediffusion.ui.viewmodel.PictureOffer;
import dev.noisediffusion.ui.viewmodel.PictureReader;
import dev.noisediffusion.ui.viewmodel.RenderState;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.StudioServices;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.ui.viewmodel.WorkViewModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** The window, put together from its parts. */
final class StudioApplication {
    private static final System.Logger LOG = System.getLogger(StudioApplication.class.getName());

    private final Installation installation;
    private final List<Path> files;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Lets go what there is so far; on the FX thread. */
    private Runnable ending = closed::countDown;

    /** Whether the session ends, in whichever way; for the FX thread. */
    private boolean over;

    private @Nullable Throwable fault;

    private StudioApplication(Installation installation, List<Path> files) {
        this.installation = installation;
        this.files = files;
    }

    /**
     * Opens the window and returns when it has been closed and everything it used has been let go.
     *
     * @param files a project to open, or pictures to begin with
     * @return a sentence, at once, where no window can be opened; empty where one was
     * @throws IllegalStateException if the window cannot be put together; the cause says why
     */
    static Optional<String> open(Installation installation, List<Path> files) throws InterruptedException {
        if (!hasDisplay()) {
            return Optional.of("There is no display to open a window on.");
        }
        var application = new StudioApplication(installation, files);
        try (var ctrlC = new CtrlC()) {
            Optional<String> refusal = startToolkit();
            if (refusal.isPresent()) {
                return refusal;
            }
            Groundwork ground = Groundwork.lay(installation);
            Platform.runLater(() -> application.startOrEnd(ground, ctrlC.token()));
            application.closed.await();
            Platform.exit();
            if (application.fault != null) {
                throw new IllegalStateException(
                        "The window cannot be put together: " + application.fault, application.fault);
            }
            return Optional.empty();
        }
    }

    /** What keeps the toolkit from starting: GTK that is not installed, a display that does not answer. */
    private static Optional<String> startToolkit() {
        try {
            Platform.startup(() -> {});
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "The toolkit cannot be started", e);
            return Optional.of(
                    "No window can be opened (" + e.getMessage() + "). On Linux it needs GTK 3, whose packages"
                            + " the README names under Start, and a display that answers to DISPLAY.");
        }
    }

    /** The toolkit would say so too, but not without a warning of its own. */
    private static boolean hasDisplay() {
        return !System.getProperty("os.name").equals("Linux")
                || isSet(System.getenv("DISPLAY"))
                || isSet(System.getenv("WAYLAND_DISPLAY"));
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    /** The toolkit would go on without a window. */
    private void startOrEnd(Groundwork ground, CancellationToken outside) {
        try {
            start(ground, outside);
        } catch (Throwable e) {
            fault = e;
            endBy(ending);
        }
    }

    /** Ends the session in one way and then in no other: what one keeps of the work the other would forget. */
    private void endBy(Runnable way) {
        if (!over) {
            over = true;
            way.run();
        }
    }

    /**
     * Puts the window together and shows it.
     *
     * @param outside is cancelled when the process is to end: by Ctrl+C, by a session that is logged out
     */
    private void start(Groundwork ground, CancellationToken outside) {
        Thread.currentThread()
                .setUncaughtExceptionHandler(
                        (thread, error) -> LOG.log(System.Logger.Level.ERROR, "Fault in the window", error));
        Platform.setImplicitExit(false);
        var stage = new Stage();
        var jobs = new FxJobRunner();
        var renders = new RenderService();
        SettingsViewModel settings = ground.settings();
        Texts texts = ground.texts();
        var cache = new EncodingCache();
        var resources = Models.Resources.ofUser();
        var device = new AtomicReference<>(settings.deviceProperty().get());
        UserFolders user = ground.user();
        var studio = new StudioViewModel(new StudioServices(
                texts,
                jobs,
                renders,
                (folder, notices) -> open(device.get(), folder, resources, cache, notices),
                new LoaderReader(new ImageLoader()),
                new HttpFetcher(texts, ground.downloads().web()),
                new FilmExporter(),
                new FxFileDialogs(stage, texts),
                new FxDebounce(),
                new FxTicker(),
                new Random(),
                new FxDebounce(Duration.millis(600)),
                Autosaves.of(user),
                new FxDebounce(Duration.seconds(1)),
                PresetFolder.of(user),
                resources.graphs(),
                Installation.applicationName(),
                ground.library(),
                new StudioCritics(
                        CriticCommand.files(user),
                        CriticSettings.USUAL,
                        folder -> Models.openSomewhere(folder, device.get(), resources, notice -> {})
                                .model()),
                new LabServices(installation.experiments(), user.data().resolve("lab"), Installation::software)));
        var release = new BackgroundRelease(
                List.of(renders, jobs, ground.downloads(), ground.keeper(), studio, closed::countDown));
        // The work is kept for the next session; native code should not be running when the process ends.
        ending = () -> {
            AutoCloseable lastWork = studio.work().autosave().lastWork();
            AllWindows.leave(studio);
            var rest = new BackgroundRelease(List.of(
                    lastWork, renders, jobs, ground.downloads(), ground.keeper(), studio.model(), closed::countDown));
            rest.run();
        };
        outside.onCancel(() -> Platform.runLater(() -> endBy(ending)));
        settings.restore(studio.playback());
        settings.remember(studio.export());
        settings.deviceProperty().addListener((choice, before, now) -> {
            device.set(now);
            studio.model().reopen();
        });
        studio.presets().load();
        new StudioWindow(studio, settings, () -> endBy(release)).show(stage);
        studio.model().begin(installation.starterModel());
        boolean samples = files.equals(installation.samplePair());
        if (!files.isEmpty() && !samples) {
            settings.dismissWelcome();
        }
        boolean first = settings.welcomeProperty().get();
        if (first && !Platform.getPreferences().isReducedMotion()) {
            playWhenFinished(studio);
        }
        WorkViewModel work = studio.work();
        Runnable begin = first || samples
                ? () -> work.beginWithExamples(installation.samplePair())
                : () -> work.begin(offers(files));
        work.autosave().recover(() -> work.drop(offers(files)), begin);
    }

    private static List<PictureOffer.File> offers(List<Path> files) {
        return files.stream().map(PictureOffer.File::new).toList();
    }

    /** The first film of the first session moves by itself; later ones wait for the artist. */
    private static void playWhenFinished(StudioViewModel studio) {
        var once = new AtomicBoolean();
        studio.render().stateProperty().subscribe(state -> {
            boolean first = state == RenderState.FINISHED && once.compareAndSet(false, true);
            if (first && !studio.playback().playingProperty().get()) {
                studio.playback().toggle();
            }
        });
    }

    private static OpenModel open(
            String device, Path folder, Models.Resources resources, EncodingCache cache, Consumer<DeviceNotice> notices)
            throws Exception {
        Models.Opened loaded = Models.openSomewhere(folder, device, resources, notices);
        var model = loaded.model();
        return new OpenModel(
                new Recipe.Model(model.name(), model.id()),
                new FrameShape(model.width(), model.height()),
                model.batchSize(),
                loaded.device(),
                loaded.suggested(),
                loaded.fallback(),
                new MorphRenderer(model, cache),
                new StudioBench(loaded, folder),
                model);
    }

    /** Reads pictures with the studio's own loader. */
    private record LoaderReader(ImageLoader loader) implements PictureReader {
        @Override
        public Picture read(Path file) throws Exception {
            return loader.load(file);
        }

        @Override
        public Picture read(byte[] bytes, String name) throws Exception {
            return loader.load(bytes, name);
        }
    }
}
