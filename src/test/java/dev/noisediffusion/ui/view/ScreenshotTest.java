package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.atOnce;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.FileReader;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import dev.noisediffusion.ui.viewmodel.CompareMode;
import dev.noisediffusion.ui.viewmodel.KeptLetter;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import javafx.geometry.BoundingBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Makes target/screenshots, one of every main state, at the default and the smallest size. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class ScreenshotTest {
    private static final List<String> FLOWERS = List.of("01-dahlia.jpg", "03-marigold.jpg", "02-anemone.jpg");

    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();
    private final FxRobot robot = new FxRobot();
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        world.modelSide = 128;
        world.pictures = new FileReader();
    }

    private void shoot(
            String name,
            String about,
            JobRunner renders,
            double width,
            double height,
            Consumer<StudioViewModel> scene) {
        shoot(name, about, new InlineJobRunner(), renders, width, height, scene);
    }

    /** @param about finds what is to be seen on the picture */
    private void shoot(
            String name,
            String about,
            JobRunner jobs,
            JobRunner renders,
            double width,
            double height,
            Consumer<StudioViewModel> scene) {
        atOnce(() -> {
            StudioViewModel studio = world.studio(jobs, renders, world.rest);
            SettingsViewModel settings = FakeWorld.unsaved();
            settings.healthOpenProperty().set(name.startsWith("health"));
            StudioStage.show(stage, studio, settings);
            StudioStage.size(stage, width, height);
            scene.accept(studio);
        });
        Screenshots.take(stage.getScene(), name);
        assertTrue(isInSight(about), about);
        atOnce(stage::hide);
    }

    /** Whether any of what is found is seen, with its middle within the window. */
    private boolean isInSight(String query) {
        var window = new BoundingBox(
                0, 0, stage.getScene().getWidth(), stage.getScene().getHeight());
        return robot.lookup(query).queryAll().stream()
                .filter(StudioStage::isSeen)
                .map(node -> node.localToScene(node.getLayoutBounds()))
                .filter(place -> place.getWidth() > 0 && place.getHeight() > 0)
                .anyMatch(place -> window.contains(place.getCenterX(), place.getCenterY()));
    }

    private void shoot(String name, String about, JobRunner renders, Consumer<StudioViewModel> scene) {
        shoot(name, about, renders, 1440, 900, scene);
    }

    private void render(StudioViewModel studio, int pictures) {
        studio.model().open(Path.of("Flowers 128"));
        studio.parameters().steps().set(4);
        studio.keyframes().add(StudioStage.samples(FLOWERS.subList(0, pictures).toArray(String[]::new)));
        world.rest.elapse();
    }

    @Test
    void empty() {
        shoot("empty", ".guide", new InlineJobRunner(), studio -> studio.model().open(Path.of("Flowers 128")));
    }

    @Test
    void withoutAModel() {
        shoot(
                "no-model",
                "#choose-model",
                new InlineJobRunner(),
                studio -> studio.model().open(Path.of("bad-model")));
    }

    @Test
    void loaded() {
        shoot("loaded", ".crop", new InlineJobRunner(), studio -> {
            studio.render().liveProperty().set(false);
            render(studio, 2);
        });
    }

    @Test
    void rendering() {
        var calls = new int[1];
        world.denoiser = (noisy, timestep) -> {
            if (++calls[0] > 14) {
                throw new CancellationException("enough for a picture");
            }
            return Kernels.linear(0.2, noisy, 0, noisy);
        };
        shoot("rendering", "#cancel-render", new StoppingRunner(), studio -> render(studio, 2));
    }

    @Test
    void finished() {
        shoot("finished", "#preview-main .image-view", new InlineJobRunner(), studio -> render(studio, 2));
    }

    @Test
    void finishedInTheSmallestWindow() {
        shoot("finished-small", "#preview-main .image-view", new InlineJobRunner(), 1024, 640, studio -> {
            render(studio, 3);
            studio.parameters().gamma().set(0.35);
        });
    }

    @Test
    void theHealthOfTheNoise() {
        shoot("health", "#clip-map", new InlineJobRunner(), studio -> {
            render(studio, 2);
            studio.playback().seek(6);
            studio.health().clipMapShownProperty().set(true);
        });
    }

    @Test
    void aSuggestionForTheNoise() {
        shoot("health-suggested", "#dismiss-suggestion", new InlineJobRunner(), studio -> {
            render(studio, 2);
            studio.playback().seek(6);
            studio.health().suggestion().suggest();
        });
    }

    @Test
    void comparing() {
        shoot("compare", "#preview-rival .image-view", new InlineJobRunner(), studio -> {
            studio.compare().toggle();
            render(studio, 2);
        });
    }

    @ParameterizedTest
    @CsvSource({"WIPE, #wipe-line", "DIFFERENCE, #preview-difference .image-view", "GRID, #preview-fourth .image-view"})
    void comparingInEveryWay(CompareMode mode, String about) {
        shoot("compare-" + mode.name().toLowerCase(Locale.ROOT), about, new InlineJobRunner(), studio -> {
            studio.compare().mode().set(mode);
            render(studio, 2);
            studio.kept().keep(KeptLetter.A);
        });
    }

    @Test
    void zoomingIn() {
        shoot("compare-zoom", "#zoom", new InlineJobRunner(), 1024, 640, studio -> {
            studio.compare().mode().set(CompareMode.WIPE);
            render(studio, 2);
            studio.preview().zoom().zoomAt(3.4, 0.5, 0.4);
        });
    }

    @Test
    void aContactSheetInTheSmallestWindow() {
        shoot("sheet-small", "#sheet", new InlineJobRunner(), 1024, 640, studio -> {
            render(studio, 2);
            studio.sheet().openContactSheet();
        });
    }

    @Test
    void comparingInTheSmallestWindow() {
        shoot("compare-small", "#preview-rival .image-view", new InlineJobRunner(), 1024, 640, studio -> {
            studio.compare().toggle();
            render(studio, 2);
        });
    }

    @Test
    void exporting() {
        shoot("export", "#export-dialog", new InlineJobRunner(), studio -> {
            studio.compare().toggle();
            render(studio, 2);
            studio.export().open();
        });
    }

    @Test
    void exportingOverFilesThatAreThere() throws IOException {
        Files.writeString(folder.resolve("morph.mp4"), "");
        Files.writeString(folder.resolve("morph.gif"), "");
        shoot("export-clash", "#export-clash", new InlineJobRunner(), 1024, 640, studio -> {
            render(studio, 2);
            studio.export().open();
            world.answers.add(folder);
            studio.export().chooseFolder();
            studio.export().formats().ticked(FilmFormat.GIF).set(true);
            studio.export().export();
        });
    }

    @Test
    void theQueue() {
        var count = new int[1];
        world.exporter = (request, progress, cancellation) -> {
            if (++count[0] == 2) {
                throw new IOException("“morph.gif” was not written: the disk is full; free some space.");
            }
        };
        var jobs = new SwitchedJobRunner();
        shoot("queue", "#tasks-panel", jobs, new InlineJobRunner(), 1440, 900, studio -> {
            render(studio, 2);
            queue(studio, FilmFormat.MP4, FilmFormat.GIF);
            jobs.holdBack();
            queue(studio, FilmFormat.WEBM, FilmFormat.WEBP, FilmFormat.PNG_SEQUENCE);
            jobs.runLast();
            studio.exports().toggle();
        });
    }

    private static void queue(StudioViewModel studio, FilmFormat... formats) {
        studio.export().open();
        studio.export().formats().set(formats[0]);
        List.of(formats)
                .forEach(format -> studio.export().formats().ticked(format).set(true));
        studio.export().export();
    }

    @Test
    void thePresets() {
        shoot("presets", "#preset-dialog", new InlineJobRunner(), studio -> {
            render(studio, 2);
            studio.parameters().gamma().set(0.3);
            studio.presets().startSaving();
            studio.presets().nameProperty().set("Slow melt");
        });
    }

    @Test
    void closingWithUnfinishedExports() {
        var jobs = new SwitchedJobRunner();
        shoot("unfinished", "#unfinished-dialog", jobs, new InlineJobRunner(), 1024, 640, studio -> {
            render(studio, 2);
            jobs.holdBack();
            queue(studio, FilmFormat.WEBM, FilmFormat.WEBP);
            jobs.runLast();
            studio.exports().afterQuestion(() -> {});
        });
    }

    @Test
    void exportingInTheSmallestWindow() {
        shoot("export-small", "#export-dialog", new InlineJobRunner(), 1024, 640, studio -> {
            render(studio, 2);
            studio.export().open();
        });
    }

    @Test
    void wrongFiles() {
        shoot("error", ".slot-dismiss", new InlineJobRunner(), studio -> {
            studio.model().open(Path.of("Flowers 128"));
            studio.model().open(Path.of("bad-model"));
            studio.keyframes().add(StudioStage.samples("CREDITS.md"));
            studio.keyframes().add(StudioStage.samples("01-dahlia.jpg"));
            studio.keyframes().add(StudioStage.samples("03-marigold.jpg"));
            studio.keyframes()
                    .slots()
                    .get(1)
                    .load(StudioStage.samples("no-such-picture.png").getFirst());
        });
    }

    /** Leaves a render that was cut short looking as if it went on. */
    private static final class StoppingRunner implements JobRunner {
        private final InlineJobRunner inline = new InlineJobRunner();

        @Override
        public <T> dev.noisediffusion.job.CancellationToken run(
                dev.noisediffusion.job.Job<T> job, Observer<T> observer) {
            return inline.run(
                    job, new Observer<>(observer.onProgress(), observer.onSuccess(), observer.onFailure(), () -> {}));
        }

        @Override
        public void dispatch(Runnable action) {
            inline.dispatch(action);
        }
    }
}
