package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.measure.Interval;
import dev.noisediffusion.model.ContentHash;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabViewModelTest {
    private static final String SMALL = """
            {"format": "noisediffusion-experiment", "version": 1, "name": "small", "title": "Small", "question": "Does it run?",
             "pairs": {"natural": 9, "generated": 0, "seed": 1, "generatedSteps": 3},
             "render": {"fractions": [0.5], "steps": 4, "depth": 0.6}, "seeds": [0],
             "grid": [{"set": {"placement": "none"}},
                      {"set": {"boundary": 1.5, "placement": "before"}, "axes": {"gamma": [0.2], "gain": [1.4]}},
                      {"set": {"method": "slerp"}, "axes": {"noiseScale": [1.2]}},
                      {"set": {"gamma": 0}, "axes": {"injection": [0]}},
                      {"set": {"injection": 0}, "axes": {"gamma": [0.3]}}],
             "baseline": "placement=none"}
            """;

    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner jobs = new SwitchedJobRunner();
    private final SwitchedJobRunner renders = new SwitchedJobRunner();
    private final StudioViewModel studio = world.studio(jobs, renders, world.rest);
    private final LabViewModel lab = studio.lab();

    @BeforeEach
    void choose() throws IOException {
        world.lab = folder.resolve("lab");
        Path file = folder.resolve("small.json");
        Files.writeString(file, SMALL);
        Path photographs = Files.createDirectories(folder.resolve("photographs"));
        for (int i = 0; i < 4; i++) {
            PngFile.write(
                    FakeWorld.plain(20 + i, 20, 0x203040 * (i + 1)), photographs.resolve("p" + i + ".png"), Map.of());
        }
        studio.model().open(Path.of("model"));
        lab.open();
        world.answers.add(file);
        lab.setup().openExperiment();
        world.answers.add(photographs);
        lab.setup().chooseFolder();
    }

    private LabLine line(int index) {
        return lab.table().lines().get(index);
    }

    private LabMark mark(int index, String metric) {
        return Objects.requireNonNull(line(index).marksProperty().get().get(metric));
    }

    private Path results() {
        return Objects.requireNonNull(lab.folder().pathProperty().get()).resolve("results.jsonl");
    }

    @Test
    void theStudiosExperimentsCanBeChosenAndOnesOwn() {
        assertEquals(6, lab.setup().experiments().size());
        LabExperiment first = lab.setup().experiments().getFirst();
        assertEquals("Ablation", first.title());
        assertEquals(
                "Small",
                Objects.requireNonNull(lab.setup().experimentProperty().get()).title());
        // Three calls each: the encodings of four photographs, and a frame of three pairs in five cells.
        assertEquals("About 57 network calls", lab.messageProperty().get());
        assertTrue(lab.canStart().getValue());
    }

    @Test
    void ofAModelThatReadsWordsItIsSaidThatItIsGivenNone() {
        assertFalse(lab.withoutWords().getValue());
        world.readsWords = true;
        studio.model().reopen();
        assertTrue(lab.withoutWords().getValue());
        lab.start();
        assertEquals(Set.of(Guidance.NONE), Set.copyOf(world.told));
    }

    /** The results of the two are not of one run. */
    @Test
    void aModelThatReadsWordsHasAnotherFolderThanOneThatDoesNot() {
        Path before = results();
        world.readsWords = true;
        studio.model().reopen();
        assertNotEquals(before, results());
        world.readsWords = false;
        studio.model().reopen();
        assertEquals(before, results());
    }

    @Test
    void everyCellIsMeasuredAndComparedWithTheBaseline() {
        lab.start();

        assertEquals("The report is ready", lab.messageProperty().get());
        assertEquals(
                List.of(
                        "Cut nowhere",
                        "Lubrication γ 0.2 · Injection 1.4",
                        "Noise × 1.2",
                        "Injection × 0",
                        "Lubrication γ 0.3"),
                lab.table().lines().stream().map(LabLine::label).toList());
        assertTrue(line(0).isBaseline());
        assertNull(mark(0, "brightness").difference());
        assertEquals(3, mark(1, "brightness").value().count());
        assertNotNull(mark(1, "brightness").difference());
        assertEquals(
                1.0,
                List.of(1, 2, 3, 4).stream()
                        .mapToDouble(i -> Math.abs(mark(i, "brightness").warmth()))
                        .max()
                        .orElseThrow());
        assertNotNull(line(1).frameProperty().get());
        assertFalse(lab.table().columnsProperty().get().stream()
                .anyMatch(column -> column.key().contains("ms-ssim")));
        assertTrue(Files.exists(results().resolveSibling("report.html")));
        assertFalse(lab.canStart().getValue());
        lab.folder().openReport();
        assertEquals(List.of(results().resolveSibling("report.html")), world.opened);
    }

    @Test
    void everySettingHasItsPathAmongThePhotographs() {
        var ways = new ArrayList<Integer>();
        lab.table()
                .chartsProperty()
                .subscribe(charts ->
                        ways.add(charts.isEmpty() ? 0 : charts.getFirst().ways().size()));

        lab.start();

        assertEquals(List.of(0, 1, 2, 3, 4, 5), ways.stream().distinct().toList());
        LabChart chart = lab.table().chartsProperty().get().getFirst();
        assertEquals("Paths among the photographs", chart.title());
        assertTrue(chart.plane().contains("in the bottleneck features of the model"), chart.plane());
        assertEquals(
                lab.table().lines(),
                chart.ways().stream().map(LabChart.Way::line).toList());
        assertEquals(4, chart.photographs().size());
        assertTrue(chart.photographs().containsAll(List.of(chart.first(), chart.second())));
        assertTrue(chart.first().x() <= chart.second().x());
        for (LabChart.Way way : chart.ways()) {
            assertEquals(1, way.frames().size());
            assertEquals(3, way.middles().size());
            assertEquals(way.frames().getFirst(), way.middles().getFirst());
            assertTrue(way.hidden().startsWith("off the plane: frames "), way.hidden());
        }
        lab.setup().pairs().set(2);
        assertEquals(List.of(), lab.table().chartsProperty().get());
    }

    @Test
    void whatIsPointedAtIsShownElseWhatIsChosen() {
        lab.start();
        var chosen = new LabTableViewModel.Spot(line(1), null);
        var pointed = new LabTableViewModel.Spot(line(2), null);
        lab.table().choose(chosen);
        assertEquals(chosen, lab.table().shown().getValue());
        lab.table().point(pointed);
        assertEquals(pointed, lab.table().shown().getValue());
        lab.table().point(null);
        assertEquals(chosen, lab.table().shown().getValue());
    }

    @Test
    void cellsFillInOneByOneAndAStoppedRunGoesOn() throws IOException {
        var seen = new ArrayList<Integer>();
        lab.table().boardProperty().addListener((observable, before, now) -> {
            if (now != null) {
                seen.add(now.done());
                if (seen.size() == 6) {
                    lab.cancel();
                }
            }
        });
        jobs.holdBack();
        lab.start();
        assertTrue(lab.busyProperty().get());
        assertEquals(1, studio.status().countProperty().get());
        jobs.runAll();

        assertEquals(List.of(0, 1, 2, 3, 4, 5), seen.subList(0, 6));
        assertEquals("Stopped; it goes on from here", lab.messageProperty().get());
        assertEquals("Go on", lab.startText().getValue());
        int before = world.networkCalls.get();
        lab.start();
        jobs.runAll();
        int rest = world.networkCalls.get() - before;
        assertEquals(
                15, Objects.requireNonNull(lab.table().boardProperty().get()).done());
        byte[] inTwo = Files.readAllBytes(results());
        Files.delete(results());
        before = world.networkCalls.get();
        lab.close();
        lab.open();
        jobs.runAll();
        lab.start();
        jobs.runAll();
        assertArrayEquals(inTwo, Files.readAllBytes(results()));
        assertTrue(rest < world.networkCalls.get() - before, "what was measured is not measured again");
    }

    @Test
    void whatWasMeasuredIsThereWhenTheSameIsChosenAgain() {
        lab.start();
        Path before = results();
        lab.setup().pairs().set(2);
        assertNotEquals(before, results());
        assertTrue(lab.table().lines().isEmpty());
        lab.setup().pairs().set(3);
        assertEquals(before, results());
        assertEquals("Everything is measured", lab.messageProperty().get());
        assertEquals(5, lab.table().lines().size());
    }

    @Test
    void aFolderThatCannotBeReadShowsNothingOfTheOneBefore() throws IOException {
        lab.setup().pairs().set(2);
        Path damaged = results();
        Files.createDirectories(damaged.getParent());
        Files.writeString(damaged, "no results\n");
        lab.setup().pairs().set(3);
        lab.start();
        assertTrue(lab.hasResults().getValue());
        assertFalse(lab.canStart().getValue());

        lab.setup().pairs().set(2);

        assertEquals(damaged, results());
        assertTrue(
                lab.messageProperty().get().contains(damaged.toString()),
                lab.messageProperty().get());
        assertTrue(lab.table().lines().isEmpty());
        assertFalse(lab.hasResults().getValue());
        assertTrue(lab.canStart().getValue());
    }

    /** Until version 4 the names of folders did not hold it. */
    @Test
    void resultsOfAnEarlierVersionStayWhereTheyAreAndDoNotHoldTheRunUp() throws IOException {
        LabOrder order = lab.setup().order().orElseThrow();
        OpenModel model = order.lease().open();
        String withoutVersion = ContentHash.ofTexts(
                order.experiment().toString(),
                model.model().id(),
                model.device(),
                order.photographs().identity(),
                "a test");
        Path earlier = Objects.requireNonNull(lab.folder().pathProperty().get())
                .resolveSibling("small-model-" + withoutVersion.substring(0, 8))
                .resolve("results.jsonl");
        String old = "{\"format\": \"noisediffusion-lab-results\", \"version\": 3}\n";
        Files.createDirectories(earlier.getParent());
        Files.writeString(earlier, old);

        lab.close();
        lab.open();
        lab.start();

        assertEquals("The report is ready", lab.messageProperty().get());
        assertEquals(old, Files.readString(earlier));
    }

    @Test
    void aModelThatIsReplacedStaysOpenForARunThatHasBegun() throws Exception {
        LabOrder order = lab.setup().order().orElseThrow();
        var work = new LabWork(
                new InlineJobRunner(),
                new LabServices(Path.of("assets", "experiments"), world.lab, () -> List.of("a test")));
        Thread closer = Thread.ofPlatform().daemon().unstarted(order.lease()::close);

        Path report = work.run(
                order,
                place -> {
                    closer.start();
                    while (closer.getState() != Thread.State.WAITING && closer.isAlive()) {
                        Thread.onSpinWait();
                    }
                },
                news -> {},
                ProgressListener.NONE,
                new CancellationToken());

        assertTrue(Files.exists(report));
        closer.join();
        assertEquals(1, world.closedModels.get());
    }

    @Test
    void ofADifferenceOfOnePairNoIntervalIsTold() {
        Interval one = Interval.student(new double[] {2}, 0, 1);
        Interval two = Interval.student(new double[] {1, 3}, 1, 1);
        String said = lab.words().exactly(LabMark.of(two, one, 2));
        assertTrue(said.contains("(95%: ") && said.endsWith("+2.000 against the baseline"), said);
        assertEquals("", lab.words().range(LabMark.of(one, null, 0)));
    }

    @Test
    void anotherDeviceDoesNotGoOnWithWhatWasMeasuredOnThisOne() {
        lab.start();
        Path before = results();
        world.device = "CUDA";
        studio.model().reopen();
        lab.setup().pairs().set(2);
        lab.setup().pairs().set(3);
        assertNotEquals(before, results());
        assertTrue(lab.table().lines().isEmpty());
    }

    @Test
    void aSettingIsUsedInOneStep() {
        studio.parameters().steps().set(33);
        studio.parameters().boundaryOffProperty().set(true);
        lab.start();
        lab.use(line(1));

        assertEquals(0.2, studio.parameters().gamma().get());
        assertEquals(1.4, studio.parameters().gain().get());
        assertEquals(1.5, studio.parameters().boundary().get());
        assertFalse(studio.parameters().boundaryOffProperty().get());
        assertEquals("BEFORE", studio.parameters().placement().get().name());
        assertEquals(0.6, studio.parameters().depth().get());
        assertEquals(33, studio.parameters().steps().get());
        assertEquals(
                "settings from the lab",
                studio.work().history().undoNameProperty().get());
        studio.work().history().undo();
        assertEquals(0, studio.parameters().gamma().get());
        assertTrue(studio.parameters().boundaryOffProperty().get());
        lab.use(line(0));
        assertTrue(studio.parameters().boundaryOffProperty().get());
        assertTrue(studio.parameters().masks().get().areNone());
        lab.use(line(3));
        assertFalse(studio.parameters().masks().get().areNone());
        studio.work().history().undo();
        assertTrue(studio.parameters().masks().get().areNone());
        lab.use(line(4));
        assertEquals(0.3, studio.parameters().gamma().get());
        assertFalse(studio.parameters().masks().get().areNone());
    }

    @Test
    void aSettingThatTheWindowCannotHaveAsItIsIsToldWhenItIsUsed() throws IOException {
        Path file = folder.resolve("extreme.json");
        Files.writeString(
                file,
                SMALL.replace("\"boundary\": 1.5", "\"boundary\": 8")
                        .replace("\"gamma\": [0.2]", "\"gamma\": [0.125]"));
        world.answers.add(file);
        lab.setup().openExperiment();
        lab.start();

        lab.use(line(1));

        assertEquals(
                "Used: Lubrication γ 0.125 · Injection 1.4\nLubrication γ 0.125 → 0.13, Boundary 8.00 → 4.00",
                lab.messageProperty().get());
        lab.use(line(4));
        assertEquals("Used: Lubrication γ 0.3", lab.messageProperty().get());
    }

    @Test
    void whatWasChosenDuringARunIsLookedAtWhenItEnds() {
        jobs.holdBack();
        lab.start();
        lab.setup().pairs().set(2);
        jobs.runAll();
        assertFalse(lab.busyProperty().get());
        assertTrue(lab.canStart().getValue());
        assertTrue(lab.table().lines().isEmpty());
        assertTrue(
                lab.messageProperty().get().startsWith("About "),
                lab.messageProperty().get());
    }

    @Test
    void photographsThatWereEditedAreMeasuredAnew() throws IOException {
        lab.start();
        PngFile.write(
                FakeWorld.plain(20, 20, 0xabcdef), folder.resolve("photographs").resolve("p1.png"), Map.of("a", "b"));
        lab.close();
        lab.open();
        assertTrue(lab.canStart().getValue());
        assertTrue(lab.table().lines().isEmpty());
    }

    @Test
    void noiseThatIsSpoiltOnPurposeIsNoSetting() {
        lab.start();
        assertFalse(lab.canUse(line(2)));
        lab.use(line(2));
        assertEquals(MethodName.NOISE_DIFFUSION, studio.parameters().method().get());
    }

    @Test
    void aFolderThatIsStillBeingReadDoesNotTakeThePlaceOfWhatIsChosenSince() {
        lab.setup().takePicturesOfMorph();
        jobs.holdBack();
        world.answers.add(folder.resolve("photographs"));
        lab.setup().chooseFolder();
        lab.setup().takePicturesOfMorph();
        jobs.runAll();
        assertFalse(lab.setup().isOfFolder().getValue());
    }

    private void beginToReadPhotographs() {
        world.answers.add(folder.resolve("photographs"));
        lab.setup().chooseFolder();
        assertEquals("Reading the photographs…", lab.setup().countedProperty().get());
    }

    @Test
    void aFolderIsSaidToBeReadUntilThatIsOver() {
        String counted = lab.setup().countedProperty().get();
        jobs.holdBack();
        beginToReadPhotographs();
        jobs.runAll();
        assertEquals(counted, lab.setup().countedProperty().get());
        beginToReadPhotographs();
        jobs.tokens().getLast().cancel();
        jobs.runAll();
        assertEquals(counted, lab.setup().countedProperty().get());
        for (int i = 0; i < 2; i++) {
            beginToReadPhotographs();
            lab.setup().takePicturesOfMorph();
            assertEquals(
                    "Photographs: 0 · pairs of them: 0",
                    lab.setup().countedProperty().get());
        }
    }

    @Test
    void nothingIsMeasuredWhileTheChosenFolderIsBeingRead() {
        lab.setup().takePicturesOfMorph();
        studio.keyframes().add(FakeWorld.offers("red.png", "blue.png"));
        assertTrue(lab.canStart().getValue());
        jobs.holdBack();
        beginToReadPhotographs();
        assertFalse(lab.canStart().getValue());
        lab.start();
        assertFalse(lab.busyProperty().get());
        assertEquals("Reading the photographs…", lab.messageProperty().get());
        studio.keyframes().reverse();
        assertEquals("Reading the photographs…", lab.setup().countedProperty().get());

        jobs.runAll();

        assertTrue(lab.setup().isOfFolder().getValue());
        assertTrue(lab.canStart().getValue());
    }

    @Test
    void thePicturesOfTheMorphAreKeptBesideTheResults() {
        lab.setup().takePicturesOfMorph();
        assertEquals(
                "Put two different pictures into the morph, or choose a folder of photographs.",
                lab.messageProperty().get());
        assertFalse(lab.canStart().getValue());
        studio.keyframes().add(FakeWorld.offers("red.png", "blue.png"));
        assertTrue(lab.canStart().getValue());
        lab.start();
        assertEquals(1, mark(0, "brightness").value().count());
        assertTrue(Files.exists(results().resolveSibling("photographs").resolve("A red.png.png")));
    }

    @Test
    void aPictureThatTheMorphComesBackToCountsOnce() {
        lab.setup().takePicturesOfMorph();
        studio.keyframes().add(FakeWorld.offers("red.png", "blue.png", "red.png"));
        assertEquals(
                "Photographs: 2 · pairs of them: 1",
                lab.setup().countedProperty().get());
    }

    @Test
    void onePictureTwiceMakesNoPairAndSoAnotherIsAskedFor() {
        lab.setup().takePicturesOfMorph();
        studio.keyframes().add(FakeWorld.offers("red.png", "red.png"));
        assertTrue(
                lab.messageProperty().get().startsWith("Put two different pictures into the morph"),
                lab.messageProperty()::get);
        assertFalse(lab.canStart().getValue());
    }

    private boolean waitsForTheStudio() {
        return lab.messageProperty().get().endsWith("waits for the studio");
    }

    @Test
    void aRunWaitsWhileTheStudioRendersOrFillsASheet() {
        studio.keyframes().add(FakeWorld.offers("red.png", "blue.png"));
        jobs.holdBack();
        renders.holdBack();
        lab.start();
        assertFalse(waitsForTheStudio());
        studio.render().start();
        assertTrue(waitsForTheStudio());
        renders.runAll();
        assertFalse(waitsForTheStudio());
        studio.sheet().openContactSheet();
        assertTrue(waitsForTheStudio());
        studio.sheet().close();
        assertFalse(waitsForTheStudio());
        studio.parameters().gamma().set(0.5);
        assertTrue(waitsForTheStudio(), "for a look at the frame in sight");
    }

    @Test
    void aRunGoesOnWhenThePageIsClosedAndEndsWithTheStudio() {
        jobs.holdBack();
        lab.start();
        lab.close();
        assertFalse(jobs.tokens().getLast().isCancelled());
        assertTrue(lab.busyProperty().get());
        studio.cancelAll();
        assertTrue(jobs.tokens().getLast().isCancelled());
        jobs.runAll();
        assertFalse(lab.busyProperty().get());
    }

    @Test
    void whyARunFailedIsToldThoughItsPageWasClosed() {
        jobs.holdBack();
        lab.start();
        lab.close();
        world.failing = true;
        jobs.runAll();
        lab.open();
        jobs.runAll();
        assertTrue(
                lab.messageProperty().get().startsWith("Begun; "),
                lab.messageProperty().get());
        assertEquals(
                "The lab could not go on with “Small”; what is measured stays. The network is out of memory.",
                lab.newsProperty().get());
        world.failing = false;
        lab.start();
        assertEquals("", lab.newsProperty().get());
        jobs.runAll();
        assertEquals("The report is ready", lab.messageProperty().get());
        assertEquals("", lab.newsProperty().get());
    }

    @Test
    void whyARunFailedIsToldThoughSomethingElseIsChosen() {
        jobs.holdBack();
        lab.start();
        lab.setup().pairs().set(2);
        world.failing = true;
        jobs.runAll();
        assertTrue(
                lab.messageProperty().get().startsWith("About "),
                lab.messageProperty().get());
        assertTrue(
                lab.newsProperty().get().endsWith("The network is out of memory."),
                lab.newsProperty().get());
        lab.dismissNews();
        assertEquals("", lab.newsProperty().get());
    }

    @Test
    void troubleIsToldAndAnotherTryIsPossible() {
        world.failing = true;
        lab.start();
        assertEquals("The network is out of memory.", lab.messageProperty().get());
        assertEquals("", lab.newsProperty().get(), "the page tells of it");
        world.failing = false;
        lab.start();
        assertEquals("The report is ready", lab.messageProperty().get());
    }
}
