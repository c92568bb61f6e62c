package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.export.Playback;
import dev.noisediffusion.export.Recipes;
import dev.noisediffusion.image.Caption;
import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.image.Montage;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Resampler;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.project.Recipe;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import dev.noisediffusion.ui.viewmodel.ExportContent;
import dev.noisediffusion.ui.viewmodel.ExportJob;
import dev.noisediffusion.ui.viewmodel.ExportRequest;
import dev.noisediffusion.ui.viewmodel.ExportState;
import dev.noisediffusion.ui.viewmodel.ExportViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exports from the queue of the window to the disk. */
class FilmExporterTest {
    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner jobs = new SwitchedJobRunner();
    private final StudioViewModel studio = world.studio(jobs, new InlineJobRunner(), world.rest);

    @BeforeEach
    void render() {
        world.exporter = new FilmExporter();
        FakeWorld.fill(studio);
        world.rest.elapse();
    }

    private Path film() {
        return folder.resolve("film-sheet.png");
    }

    /** Asks for an export and lets the look at the folder pass, which comes before the queue. */
    private void ask() {
        choose(FilmFormat.CONTACT_SHEET);
        jobs.holdBack();
        studio.export().export();
        jobs.runLast();
    }

    private void choose(FilmFormat format) {
        ExportViewModel export = studio.export();
        export.open();
        world.answers.add(folder);
        export.chooseFolder();
        export.formats().set(format);
        export.nameProperty().set("film");
    }

    /** Answers that the file gives way, and lets the look at its place pass. */
    private void replace() {
        studio.export().replace();
        jobs.runLast();
    }

    private ExportJob newest() {
        return studio.exports().jobs().getLast();
    }

    private ExportJob cancelled() {
        ExportJob job = newest();
        studio.exports().cancel(job);
        jobs.runAll();
        assertEquals(ExportState.CANCELLED, job.stateProperty().get());
        return job;
    }

    private byte[] saved() throws IOException {
        jobs.runAll();
        assertEquals(ExportState.DONE, newest().stateProperty().get());
        return Files.readAllBytes(film());
    }

    private void retry(ExportJob job) {
        studio.exports().retry(job);
        jobs.runAll();
    }

    private void changeTheFilm() {
        studio.parameters().gamma().set(0.5);
        world.rest.elapse();
        jobs.runAll();
    }

    @Test
    void anExportThatIsTriedAgainDoesNotReplaceAFilmThatWasSavedMeanwhile() throws IOException {
        ask();
        ExportJob first = cancelled();
        changeTheFilm();
        ask();
        byte[] second = saved();
        retry(first);
        assertEquals(ExportState.FAILED, first.stateProperty().get());
        assertEquals(
                "“film-sheet.png” was not saved: there is a file of this name already. Rename or move it and try again,"
                        + " or export under another name.",
                first.textProperty().get());
        assertArrayEquals(second, Files.readAllBytes(film()));
        Files.move(film(), folder.resolve("second.png"));
        retry(first);
        assertEquals(ExportState.DONE, first.stateProperty().get());
        assertTrue(Files.exists(film()));
    }

    @Test
    void whoMayReplaceAFileMayNotReplaceAFilmThatWasSavedMeanwhile() throws IOException {
        Files.writeString(film(), "old");
        ask();
        replace();
        ExportJob first = cancelled();
        changeTheFilm();
        ask();
        replace();
        byte[] second = saved();
        retry(first);
        assertEquals(ExportState.FAILED, first.stateProperty().get());
        assertArrayEquals(second, Files.readAllBytes(film()));
    }

    @Test
    void anExportThatIsTriedAgainReplacesWhatItWasAskedAbout() throws IOException {
        Files.writeString(film(), "old");
        ask();
        replace();
        ExportJob first = cancelled();
        assertEquals("old", Files.readString(film()));
        retry(first);
        assertEquals(ExportState.DONE, first.stateProperty().get());
        assertTrue(Files.size(film()) > 100);
    }

    /** Exports a film with fresh noise as numbered pictures, each frame once, and tells what the window asked for. */
    private ExportRequest exported(ExportContent content, int scale) {
        var asked = new ArrayList<ExportRequest>();
        world.exporter = (request, progress, cancellation) -> {
            asked.add(request);
            new FilmExporter().export(request, progress, cancellation);
        };
        changeTheFilm();
        choose(FilmFormat.PNG_SEQUENCE);
        ExportViewModel export = studio.export();
        export.contents().set(content);
        export.scale().set(scale);
        export.order().set(Playback.ONCE);
        export.export();
        assertEquals(ExportState.DONE, newest().stateProperty().get(), newest().textProperty()::get);
        return asked.getFirst();
    }

    private static List<Picture> written(ExportRequest request) throws IOException {
        var pictures = new ArrayList<Picture>();
        try (Stream<Path> files = Files.list(request.target())) {
            for (Path file : files.sorted().toList()) {
                pictures.add(new ImageLoader().load(file));
            }
        }
        return pictures;
    }

    @Test
    void whatTheWindowExportsHasTheFramesInOrderAndTheRecipeOfItsFilm() throws IOException {
        ExportRequest asked = exported(ExportContent.MORPH, 1);
        List<Picture> frames = written(asked);
        assertEquals(17, frames.size());
        assertEquals(FakeWorld.plain(16, 16, 0xd04030), frames.getFirst());
        assertEquals(FakeWorld.plain(16, 16, 0x3050d0), frames.getLast());
        assertEquals(asked.frames(), frames);
        String text = Recipes.read(asked.target()).orElseThrow();
        Recipe recipe = Recipe.parse(text).orElseThrow();
        assertEquals(0.5, ((NoiseDiffusion) recipe.settings().method()).gamma());
        assertEquals(asked.request().settings(), recipe.settings());
        assertEquals(asked.model(), recipe.model());
        assertEquals("red.png", recipe.pictures().getFirst().name());
    }

    @Test
    void besideEachOtherEachFilmStandsOverItsOwnName() throws IOException {
        ExportRequest asked = exported(ExportContent.SIDE_BY_SIDE, 4);
        assertNotEquals(asked.frames(), asked.rival());
        List<Picture> frames = written(asked);
        assertEquals(17, frames.size());
        for (int i = 0; i < 17; i++) {
            Picture morph = Resampler.upscale(asked.frames().get(i), 4);
            Picture slerp = Resampler.upscale(asked.rival().get(i), 4);
            Picture left = Montage.above(morph, Caption.of("NoiseDiffusion", 64, 18));
            Picture right = Montage.above(slerp, Caption.of("Slerp", 64, 18));
            assertEquals(Montage.sideBySide(left, right, 16), frames.get(i), "frame " + i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void encodingIsMostOfTheWorkAndTellsHowFarItIs(FilmFormat format) {
        var news = new ArrayList<Progress>();
        world.exporter =
                (request, progress, cancellation) -> new FilmExporter().export(request, news::add, cancellation);
        choose(format);
        studio.export().export();
        assertEquals(ExportState.DONE, newest().stateProperty().get(), newest().textProperty()::get);

        List<Double> fractions = news.stream().map(Progress::fraction).toList();
        assertEquals(fractions.stream().sorted().toList(), fractions);
        assertEquals(1.0, fractions.getLast());
        List<Progress> encoding = of(Activity.Work.ENCODING_FILM, news);
        assertTrue(encoding.getFirst().fraction() < 0.2, encoding::toString);
        assertTrue(
                encoding.stream()
                        .anyMatch(now -> now.fraction() > 0.5
                                && now.fraction() < 1
                                && now.remaining().isPresent()),
                encoding::toString);
        assertTrue(encoding.getFirst().remaining().isEmpty());
        List<Progress> writing = of(Activity.Work.WRITING_FRAMES, news);
        assertFalse(writing.isEmpty());
        assertTrue(writing.stream().allMatch(now -> now.remaining().isEmpty()));
    }

    private static List<Progress> of(Activity activity, List<Progress> news) {
        return news.stream().filter(now -> now.activity().equals(activity)).toList();
    }
}
