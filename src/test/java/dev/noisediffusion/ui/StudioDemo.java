package dev.noisediffusion.ui;

import dev.noisediffusion.app.HttpFetcher;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.library.Catalogue;
import dev.noisediffusion.library.Connection;
import dev.noisediffusion.library.Downloader;
import dev.noisediffusion.library.ModelLibrary;
import dev.noisediffusion.library.Tokens;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.morph.EncodingCache;
import dev.noisediffusion.morph.MorphRenderer;
import dev.noisediffusion.onnx.OrtEngine;
import dev.noisediffusion.project.Autosaves;
import dev.noisediffusion.project.ParameterValues;
import dev.noisediffusion.project.PresetFolder;
import dev.noisediffusion.project.Recipe;
import dev.noisediffusion.ui.fx.BackgroundRelease;
import dev.noisediffusion.ui.fx.FxDebounce;
import dev.noisediffusion.ui.fx.FxFileDialogs;
import dev.noisediffusion.ui.fx.FxJobRunner;
import dev.noisediffusion.ui.fx.FxTicker;
import dev.noisediffusion.ui.fx.RenderService;
import dev.noisediffusion.ui.view.StudioWindow;
import dev.noisediffusion.ui.viewmodel.Critics;
import dev.noisediffusion.ui.viewmodel.FrameCritic;
import dev.noisediffusion.ui.viewmodel.FrameShape;
import dev.noisediffusion.ui.viewmodel.LabServices;
import dev.noisediffusion.ui.viewmodel.LibraryServices;
import dev.noisediffusion.ui.viewmodel.OfflineViewModel;
import dev.noisediffusion.ui.viewmodel.OpenModel;
import dev.noisediffusion.ui.viewmodel.PictureOffer;
import dev.noisediffusion.ui.viewmodel.StudioServices;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.web.Web;
import java.io.IOException;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javafx.application.Platform;
import javafx.stage.Stage;

/** Opens the window on the starter model with the pictures named as arguments; to be looked at by a person. */
public final class StudioDemo {
    private StudioDemo() {}

    public static void main(String[] files) {
        Platform.startup(() -> open(Path.of(""), List.of(files)));
    }

    /**
     * The window itself, to be called on the thread of events.
     *
     * @param home folder of the project
     */
    public static StudioViewModel open(Path home, List<String> files) {
        var stage = new Stage();
        var texts = Texts.load(Locale.getDefault());
        var jobs = new FxJobRunner();
        var renders = new RenderService();
        var cache = new EncodingCache();
        var studio = new StudioViewModel(new StudioServices(
                texts,
                jobs,
                renders,
                (folder, notices) -> openModel(folder, cache),
                new FileReader(),
                new HttpFetcher(
                        texts, new Web(new Web.Manner("Studio-Demo", Optional.empty(), Duration.ofSeconds(20)))),
                (request, progress, cancellation) -> {},
                new FxFileDialogs(stage, texts),
                new FxDebounce(),
                new FxTicker(),
                new SplittableRandom(),
                new FxDebounce(),
                new Autosaves(Path.of("target", "user", "demo-sessions")),
                new FxDebounce(),
                new PresetFolder(Path.of("target", "user", "demo-presets")),
                GraphCache.ofUser(),
                "NoiseDiffusion Studio (demo)",
                library(),
                new NoCritics(),
                new LabServices(
                        home.resolve("assets/experiments"),
                        Path.of("target", "user", "demo-lab"),
                        () -> List.of("demo"))));
        new StudioWindow(studio, FakeWorld.unsaved(), new BackgroundRelease(List.of(renders, studio, jobs)))
                .show(stage);
        studio.model().open(home.resolve("models/flowers-128"));
        studio.parameters().steps().set(20);
        studio.keyframes()
                .add(files.stream().map(Path::of).map(PictureOffer.File::new).toList());
        return studio;
    }

    private static final class NoCritics implements Critics {
        @Override
        public Optional<FrameCritic> find(String modelId) {
            return Optional.empty();
        }

        @Override
        public FrameCritic train(
                Path model, Path photographs, ProgressListener progress, CancellationToken cancellation)
                throws IOException {
            throw new IOException("The demonstration trains no critic.");
        }
    }

    private static LibraryServices library() {
        Path root = Path.of("target", "user", "demo-models");
        var places = new ModelLibrary.Places(root, Path.of("models"), root.resolve("hub"));
        var tokens = new Tokens(root.resolveSibling("demo-tokens.json"), Map.of());
        var models = new ModelLibrary(places, Catalogue.ofStudio());
        var setup = new Downloader.Setup(
                models, tokens, "Studio-Demo", ProxySelector.getDefault(), () -> Connection.ONLINE);
        return new LibraryServices(
                models, new Downloader(setup)::download, tokens, OfflineViewModel.chosen(FakeWorld.unsaved()));
    }

    private static OpenModel openModel(Path folder, EncodingCache cache) throws Exception {
        DiffusionModel model = new OrtEngine(GraphCache.ofUser()).open(folder);
        return new OpenModel(
                new Recipe.Model(model.name(), model.id()),
                new FrameShape(model.width(), model.height()),
                model.batchSize(),
                "CPU",
                ParameterValues.NONE,
                Optional.empty(),
                new MorphRenderer(model, cache),
                new FakeBench(model),
                model);
    }
}
