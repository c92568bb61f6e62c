package dev.noisediffusion.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.JavaCommand;
import dev.noisediffusion.RecordedLog;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.diffusion.Network;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.files.Lockless;
import dev.noisediffusion.files.Turns;
import dev.noisediffusion.image.ImageException;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.LabRefusal;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.morph.MorphFixtures;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentRunnerTest {
    @TempDir
    private Path folder;

    private final MorphFixtures.RecordingDenoiser denoiser = MorphFixtures.denoiser();
    private Experiment experiment = LabFixtures.experiment();
    private List<Eye> eyes = List.of(new LabFixtures.Colours());

    @BeforeEach
    void takePhotographs() throws IOException {
        Path photographs = Files.createDirectories(folder.resolve("photographs"));
        for (int i = 0; i < 6; i++) {
            PngFile.write(MorphFixtures.picture(i), photographs.resolve("p" + i + ".png"), Map.of());
        }
    }

    private ExperimentRunner runner() throws LabException {
        return new ExperimentRunner(
                MorphFixtures.model(denoiser, 1),
                experiment,
                PictureSet.below(folder.resolve("photographs")),
                new Instruments(Gauges.standard(), eyes, List.of("a test")));
    }

    private Path run(String target, Shard shard) throws Exception {
        return runner().run(folder.resolve(target), shard, ProgressListener.NONE, new CancellationToken());
    }

    @Test
    void everyPairIsMeasuredInEveryCellWithEverySeed() throws Exception {
        ResultsFile.Content content = ResultsFile.read(run("whole", Shard.WHOLE));

        assertEquals(4 * 3 * 2, content.rows().size());
        assertEquals(
                1.0, Objects.requireNonNull(content.rows().getFirst().values().get("noise-norm")), 0.5);
        assertEquals(6, content.header().photographs());
        // Two natural pairs and two of pictures that the model made; each on the contact sheet with the first seed.
        assertEquals(
                4 * 3,
                content.rows().stream().filter(row -> row.pictures() != null).count());
    }

    /** Reads words, whatever they are. */
    private record Reader(Denoiser deaf) implements Network {
        @Override
        public Denoiser denoiser(Guidance guidance) {
            return deaf;
        }

        @Override
        public boolean readsPrompts() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void theRecipeSaysThatAModelThatReadsWordsWasGivenNone() throws Exception {
        String said = "Measured without words: an empty prompt, guidance 1";
        assertFalse(page(run("deaf", new Shard(1, 24))).contains(said));
        var reader = new ExperimentRunner(
                MorphFixtures.model(new Reader(denoiser), 1),
                experiment,
                PictureSet.below(folder.resolve("photographs")),
                new Instruments(Gauges.standard(), eyes, List.of("a test")));
        assertTrue(page(reader.run(
                        folder.resolve("reader"), new Shard(1, 24), ProgressListener.NONE, new CancellationToken()))
                .contains(said));
    }

    private static String page(Path results) throws LabException {
        ResultsFile.Content content = ResultsFile.read(results);
        return new ReportPage(content.header(), Summary.of(content), List.of(), Optional.empty()).html();
    }

    /** Keeps the morphs that it is shown. */
    private static final class Witness implements Gauge {
        private final List<MorphSample> seen = new ArrayList<>();

        @Override
        public List<Metric> metrics() {
            return List.of(new Metric("seen", "Seen", "1 each time"));
        }

        @Override
        public Map<String, Double> measure(MorphSample sample) {
            seen.add(sample);
            return Map.of("seen", 1.0);
        }
    }

    /** With noise introduction x_t at f = 0 is {@code sqrt(abar) x0 + sqrt(1 - abar) eps}. */
    @Test
    void everyPairHasFreshNoiseOfItsOwnWhichItsCellsShare() throws Exception {
        experiment = LabFixtures.experiment(
                new Experiment.PairCounts(2, 1, 2, 3),
                List.of(7L),
                List.of(new Block(Map.of("method", "noise-introduction"), Map.of("depth", List.of(0.5, 0.7)), null)),
                null,
                null);
        var witness = new Witness();
        var runner = new ExperimentRunner(
                MorphFixtures.model(denoiser, 1),
                experiment,
                PictureSet.below(folder.resolve("photographs")),
                new Instruments(List.of(witness), List.of(), List.of("a test")));

        List<Row> rows = ResultsFile.read(runner.run(
                        folder.resolve("noise"), Shard.WHOLE, ProgressListener.NONE, new CancellationToken()))
                .rows();

        assertEquals(3 * 2, rows.size());
        for (Row row : rows) {
            Tensor fresh = fresh(witness.seen.get(row.item()), row.cell());
            Tensor ofSeed = Kernels.gaussian(fresh.shape(), row.seed());
            assertEquals(0, Kernels.maxAbsDifference(fresh, ofSeed), 1e-4, row::toString);
        }
        for (int pair = 0; pair < 3; pair++) {
            assertEquals(rows.get(2 * pair).seed(), rows.get(2 * pair + 1).seed());
        }
        assertEquals(3, rows.stream().map(Row::seed).distinct().count());
    }

    /** The fresh noise in a sample of noise introduction. */
    private Tensor fresh(MorphSample sample, int cell) {
        MorphSettings settings = experiment.cells().get(cell).settings();
        double kept = Timetable.toDepth(MorphFixtures.settings(), settings.steps(), settings.signalLevel())
                .startAlphaBar();
        Tensor start = sample.frames().getFirst().start().orElseThrow();
        return Kernels.linear(
                1 / Math.sqrt(1 - kept),
                start,
                -Math.sqrt(kept / (1 - kept)),
                sample.first().toTensor());
    }

    @Test
    void onlyMetricsThatAreChosenAreMeasuredAndTheyAreAsTheyWere() throws Exception {
        List<Row> all = ResultsFile.read(run("whole", Shard.WHOLE)).rows();
        experiment = withMetrics("noise-norm", "brightness");

        ResultsFile.Content chosen = ResultsFile.read(run("chosen", Shard.WHOLE));

        assertEquals(
                List.of("brightness", "noise-norm"),
                chosen.header().metrics().stream().map(Metric::key).toList());
        for (int i = 0; i < all.size(); i++) {
            Row row = chosen.rows().get(i);
            var before = new TreeMap<>(all.get(i).values());
            before.keySet().retainAll(List.of("brightness", "noise-norm"));
            assertEquals(2, before.size());
            assertEquals(before, row.values());
            // The report's distances of sets need no choice.
            assertEquals(all.get(i).vectors(), row.vectors());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gama", "set-kernel", "set-frechet", "kid", "fid"})
    void metricsThatNoGaugeHasAreRefused(String key) {
        experiment = withMetrics("brightness", key);

        String sentence = Refusals.sentence(LabException.class, this::runner);

        assertTrue(
                sentence.startsWith(
                        "The experiment asks for metrics that are not known here: " + key + "; there are mix-psnr, "),
                sentence);
    }

    private static Experiment withMetrics(String... keys) {
        Experiment all = LabFixtures.experiment();
        return LabFixtures.experiment(all.pairs(), all.seeds(), all.grid(), List.of(keys), all.baseline());
    }

    @Test
    void theFirstPairOfEachKindKeepsItsWholePathAndItsNumbersStayAsTheyWere() throws Exception {
        List<Row> rows = ResultsFile.read(run("whole", Shard.WHOLE)).rows();

        for (Row row : rows) {
            boolean plotted = row.pair() % 2 == 0 && row.item() % 2 == 0;
            assertEquals(plotted ? 5 : 0, row.path() == null ? 0 : row.path().size(), row::toString);
            if (row.path() != null && row.vectors() != null) {
                assertEquals(
                        row.path().get(2),
                        Objects.requireNonNull(row.vectors().get("bottleneck")).getFirst());
                assertEquals(5, row.path().stream().distinct().count());
            }
        }
        eyes = List.of();
        List<Row> alone = ResultsFile.read(run("alone", Shard.WHOLE)).rows();
        assertEquals(
                alone.stream().map(Row::values).toList(),
                rows.stream().map(Row::values).toList());
        assertTrue(alone.stream().allMatch(row -> row.path() == null));
    }

    /** Where locks are binding, nobody could read what a run has locked; where they are not, a reader's close could end one. */
    @Test
    void whatIsWrittenCanBeReadByAllAndWrittenByNobodyElse() throws Exception {
        Header header = ResultsFile.read(run("whole", Shard.WHOLE)).header();
        Path file = folder.resolve("other").resolve(ResultsFile.NAME);
        try (ResultsFile results = ResultsFile.open(file, header, 0)) {
            assertEquals(0, results.next());
            try (FileChannel reader = FileChannel.open(file, StandardOpenOption.READ)) {
                assertNotNull(reader.tryLock(0, Files.size(file), true));
            }
            ResultsFile.read(file);
            assertEquals(List.of("taken"), inAnotherProcess(file));
            assertThrows(LabException.class, () -> ResultsFile.open(file, header, 0));
        }
        assertEquals(List.of("free"), inAnotherProcess(file));
    }

    @Test
    @SuppressWarnings("try") // held, not used
    void whereNothingCanBeLockedARunWritesAllTheSame() throws Exception {
        Path file = folder.resolve("lockless").resolve(ResultsFile.NAME);
        Turns turns = Lockless.turns();
        try (Turns.Turn ignored = ResultsFile.turn(file, turns)) {
            assertThrows(LabException.class, () -> ResultsFile.turn(file, turns));
        }
        ResultsFile.turn(file, turns).close();
    }

    private static List<String> inAnotherProcess(Path results) throws Exception {
        Process process = new ProcessBuilder(JavaCommand.of(List.of(), AnotherRun.class, results.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = process.inputReader()) {
            return said.lines().toList();
        }
    }

    /** Says whether results can be written by this process. */
    static final class AnotherRun {
        private AnotherRun() {}

        public static void main(String... arguments) throws IOException {
            try (var turn = ResultsFile.turn(Path.of(arguments[0]))) {
                IO.println(turn == null ? "" : "free");
            } catch (LabException e) {
                IO.println("taken");
            }
        }
    }

    @Test
    void theContactSheetOfResultsIsNoPhotograph() throws Exception {
        Path photographs = folder.resolve("photographs");
        PictureSet before = PictureSet.below(photographs);
        PngFile.write(MorphFixtures.picture(9), photographs.resolve("contact-sheet.png"), Map.of());
        assertEquals(before.size() + 1, PictureSet.below(photographs).size());
        Files.writeString(photographs.resolve(ResultsFile.NAME), "");
        assertEquals(before, PictureSet.below(photographs));
    }

    @Test
    void aPhotographThatIsThereTwiceCountsOnce() throws Exception {
        Path photographs = folder.resolve("photographs");
        Path below = Files.createDirectory(photographs.resolve("below"));
        Files.copy(photographs.resolve("p2.png"), below.resolve("copy.png"));
        var said = new ArrayList<String>();

        PictureSet set = PictureSet.below(photographs, said::add);

        assertEquals(List.of("below/copy.png", "p0.png", "p1.png", "p3.png", "p4.png", "p5.png"), set.names());
        assertEquals(List.of("\"p2.png\" is left out: it is a copy of \"below/copy.png\"."), said);
        assertEquals(set, PictureSet.below(photographs));
    }

    /** Only files of equal size are read. */
    @Test
    void whoIsCancelledReadsNoPhotographs() throws Exception {
        Path photographs = folder.resolve("photographs");
        Files.copy(photographs.resolve("p2.png"), photographs.resolve("copy.png"));
        var cancellation = new CancellationToken();
        cancellation.cancel();

        assertThrows(CancellationException.class, () -> cancellation.during(() -> PictureSet.below(photographs)));
    }

    @Test
    void aPictureThatWasEditedMakesAnotherSet() throws Exception {
        Path photographs = folder.resolve("photographs");
        PictureSet set = PictureSet.below(photographs);
        String before = set.identity();
        assertEquals(before, PictureSet.below(photographs).identity());
        PngFile.write(MorphFixtures.picture(9), photographs.resolve("p3.png"), Map.of("note", "edited"));
        assertNotEquals(before, set.identity());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theCallsAreCountedBeforehand(boolean seen) throws Exception {
        eyes = seen ? eyes : List.of();
        var said = new ArrayList<Double>();
        runner().run(folder.resolve("whole"), Shard.WHOLE, news -> said.add(news.fraction()), new CancellationToken());

        // No crossfade is among the cells, so that every unit is a call.
        assertEquals(
                denoiser.batches.size(),
                said.stream().filter(share -> share <= 1).distinct().count());
        if (seen) {
            assertEquals(
                    denoiser.batches.size(),
                    CallCount.of(MorphFixtures.model(MorphFixtures.denoiser(), 1), experiment, 6));
        }
    }

    /** Two calls from the clean picture to the one depth, three to the other. */
    @ParameterizedTest
    @CsvSource({"0.3, 0.8", "0.8, 0.3"})
    void ofSeveralDepthsOnlyTheDeepestEncodingIsCounted(double first, double second) throws Exception {
        requireCounted(List.of(4), List.of(first, second));
    }

    @Test
    void aSingleStepIsCountedAtEachDepthSinceItLiesOnTheWayToNone() throws Exception {
        requireCounted(List.of(1), List.of(0.3, 0.8));
    }

    @Test
    void theFirstCallIsCountedOnceWhereOtherStepsHaveItInCommon() throws Exception {
        requireCounted(List.of(4, 5), List.of(0.3, 0.8));
    }

    /** Runs cells that are encoded in each way. */
    private void requireCounted(List<Object> steps, List<Object> depths) throws Exception {
        Experiment all = LabFixtures.experiment();
        var cells = new Block(Map.of("method", "slerp"), Map.of("steps", steps, "depth", depths), null);
        experiment = LabFixtures.experiment(all.pairs(), List.of(7L), List.of(cells), null, null);

        run("whole", Shard.WHOLE);

        assertEquals(
                denoiser.batches.size(), CallCount.of(MorphFixtures.model(MorphFixtures.denoiser(), 1), experiment, 6));
    }

    /** Whole strides of 600 steps would begin at timestep 599, in which there is a picture still. */
    @Test
    void theCallsOfPicturesThatTakeMoreStepsThanAreAskedForAreCountedToo() throws Exception {
        experiment = experiment.withPairs(new Experiment.PairCounts(0, 1, 2, 600));

        run("whole", Shard.WHOLE);

        assertTrue(denoiser.batches.size() > 2 * 600);
        assertEquals(
                denoiser.batches.size(), CallCount.of(MorphFixtures.model(MorphFixtures.denoiser(), 1), experiment, 6));
    }

    /** The results of a run whose network overflows in one call. */
    private ResultsFile.Content runThatOverflowsIn(int call) throws Exception {
        var calls = new AtomicInteger();
        Denoiser overflowing = (noisy, timestep) -> Kernels.affine(
                calls.incrementAndGet() == call ? Double.POSITIVE_INFINITY : 1, denoiser.predict(noisy, timestep), 0);
        var runner = new ExperimentRunner(
                MorphFixtures.model(overflowing, 1),
                experiment,
                PictureSet.below(folder.resolve("photographs")),
                new Instruments(Gauges.standard(), eyes, List.of("a test")));

        return ResultsFile.read(
                runner.run(folder.resolve("overflowing"), Shard.WHOLE, ProgressListener.NONE, new CancellationToken()));
    }

    /** The fifth call is one for the first result. */
    @Test
    void whatOverflowsIsNotMeasuredAndTheExperimentGoesOn() throws Exception {
        ResultsFile.Content sound = ResultsFile.read(run("whole", Shard.WHOLE));

        ResultsFile.Content content = runThatOverflowsIn(5);

        List<Row> rows = content.rows();
        assertEquals(sound.rows().subList(1, 24), rows.subList(1, 24));
        Row first = rows.getFirst();
        Row measured = sound.rows().getFirst();
        assertEquals(Map.of(), first.values());
        assertNull(first.path());
        assertEquals(withoutFrame(measured.pictures()), first.pictures());
        assertEquals(
                withoutFrame(Objects.requireNonNull(measured.vectors()).get("bottleneck")),
                Objects.requireNonNull(first.vectors()).get("bottleneck"));
        // Nothing else is lost to those who look at the results.
        Picture sheet = FrameSheet.of(content, Long.MAX_VALUE).orElseThrow();
        Picture soundSheet = FrameSheet.of(sound, Long.MAX_VALUE).orElseThrow();
        assertEquals(soundSheet.width(), sheet.width());
        assertEquals(soundSheet.height(), sheet.height());
        assertEquals(24, new Scoreboard(content).board().done());
        assertEquals(
                PathGatherer.charts(sound).size(), PathGatherer.charts(content).size());
    }

    private static List<String> withoutFrame(@Nullable List<String> frameAndPair) {
        return Stream.concat(
                        Stream.of(""),
                        Objects.requireNonNull(frameAndPair).stream().skip(1))
                .toList();
    }

    @Test
    void theLogNamesWhatIsNotMeasuredAsTheTablesDo() throws Exception {
        try (var log = new RecordedLog()) {
            long seed = runThatOverflowsIn(5).rows().getFirst().seed();
            String cell = experiment.cells().getFirst().label();
            assertEquals(
                    List.of("Pair 1 in cell \"" + cell + "\" with seed " + seed + " is not measured"),
                    log.entriesOf(RowMaker.class).stream()
                            .map(LogRecord::getMessage)
                            .toList());
        }
    }

    /** The frames of a path that are not measured are the last that an item is rendered for. */
    @Test
    void aPathThatOverflowsTakesNoNumbersWithIt() throws Exception {
        List<Row> sound = ResultsFile.read(run("whole", Shard.WHOLE)).rows();
        denoiser.batches.clear();
        run("first", new Shard(1, 24));

        List<Row> rows = runThatOverflowsIn(denoiser.batches.size()).rows();

        assertNull(rows.getFirst().path());
        Row first = sound.getFirst();
        assertNotNull(first.path());
        assertEquals(
                new Row(
                        first.item(),
                        first.pair(),
                        first.cell(),
                        first.seed(),
                        first.values(),
                        first.pictures(),
                        first.vectors(),
                        null),
                rows.getFirst());
        assertEquals(sound.subList(1, 24), rows.subList(1, 24));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 24, 30})
    void theShardsTogetherAreTheWholeByteForByte(int count) throws Exception {
        Path whole = run("whole", Shard.WHOLE);
        for (int number = count; number >= 1; number--) {
            run(number % 2 == 0 ? "even" : "odd", new Shard(number, count));
        }
        if (count > 1) {
            Path merged =
                    ShardMerge.merge(List.of(folder.resolve("odd"), folder.resolve("even")), folder.resolve("merged"));
            assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(merged));
        } else {
            assertArrayEquals(
                    Files.readAllBytes(whole),
                    Files.readAllBytes(folder.resolve("odd").resolve(ResultsFile.NAME)));
        }
    }

    @Test
    void aRunThatIsCancelledEndsWithinACallAndGoesOnWhereItStopped() throws Exception {
        byte[] whole = Files.readAllBytes(run("whole", Shard.WHOLE));
        int all = denoiser.batches.size();
        denoiser.batches.clear();
        var token = new CancellationToken();
        denoiser.beforeCall = () -> {
            if (denoiser.batches.size() == all / 2) {
                token.cancel();
            }
        };
        ExperimentRunner cancelled = runner();

        assertThrows(
                CancellationException.class,
                () -> cancelled.run(folder.resolve("cut"), Shard.WHOLE, ProgressListener.NONE, token));

        assertTrue(denoiser.batches.size() <= all / 2 + 1);
        denoiser.beforeCall = () -> {};
        int kept = ResultsFile.read(folder.resolve("cut").resolve(ResultsFile.NAME))
                .rows()
                .size();
        assertTrue(kept > 0 && kept < 24, () -> "kept " + kept);
        denoiser.batches.clear();
        assertArrayEquals(whole, Files.readAllBytes(run("cut", Shard.WHOLE)));
        assertTrue(denoiser.batches.size() < all);
    }

    @Test
    void photographsAreLookedAtOnlyUntilTheRunIsCancelled() {
        var token = new CancellationToken();
        token.cancel();

        assertThrows(CancellationException.class, () -> token.during(() -> runner()));
    }

    @Test
    void halfALineOfAKilledRunIsCutOffAndMeasuredAgain() throws Exception {
        byte[] whole = Files.readAllBytes(run("whole", Shard.WHOLE));
        Path cut = Files.createDirectories(folder.resolve("cut")).resolve(ResultsFile.NAME);
        Files.write(cut, java.util.Arrays.copyOf(whole, whole.length * 2 / 3));

        assertArrayEquals(whole, Files.readAllBytes(run("cut", Shard.WHOLE)));
    }

    @Test
    void resultsOfSomethingElseAreNotWrittenInto() throws Exception {
        byte[] before = Files.readAllBytes(run("whole", Shard.WHOLE));
        experiment = experiment.withPairs(new Experiment.PairCounts(1, 1, 2, 3));

        assertTrue(Refusals.sentence(LabException.class, () -> run("whole", Shard.WHOLE))
                .contains("choose another folder"));
        assertArrayEquals(before, Files.readAllBytes(folder.resolve("whole").resolve(ResultsFile.NAME)));
    }

    /** Four cells of one pair. */
    private static Experiment withAxes(String first, String second) {
        var axes = new LinkedHashMap<String, List<Object>>();
        axes.put(first, List.of(0.2, 0.4));
        axes.put(second, List.of(0.2, 0.4));
        return LabFixtures.experiment(
                new Experiment.PairCounts(1, 0, 2, 3),
                List.of(7L),
                List.of(new Block(Map.of(), axes, null)),
                null,
                null);
    }

    /** It numbers the cells. */
    @Test
    void theSameAxesInAnotherOrderAreAnotherRun() throws Exception {
        experiment = withAxes("gamma", "injection");
        Path whole = run("whole", Shard.WHOLE);
        byte[] before = Files.readAllBytes(whole);
        run("parts", new Shard(1, 2));
        experiment = withAxes("injection", "gamma");
        run("parts", new Shard(2, 2));
        List<Path> parts = List.of(folder.resolve("parts"));

        LabException refused = assertThrows(LabException.class, () -> run("whole", Shard.WHOLE));
        String sentence =
                Refusals.sentence(LabException.class, () -> ShardMerge.merge(parts, folder.resolve("merged")));

        assertEquals(LabRefusal.OTHER_RUN.with(whole), refused.trouble());
        assertArrayEquals(before, Files.readAllBytes(whole));
        assertTrue(sentence.startsWith(parts.getFirst().resolve("shard-2-of-2.jsonl") + " is of another"), sentence);
    }

    @Test
    void damagedResultsAreRefused() throws Exception {
        Path results = run("whole", Shard.WHOLE);
        List<String> lines = new ArrayList<>(Files.readAllLines(results));
        lines.set(3, lines.get(3).substring(5));
        Files.writeString(results, String.join("\n", lines) + "\n");

        assertTrue(Refusals.sentence(LabException.class, () -> run("whole", Shard.WHOLE))
                .contains("damaged"));
    }

    @Test
    void aDamagedPhotographIsFoundBeforeAnythingIsRendered() throws Exception {
        Files.write(
                folder.resolve("photographs").resolve("p3.png"),
                "no picture".getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.TRUNCATE_EXISTING);
        experiment = experiment.withPairs(new Experiment.PairCounts(15, 0, 2, 3));

        String sentence = Refusals.sentence(ImageException.class, () -> run("whole", Shard.WHOLE));

        assertTrue(sentence.contains("p3.png"), sentence);
        assertTrue(denoiser.batches.isEmpty());
    }

    @Test
    void morePairsThanThereAreAreRefused() {
        experiment = experiment.withPairs(new Experiment.PairCounts(16, 0, 2, 3));
        LabException refused = assertThrows(LabException.class, this::runner);
        assertEquals("There are not 16 pairs of 6 photographs; give more or take fewer pairs.", refused.getMessage());
        assertEquals(LabRefusal.TOO_FEW_PAIRS.with(16, 6), refused.trouble());
    }

    @Test
    void resultsOfAnotherRunAreNotMergedOver() throws Exception {
        Path whole = run("target", Shard.WHOLE);
        byte[] before = Files.readAllBytes(whole);
        experiment = experiment.withPairs(new Experiment.PairCounts(1, 0, 2, 3));
        run("parts", new Shard(1, 2));
        run("parts", new Shard(2, 2));
        List<Path> parts = List.of(folder.resolve("parts"));

        LabException refused =
                assertThrows(LabException.class, () -> ShardMerge.merge(parts, folder.resolve("target")));

        assertEquals(LabRefusal.OTHER_RUN.with(whole), refused.trouble());
        assertArrayEquals(before, Files.readAllBytes(whole));
        Path merged = ShardMerge.merge(parts, folder.resolve("merged"));
        assertEquals(merged, ShardMerge.merge(parts, folder.resolve("merged")));
    }

    @Test
    void shardsThatAreMissingOrThereTwiceAreNamed() throws Exception {
        run("one", new Shard(1, 3));
        run("one", new Shard(3, 3));
        List<Path> one = List.of(folder.resolve("one"));
        assertTrue(Refusals.sentence(LabException.class, () -> ShardMerge.merge(one, folder.resolve("merged")))
                .contains("missing: 2"));
        run("two", new Shard(1, 3));
        List<Path> both = List.of(folder.resolve("one"), folder.resolve("two"));
        assertTrue(Refusals.sentence(LabException.class, () -> ShardMerge.merge(both, folder.resolve("merged")))
                .contains("twice"));
        assertFalse(Files.exists(folder.resolve("merged").resolve(ResultsFile.NAME)));
    }

    @Test
    void aFolderThatIsGivenTwiceIsReadOnce() throws Exception {
        byte[] whole = Files.readAllBytes(run("whole", Shard.WHOLE));
        run("parts", new Shard(1, 2));
        run("parts", new Shard(2, 2));
        Path parts = folder.resolve("parts");
        List<Path> twice = List.of(parts, parts.resolve("..").resolve("parts"));

        assertArrayEquals(whole, Files.readAllBytes(ShardMerge.merge(twice, folder.resolve("merged"))));
    }

    @Test
    void shardsOfRunsInOtherPartsAreNotMerged() throws Exception {
        run("parts", new Shard(1, 2));
        run("parts", new Shard(2, 3));
        List<Path> parts = List.of(folder.resolve("parts"));

        assertEquals(
                "There are shards of a run in 2 parts and of one in 3; keep those of one run only.",
                Refusals.sentence(LabException.class, () -> ShardMerge.merge(parts, folder.resolve("merged"))));
        assertFalse(Files.exists(folder.resolve("merged").resolve(ResultsFile.NAME)));
    }

    @Test
    void shardsOfDifferentRunsAreNotMerged() throws Exception {
        run("parts", new Shard(1, 2));
        experiment = experiment.withPairs(new Experiment.PairCounts(1, 1, 2, 3));
        run("parts", new Shard(2, 2));
        List<Path> parts = List.of(folder.resolve("parts"));

        String sentence =
                Refusals.sentence(LabException.class, () -> ShardMerge.merge(parts, folder.resolve("merged")));

        assertTrue(sentence.startsWith(parts.getFirst().resolve("shard-2-of-2.jsonl") + " is of another"), sentence);
        assertFalse(Files.exists(folder.resolve("merged").resolve(ResultsFile.NAME)));
    }

    @Test
    void aShardThatIsNotFinishedIsNotMergedUntilItIs() throws Exception {
        byte[] whole = Files.readAllBytes(run("whole", Shard.WHOLE));
        run("parts", new Shard(1, 2));
        Path second = run("parts", new Shard(2, 2));
        List<String> lines = Files.readAllLines(second);
        Files.writeString(second, String.join("\n", lines.subList(0, lines.size() - 5)) + "\n");
        List<Path> parts = List.of(folder.resolve("parts"));

        String sentence =
                Refusals.sentence(LabException.class, () -> ShardMerge.merge(parts, folder.resolve("merged")));

        assertTrue(sentence.startsWith(second + " is not finished: 5 results are missing"), sentence);
        assertFalse(Files.exists(folder.resolve("merged").resolve(ResultsFile.NAME)));
        run("parts", new Shard(2, 2));
        assertArrayEquals(whole, Files.readAllBytes(ShardMerge.merge(parts, folder.resolve("merged"))));
    }
}
