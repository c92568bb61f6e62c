package dev.noisediffusion.ui;

import dev.noisediffusion.diffusion.BetaSchedule;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.DiffusionSettings;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.diffusion.Network;
import dev.noisediffusion.diffusion.NoiseSchedule;
import dev.noisediffusion.diffusion.PixelUnshuffleCodec;
import dev.noisediffusion.diffusion.PredictionType;
import dev.noisediffusion.diffusion.TimestepSpacing;
import dev.noisediffusion.export.ExportException;
import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.export.Footage;
import dev.noisediffusion.files.Folders;
import dev.noisediffusion.image.ImageException;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.PictureRefusal;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.ProgressMeter;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.library.Catalogue;
import dev.noisediffusion.library.ModelLibrary;
import dev.noisediffusion.library.Tokens;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.morph.EncodingCache;
import dev.noisediffusion.morph.MorphRenderer;
import dev.noisediffusion.project.Autosaves;
import dev.noisediffusion.project.ParameterValues;
import dev.noisediffusion.project.PresetFolder;
import dev.noisediffusion.project.Recipe;
import dev.noisediffusion.project.StudioSettings;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.ui.viewmodel.Critics;
import dev.noisediffusion.ui.viewmodel.Debounce;
import dev.noisediffusion.ui.viewmodel.ExportRequest;
import dev.noisediffusion.ui.viewmodel.Exporter;
import dev.noisediffusion.ui.viewmodel.FileDialogs;
import dev.noisediffusion.ui.viewmodel.FrameCritic;
import dev.noisediffusion.ui.viewmodel.FrameShape;
import dev.noisediffusion.ui.viewmodel.LabServices;
import dev.noisediffusion.ui.viewmodel.LibraryServices;
import dev.noisediffusion.ui.viewmodel.ModelOpener;
import dev.noisediffusion.ui.viewmodel.OfflineViewModel;
import dev.noisediffusion.ui.viewmodel.OpenModel;
import dev.noisediffusion.ui.viewmodel.PictureReader;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.StudioServices;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.ui.viewmodel.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A studio whose whole world is made up: pictures of one colour, an exact network, dialogs that answer by script. */
public final class FakeWorld {
    /** Has the folders of all worlds of this process, and goes with it. */
    private static final Path FOLDERS = folders();

    /** The answers of the file dialogs, taken in order. */
    public final Deque<Path> answers = new ArrayDeque<>();

    /** The file dialogs that were opened, each with what it was given, such as {@code "sheet | sheet.png | .png"}. */
    public final List<String> asked = new ArrayList<>();

    /** What happens while the dialog for a still is open. */
    public Runnable whileAsking = () -> {};

    public final List<ExportRequest> exports = new ArrayList<>();
    /** Files that were shown in the file manager. */
    public final List<Path> shown = new ArrayList<>();

    public final ManualDebounce rest = new ManualDebounce();
    public final ManualDebounce gesture = new ManualDebounce();

    public final ManualDebounce keeping = new ManualDebounce();
    /** Where unsaved work is kept; a folder of this world alone until a test gives its own. */
    public Path sessions = own("sessions");

    /** Where presets are kept, likewise. */
    public Path presets = own("presets");

    /** Where prepared models are kept, likewise. */
    public Path graphs = own("graphs");

    /** Where the user's models are; a folder of this world alone until a test gives its own. */
    public Path library = own("library");

    /** Where runs of the lab have their folders, likewise. */
    public Path lab = own("lab");

    /** Files that were opened with another program. */
    public final List<Path> opened = new ArrayList<>();

    public LibraryServices.Downloads downloads = (entry, progress, cancellation) -> {
        throw new IOException("No download was planned.");
    };

    /** The critics that are there, by the ids of models. */
    public final Map<String, FrameCritic> critics = new HashMap<>();
    /** Those that trainings will give. */
    public final Deque<FrameCritic> trained = new ArrayDeque<>();

    public final ManualTicker ticker = new ManualTicker();
    public final AtomicInteger networkCalls = new AtomicInteger();
    public final AtomicInteger closedModels = new AtomicInteger();
    /** Whether every network call fails. */
    public volatile boolean failing;

    /** What the makers of models suggest, by the names of their folders. */
    public final Map<String, ParameterValues> suggestions = new HashMap<>();

    /** How high the pictures of models are, in multiples of 4. */
    public int modelSide = 16;
    /** How many times as wide as high they are. */
    public int modelRatio = 1;
    /** What models run on. */
    public String device = "CPU";

    public Denoiser denoiser = gaussian();
    /** Whether models read words, three of each prompt. */
    public boolean readsWords;
    /** What models were told in words, newest last. */
    public final List<Guidance> told = Collections.synchronizedList(new ArrayList<>());

    public OfflineViewModel offline = OfflineViewModel.chosen(unsaved());
    public ModelOpener models = (folder, notices) -> openModel(folder);
    public Exporter exporter = (request, progress, cancellation) -> exports.add(request);
    public PictureReader pictures = new FakePictures();
    public final Texts texts;

    public FakeWorld() {
        this(Texts.load(Locale.ENGLISH));
    }

    public FakeWorld(Texts texts) {
        this.texts = texts;
    }

    private static Path folders() {
        Path folders =
                Path.of("target", "user", "worlds-" + ProcessHandle.current().pid());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Folders.delete(folders);
            } catch (IOException e) {
                // A world that still writes keeps what it has.
            }
        }));
        return folders;
    }

    private static Path own(String name) {
        return FOLDERS.resolve(name + "-" + UUID.randomUUID());
    }

    /** Settings as they are at first, without the welcome; kept nowhere. */
    public static SettingsViewModel unsaved() {
        var settings = new SettingsViewModel(StudioSettings.DEFAULT, kept -> {});
        settings.dismissWelcome();
        return settings;
    }

    private Autosaves autosaves() {
        return new Autosaves(sessions);
    }

    private LibraryServices library() {
        var places = new ModelLibrary.Places(library.resolve("models"), Path.of("models"), library.resolve("hub"));
        return new LibraryServices(
                new ModelLibrary(places, Catalogue.ofStudio()),
                (entry, progress, cancellation) -> downloads.download(entry, progress, cancellation),
                new Tokens(library.resolve("tokens.json"), Map.of()),
                offline);
    }

    /** A studio that does everything at once, on the calling thread. */
    public StudioViewModel studio() {
        return studio(new InlineJobRunner(), new InlineJobRunner(), rest);
    }

    public StudioViewModel studio(JobRunner jobs, JobRunner renders, Debounce debounce) {
        return new StudioViewModel(new StudioServices(
                texts,
                jobs,
                renders,
                (folder, notices) -> models.open(folder, notices),
                pictures,
                (address, cancellation) -> {
                    if (address.getPath().contains("missing")) {
                        throw new IOException("answered with status 404");
                    }
                    return new byte[] {1};
                },
                new WorldExporter(),
                new ScriptedDialogs(),
                debounce,
                ticker,
                new SplittableRandom(7),
                gesture,
                autosaves(),
                keeping,
                new PresetFolder(presets),
                new GraphCache(graphs),
                "NoiseDiffusion Studio (test)",
                library(),
                new ScriptedCritics(),
                new LabServices(Path.of("assets", "experiments"), lab, () -> List.of("a test"))));
    }

    /** A studio with a model and two pictures, rendered. */
    public StudioViewModel renderedStudio() {
        StudioViewModel studio = studio();
        fill(studio);
        rest.elapse();
        return studio;
    }

    /** Gives a studio a model and two pictures. */
    public static void fill(StudioViewModel studio) {
        studio.model().open(Path.of("model"));
        studio.keyframes().add(offers("red.png", "blue.png"));
    }

    public static List<dev.noisediffusion.ui.viewmodel.PictureOffer.File> offers(String... names) {
        return java.util.Arrays.stream(names)
                .map(Path::of)
                .map(dev.noisediffusion.ui.viewmodel.PictureOffer.File::new)
                .toList();
    }

    public OpenModel openModel(Path folder) throws IOException {
        String name = folder.getFileName().toString();
        if (name.startsWith("bad")) {
            throw new IOException("\"" + name + "\" is not a model: expected a file model_index.json, found none.");
        }
        var schedule = NoiseSchedule.of(BetaSchedule.LINEAR, 1000, 1e-4, 0.02);
        var settings = new DiffusionSettings(
                schedule, PredictionType.EPSILON, TimestepSpacing.LEADING, 0, 1, Double.POSITIVE_INFINITY);
        var model = new DiffusionModel(
                "id of " + name,
                "id of " + name + " on " + device,
                name,
                network(),
                new PixelUnshuffleCodec(4),
                settings,
                modelSide * modelRatio,
                modelSide,
                4);
        return new OpenModel(
                new Recipe.Model(name, model.id()),
                new FrameShape(modelSide * modelRatio, modelSide),
                4,
                device,
                suggestions.getOrDefault(name, ParameterValues.NONE),
                name.startsWith("far")
                        ? Optional.of(new Trouble.ServerFault(Trouble.Fault.UNREACHABLE, "http://far:8000", ""))
                        : Optional.empty(),
                new MorphRenderer(model, new EncodingCache()),
                new FakeBench(model),
                closedModels::incrementAndGet);
    }

    private Network network() {
        return readsWords ? new ThreeWords() : denoiser;
    }

    private final class ThreeWords implements Network {
        @Override
        public Denoiser denoiser(Guidance guidance) {
            told.add(guidance);
            return denoiser;
        }

        @Override
        public boolean readsPrompts() {
            return true;
        }

        @Override
        public String unread(String prompt) {
            return Arrays.stream(prompt.split(" ")).skip(3).collect(Collectors.joining(" "));
        }

        @Override
        public void close() {}
    }

    /** The exact network for pictures of independent standard normal values. */
    private Denoiser gaussian() {
        var schedule = NoiseSchedule.of(BetaSchedule.LINEAR, 1000, 1e-4, 0.02);
        return (noisy, timestep) -> {
            if (failing) {
                throw new IllegalStateException("The network is out of memory.");
            }
            networkCalls.incrementAndGet();
            return Kernels.linear(Math.sqrt(1 - schedule.alphaBar(timestep)), noisy, 0, noisy);
        };
    }

    /** The exporter of the moment. */
    private final class WorldExporter implements Exporter {
        @Override
        public void export(ExportRequest request, ProgressListener progress, CancellationToken cancellation)
                throws Exception {
            exporter.export(request, progress, cancellation);
        }

        @Override
        public void checkEncoder(FilmFormat format, CancellationToken cancellation) throws ExportException {
            exporter.checkEncoder(format, cancellation);
        }

        @Override
        public void checkRoom(Footage film) throws ExportException {
            exporter.checkRoom(film);
        }
    }

    /** Files named after a colour hold it; files named bad cannot be read. */
    private static final class FakePictures implements PictureReader {
        @Override
        public Picture read(Path file) throws IOException {
            return read(new byte[0], file.getFileName().toString());
        }

        @Override
        public Picture read(byte[] bytes, String name) throws IOException {
            if (name.startsWith("bad")) {
                throw new ImageException(PictureRefusal.DAMAGED.with(name), name + " is damaged or cut off.", null);
            }
            int colour = name.startsWith("red") ? 0xd04030 : name.startsWith("blue") ? 0x3050d0 : 0x40a060;
            return plain(32, name.startsWith("wide") ? 16 : 32, colour);
        }
    }

    public static Picture plain(int width, int height, int colour) {
        var rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (colour >> (16 - 8 * (i % 3)));
        }
        return Picture.wrap(width, height, rgb);
    }

    /** Critics by the ids of their models; a training gives the next one. */
    private final class ScriptedCritics implements Critics {
        @Override
        public Optional<FrameCritic> find(String modelId) throws IOException {
            if (modelId.endsWith("torn")) {
                throw new IOException("The critic is damaged: train it again.");
            }
            return Optional.ofNullable(critics.get(modelId));
        }

        @Override
        public FrameCritic train(
                Path model, Path photographs, ProgressListener progress, CancellationToken cancellation)
                throws IOException {
            cancellation.throwIfCancelled();
            new ProgressMeter(2, progress).advance(Activity.Work.MAKING_EXAMPLES, 1);
            FrameCritic next = trained.poll();
            if (next == null) {
                throw new IOException("A critic needs at least 20 photographs, found 3.");
            }
            return next;
        }
    }

    private final class ScriptedDialogs implements FileDialogs {
        @Override
        public List<Path> choosePictures() {
            return next("pictures").stream().toList();
        }

        @Override
        public Optional<Path> chooseModelFolder() {
            return next("model");
        }

        @Override
        public Optional<Path> chooseExportFolder(Path start) {
            return next("export", start.toString());
        }

        @Override
        public Optional<Path> chooseSheetTarget(String suggestion, String extension) {
            return next("sheet", suggestion, extension);
        }

        @Override
        public Optional<Path> chooseStillTarget(String suggestion, String extension) {
            whileAsking.run();
            return next("still", suggestion, extension);
        }

        @Override
        public Optional<Path> chooseExperiment() {
            return next("experiment");
        }

        @Override
        public Optional<Path> choosePhotographs() {
            return next("photographs");
        }

        @Override
        public void open(Path file) {
            opened.add(file);
        }

        @Override
        public void showInFolder(Path file) {
            shown.add(file);
        }

        @Override
        public Optional<Path> chooseProject(String extension) {
            return next("project to open", extension);
        }

        @Override
        public Optional<Path> chooseProjectTarget(String suggestion, String extension) {
            return next("project", suggestion, extension);
        }

        private Optional<Path> next(String dialog, String... given) {
            asked.add(Stream.concat(Stream.of(dialog), Stream.of(given)).collect(Collectors.joining(" | ")));
            return Optional.ofNullable(answers.poll());
        }
    }

    /** Rests when it is told to. */
    public static final class ManualDebounce implements Debounce {
        private Optional<Runnable> waiting = Optional.empty();
        private boolean soon;

        @Override
        public void restart(Runnable action) {
            waiting = Optional.of(action);
            soon = false;
        }

        @Override
        public void soon(Runnable action) {
            waiting = Optional.of(action);
            soon = true;
        }

        /** Whether something waits, and for no hand to rest. */
        public boolean isSoon() {
            return soon && isWaiting();
        }

        @Override
        public void cancel() {
            waiting = Optional.empty();
        }

        public boolean isWaiting() {
            return waiting.isPresent();
        }

        public void elapse() {
            Optional<Runnable> action = waiting;
            waiting = Optional.empty();
            action.ifPresent(Runnable::run);
        }
    }

    /** Ticks when it is told to. */
    public static final class ManualTicker implements Ticker {
        private Optional<DoubleConsumer> listener = Optional.empty();

        @Override
        public void start(DoubleConsumer onTick) {
            listener = Optional.of(onTick);
        }

        @Override
        public void stop() {
            listener = Optional.empty();
        }

        public void tick(double seconds) {
            listener.ifPresent(listening -> listening.accept(seconds));
        }
    }
}
