package dev.noisediffusion.critic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.BetaSchedule;
import dev.noisediffusion.diffusion.Codec;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.DiffusionSettings;
import dev.noisediffusion.diffusion.GaussianData;
import dev.noisediffusion.diffusion.NoiseSchedule;
import dev.noisediffusion.diffusion.PixelUnshuffleCodec;
import dev.noisediffusion.diffusion.PredictionType;
import dev.noisediffusion.diffusion.TimestepSpacing;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.ProgressMeter;
import dev.noisediffusion.measure.Interval;
import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.ISchedule;

class CriticTest {
    private static final int SIDE = 32;
    private static final List<Invalidity> KINDS = List.copyOf(EnumSet.allOf(Invalidity.class));
    private static final NoiseSchedule SCHEDULE = NoiseSchedule.of(BetaSchedule.LINEAR, 1000, 1e-4, 0.02);

    /** The ideal one for pictures whose every value is normal. */
    private static final Denoiser IDEAL = new GaussianData(0, 0.3, SCHEDULE, PredictionType.EPSILON);

    @TempDir
    Path temporary;

    private final NativeArrays arrays = new NativeArrays();

    /** A smooth gradient; with grain where it is to have artifacts. */
    private static Picture picture(long seed, boolean grainy, int grainFromColumn) {
        return picture(SIDE, seed, grainy, grainFromColumn);
    }

    private static Picture picture(int side, long seed, boolean grainy, int grainFromColumn) {
        var random = new Random(seed);
        double slope = random.nextDouble() - 0.5;
        int ground = 80 + random.nextInt(80);
        var rgb = new byte[3 * side * side];
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % side;
            int y = i / 3 / side;
            double value = ground + 2 * slope * (x + y) * SIDE / side;
            if (grainy && x >= grainFromColumn) {
                value += 60 * (random.nextDouble() - 0.5);
            }
            rgb[i] = (byte) Math.clamp(Math.round(value), 0, 255);
        }
        return Picture.wrap(side, side, rgb);
    }

    /** Forty pairs; where the critic has nothing to go by, both kinds are smooth. */
    private static List<Example> examples(boolean separable) {
        var examples = new ArrayList<Example>();
        for (int i = 0; i < 160; i++) {
            boolean invalid = i % 2 == 1;
            examples.add(new Example(
                    picture(i, invalid && separable, 0),
                    i / 4,
                    invalid ? Optional.of(KINDS.get(i / 2 % 3)) : Optional.empty()));
        }
        return examples;
    }

    private Critic trained(boolean separable, int updates) {
        var settings = new CriticSettings(CriticSettings.LEAST_PHOTOGRAPHS, 1, updates, 3);
        return new CriticTrainer(settings, arrays)
                .train("model-1", examples(separable), meter(), new CancellationToken());
    }

    /** One that has learnt nothing, with all that a trained one has. */
    private Critic ready() {
        var report =
                new CriticReport(6, 24, 0.9, new Interval(0.95, 0.9, 1, 6), 0.05, Map.of(Invalidity.WRONG_SCALE, 0.8));
        try (CriticNet net = CriticNet.untrained(1, 1, arrays)) {
            return new Critic("model-1", report, new Calibration(0.5, 0.25), net.parameters(), arrays);
        }
    }

    private static ProgressMeter meter() {
        return new ProgressMeter(1, ProgressListener.NONE);
    }

    @Test
    void itLearnsToTellGrainFromSmoothPicturesAndShowsWhereItIs() throws CriticException {
        try (Critic critic = trained(true, 60)) {
            CriticReport report = critic.report();
            assertEquals(24, report.photographs());
            assertEquals(48, report.pictures());
            assertTrue(report.auc().mean() > 0.95 && report.auc().low() > 0.9, report::toString);
            assertTrue(report.accuracy() > 0.9 && report.calibrationError() < 0.2, report::toString);
            assertEquals(3, report.aucByKind().size());
            assertEquals(Optional.empty(), report.refusal());
            double clean = critic.judge(picture(900, false, 0)).score();
            double grainy = critic.judge(picture(900, true, 0)).score();
            assertTrue(clean < 0.5 && grainy > 0.5, clean + " and " + grainy);
            Judgement half = critic.judge(picture(128, 901, true, 64));
            assertTrue(half.heatAt(0.9, 0.5) > half.heatAt(0.1, 0.5) + 0.2, half.heat()::toString);
            Picture map = half.heatMap(128, 128);
            assertTrue((map.pixel(120, 64) & 0xff00) > (map.pixel(8, 64) & 0xff00), "hotter is lighter");
        }
        assertEquals(0, arrays.open());
        assertTrue(arrays.total() > 100, "Every array was counted, found " + arrays.total());
    }

    @Test
    void whereThereIsNothingToLearnItRefusesToScore() {
        try (Critic critic = trained(false, 5)) {
            assertTrue(critic.report().auc().low() < CriticReport.LEAST_AUC, critic.report()::toString);
            String sentence = Refusals.sentence(CriticException.class, () -> critic.judge(picture(1, true, 0)));
            assertTrue(
                    sentence.startsWith("This critic tells artifacts from photographs too badly to score"), sentence);
        }
    }

    @Test
    void itsScoreIsWhatTheNetworkSaysAndItsMapHasTheScoresEvidenceAsMean() {
        try (CriticNet net = CriticNet.untrained(7, 1, arrays)) {
            var pixels = picture(3, true, 0).toTensor();
            var evidence = net.evidence(pixels);
            assertEquals(Shape.of(1, 1, SIDE / 8, SIDE / 8), evidence.shape());
            double mean = 0;
            for (int i = 0; i < evidence.size(); i++) {
                mean += evidence.get(i) / evidence.size();
            }
            assertEquals(net.output(pixels), 1 / (1 + Math.exp(-mean)), 1e-5);
        }
        assertEquals(0, arrays.open());
    }

    @Test
    void aSavedCriticComesBackAndScoresTheSame() throws CriticException, IOException {
        var files = new CriticFile(temporary.resolve("critics"));
        assertEquals(Optional.empty(), files.load("model-1"));
        CriticReport report;
        double score;
        Path file;
        Critic closed;
        try (Critic critic = ready()) {
            report = critic.report();
            score = critic.judge(picture(5, true, 0)).score();
            assertEquals(Optional.empty(), files.keep(critic));
            file = files.of("model-1");
        }
        try (Critic loaded = files.load("model-1").orElseThrow()) {
            assertEquals(score, loaded.judge(picture(5, true, 0)).score(), 1e-6);
            assertEquals(report, loaded.report());
            closed = loaded;
        }
        assertThrows(IllegalStateException.class, () -> closed.judge(picture(5, true, 0)));
        try (Stream<Path> left = Files.list(temporary.resolve("critics"))) {
            assertEquals(List.of(file), left.toList());
        }
        byte[] whole = Files.readAllBytes(file);
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        Files.write(file, half);
        String sentence = Refusals.sentence(CriticException.class, () -> files.load("model-1"));
        assertTrue(sentence.contains("is damaged: delete it and train the critic again"), sentence);
        Files.write(files.of("model-2"), whole);
        assertTrue(Refusals.sentence(CriticException.class, () -> files.load("model-2"))
                .contains("is the critic of another model"));
    }

    private static CriticReport report(double lowAuc, double calibrationError) {
        return new CriticReport(6, 24, 0.9, new Interval(0.95, lowAuc, 1, 6), calibrationError, Map.of());
    }

    private Critic critic(String modelId, CriticReport report) {
        return new Critic(modelId, report, Calibration.NONE, new float[1], arrays);
    }

    @Test
    void howFarScoresMayBeFromProbabilitiesAndHowPoorlyTheyMayTellApart() {
        assertEquals(Optional.empty(), report(0.9, 0.2).refusal());
        assertEquals(Optional.empty(), report(0.75, 0.05).refusal());
        assertTrue(report(0.74, 0.05).refusal().isPresent());
        try (Critic loud = critic("model-1", report(0.9, 0.21))) {
            assertEquals(
                    "This critic's scores are no probabilities: on held-out photographs they are off by 0.21 on average"
                            + " (at most 0.20). Train it again with more photographs.",
                    Refusals.sentence(CriticException.class, () -> loud.judge(picture(1, true, 0))));
        }
    }

    @Test
    void onlyAPoorCriticInPlaceOfAGoodOneIsNotKept() throws CriticException, IOException {
        var files = new CriticFile(temporary.resolve("critics"));
        try (Critic poor = critic("model-1", report(0.5, 0.05));
                Critic good = critic("model-1", report(0.9, 0.05))) {
            assertEquals(Optional.empty(), files.keep(poor), "there was none");
            assertEquals(Optional.empty(), files.keep(poor), "the other is poor too");
            assertEquals(Optional.empty(), files.keep(good), "it is good itself");
            CriticException objection = files.keep(poor).orElseThrow();
            assertEquals(Optional.of(good.report()), files.load("model-1").map(Critic::report));
            assertEquals(
                    "The critic just trained is not good enough to use, so the good one from before was kept. Other or more"
                            + " photographs may help.",
                    objection.getMessage());
            assertEquals(ModelRefusal.CRITIC_WORSE.with(), objection.trouble());
            Files.writeString(files.of("model-1"), "damaged");
            assertEquals(Optional.empty(), files.keep(poor), "the other cannot be read");
            assertEquals(Optional.of(poor.report()), files.load("model-1").map(Critic::report));
        }
    }

    @Test
    void nativesThatDoNotStartAreSaidInASentence() {
        var inside = new UnsatisfiedLinkError("no jnind4jcpu in java.library.path");
        for (LinkageError failure : List.of(inside, new ExceptionInInitializerError(inside))) {
            String sentence = Refusals.sentence(
                    CriticException.class,
                    () -> CriticNet.started(() -> {
                        throw failure;
                    }));
            assertEquals(
                    "Critics do not run on this computer: the library that they compute with does not start"
                            + " (java.lang.UnsatisfiedLinkError: no jnind4jcpu in java.library.path).",
                    sentence);
        }
    }

    @Test
    void theNetworkIsTriedBeforePicturesAreMade() {
        var trainer = new CriticTrainer(new CriticSettings(20, 1, 1, 1), arrays);
        var token = new CancellationToken();
        try (DiffusionModel model = model()) {
            assertThrows(
                    CancellationException.class,
                    () -> trainer.train(model, photographs(20), progress -> token.cancel(), token));
        }
        assertEquals(1, arrays.total());
        assertEquals(0, arrays.open());
    }

    @Test
    @SuppressWarnings("try") // held, not used
    void manyJudgementsTakeNoMoreNativeMemory() throws CriticException {
        try (Critic critic = ready()) {
            judge(critic, 20);
            // What others have left, lest it be freed in the middle.
            System.gc();
            long open = arrays.open();
            long before = nativeBytes();
            judge(critic, 100);
            assertEquals(open, arrays.open());
            long grown = nativeBytes() - before;
            // The arrays of a judgement take 14 + 3 * 32 values at each of 32 x 32 places: those of all would be 45 MB.
            // What others in this process do meanwhile has been seen to take 7.
            assertTrue(grown < 16 << 20, "grew by " + grown);
            try (NativeArrays.Owned ignored = arrays.own(Nd4j.create(new float[8 << 20], 1, 8 << 20))) {
                assertTrue(nativeBytes() - before > 16 << 20, "it would have been seen");
            }
        }
        assertEquals(0, arrays.open());
    }

    /** What the library itself counts of its arrays; JavaCPP does not see them, and the process has its heap besides. */
    private static long nativeBytes() {
        return Nd4j.getEnvironment().getDeviceCouner(0);
    }

    private static void judge(Critic critic, int times) throws CriticException {
        for (int i = 0; i < times; i++) {
            critic.judge(picture(256, i, true, 0));
        }
    }

    private static DiffusionModel model() {
        return model(IDEAL, PixelUnshuffleCodec.IDENTITY);
    }

    private static DiffusionModel model(Denoiser denoiser, Codec codec) {
        var settings = new DiffusionSettings(
                SCHEDULE, PredictionType.EPSILON, TimestepSpacing.TRAILING, 0, 1, Double.POSITIVE_INFINITY);
        return new DiffusionModel("model-1", "model-1", "Model", denoiser, codec, settings, SIDE, SIDE, 1);
    }

    /** Pixels as they are, times a factor on either way. */
    private record Scaling(double there, double back) implements Codec {
        @Override
        public Shape latentShape(int width, int height) {
            return PixelUnshuffleCodec.IDENTITY.latentShape(width, height);
        }

        @Override
        public Tensor encode(Tensor pixels) {
            return Kernels.affine(there, pixels, 0);
        }

        @Override
        public Tensor decode(Tensor latents) {
            return Kernels.affine(back, latents, 0);
        }
    }

    private static List<Picture> photographs(int count) {
        var photographs = new ArrayList<Picture>();
        for (int i = 0; i < count; i++) {
            photographs.add(picture(i, false, 0));
        }
        return photographs;
    }

    @Test
    void photographsBecomeFourExamplesEachHalfOfThemInvalid() throws CriticException {
        try (DiffusionModel model = model()) {
            var maker = new ExampleMaker(model, 3);
            var heard = new ArrayList<Progress>();
            var meter = new ProgressMeter(maker.calls(6), heard::add);
            List<Example> examples = maker.make(photographs(6), 1, meter, new CancellationToken());
            assertEquals(24, examples.size());
            assertEquals(12, examples.stream().filter(Example::isInvalid).count());
            for (Invalidity kind : Invalidity.values()) {
                assertEquals(
                        4,
                        examples.stream()
                                .filter(example -> example.invalidity().equals(Optional.of(kind)))
                                .count());
            }
            assertEquals(1, heard.getLast().fraction(), "all calls were counted");
            assertEquals(photographs(1).getFirst(), examples.getFirst().picture());
            assertEquals(examples, maker.make(photographs(6), 1, meter(), new CancellationToken()));
        }
    }

    @Test
    void theLearningRateFallsAsFarInAShortTrainingAsInALongOne() {
        for (int updates : List.of(50, 300, 1500)) {
            ISchedule rate = CriticNet.rate(updates);
            assertEquals(5e-3, rate.valueAt(0, 0), 1e-12);
            assertEquals(0.05, rate.valueAt(updates - 1, 0) / rate.valueAt(0, 0), 0.004, "after " + updates);
        }
    }

    /** Where the numbers overflow: in pictures' latents, in their encodings, in what is decoded of those, or in its pixels. */
    private static Stream<DiffusionModel> overflowing() {
        var calls = new AtomicInteger();
        // The first two calls encode a pair.
        Denoiser decoding = (noisy, timestep) -> Kernels.affine(
                calls.incrementAndGet() > 2 ? Double.POSITIVE_INFINITY : 1, IDEAL.predict(noisy, timestep), 0);
        return Stream.of(
                model(IDEAL, new Scaling(Double.POSITIVE_INFINITY, 1)),
                model((noisy, timestep) -> Kernels.affine(Double.POSITIVE_INFINITY, noisy, 0), new Scaling(1, 1)),
                model(decoding, new Scaling(1, 1)),
                model(IDEAL, new Scaling(1, Double.NaN)));
    }

    @ParameterizedTest
    @MethodSource("overflowing")
    void picturesOfNumbersThatAreNoneAreNotLearntFrom(DiffusionModel model) {
        var trainer = new CriticTrainer(new CriticSettings(20, 1, 1, 1), arrays);
        var refused = assertThrows(
                CriticException.class,
                () -> trainer.train(model, photographs(20), ProgressListener.NONE, new CancellationToken()));
        assertEquals(
                "The model's numbers have grown too large to compute with on this device, so no critic can be trained"
                        + " there: choose the processor or another device.",
                refused.getMessage());
        assertEquals(ModelRefusal.CRITIC_OVERFLOWED.with(), refused.trouble());
        assertEquals(0, arrays.open());
    }

    @Test
    void trainingGoesFromPhotographsToAReportAndCanBeCancelledInEitherPart() throws CriticException {
        var trainer = new CriticTrainer(new CriticSettings(40, 2, 10, 1), arrays);
        try (DiffusionModel model = model()) {
            String few = Refusals.sentence(
                    CriticException.class,
                    () -> trainer.train(model, photographs(19), ProgressListener.NONE, new CancellationToken()));
            assertEquals(
                    "A critic needs at least 20 different photographs of what the model knows, found 19. Around a hundred"
                            + " are good.",
                    few);
            for (Activity.Work part : List.of(Activity.Work.MAKING_EXAMPLES, Activity.Work.TRAINING_CRITIC)) {
                var token = new CancellationToken();
                var after = new ArrayList<Progress>();
                ProgressListener listener = progress -> {
                    if (progress.activity() == part) {
                        token.cancel();
                        after.add(progress);
                    }
                };
                assertThrows(CancellationException.class, () -> trainer.train(model, photographs(40), listener, token));
                assertTrue(after.size() <= 2, "ended within one call, not after " + after.size());
            }
            assertEquals(0, arrays.open());
            var heard = new ArrayList<Progress>();
            try (Critic critic = trainer.train(model, photographs(41), heard::add, new CancellationToken())) {
                assertEquals("model-1", critic.modelId());
                assertEquals(12, critic.report().photographs());
                assertEquals(48, critic.report().pictures());
            }
            assertEquals(1, heard.getLast().fraction());
        }
        assertEquals(0, arrays.open());
    }

    @Test
    void theExamsAreaAgreesWithCountingPairsAndItsCalibrationErrorWithTheBinsByHand() {
        double[] scores = {0.15, 0.35, 0.35, 0.65, 0.85, 0.85, 0.95, 0.05};
        boolean[] invalid = {false, true, false, true, false, true, true, false};
        var answers = new ArrayList<Exam.Answer>();
        double right = 0;
        for (int i = 0; i < scores.length; i++) {
            answers.add(new Exam.Answer(
                    scores[i], i / 2, invalid[i] ? Optional.of(Invalidity.WRONG_SCALE) : Optional.empty()));
            for (int j = 0; j < scores.length; j++) {
                if (invalid[i] && !invalid[j]) {
                    right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        CriticReport report = new Exam(answers, arrays).report();
        assertEquals(right / 16, Exam.area(answers), 1e-12);
        assertEquals(right / 16, report.auc().mean(), 1e-6);
        assertEquals(6.0 / 8, report.accuracy(), 1e-9);
        // Bins: {.15} 0 of 1, {.35 .35} 1 of 2, {.65} 1 of 1, {.85 .85} 1 of 2, {.95} 1 of 1, {.05} 0 of 1.
        double gaps = 0.15 + Math.abs(0.7 - 1) + 0.35 + Math.abs(1.7 - 1) + 0.05 + 0.05;
        assertEquals(gaps / 8, report.calibrationError(), 1e-6);
        assertEquals(right / 16, Objects.requireNonNull(report.aucByKind().get(Invalidity.WRONG_SCALE)), 1e-12);
    }

    /** Of areas 1, 0.92 and 0.84: a bootstrap over them ends at the worst. */
    @Test
    void threePairsThatAreGoodMayHaveBeenLuck() {
        int[] suspected = {0, 1, 2};
        int[] missed = {0, 2, 2};
        var answers = new ArrayList<Exam.Answer>();
        for (int pair = 0; pair < 3; pair++) {
            for (int i = 0; i < 5; i++) {
                double clean = i < suspected[pair] ? 0.6 : 0.05;
                double invalid = i < missed[pair] ? 0.5 : 0.95;
                answers.add(new Exam.Answer(clean, pair, Optional.empty()));
                answers.add(new Exam.Answer(invalid, pair, Optional.of(Invalidity.WRONG_SCALE)));
            }
        }

        CriticReport report = new Exam(answers, arrays).report();

        // It is 0.88, 0.96 and 0.98 with one of them left out; t with two degrees of freedom is 4.303.
        double error = Math.sqrt((0.06 * 0.06 + 0.02 * 0.02 + 0.04 * 0.04) * 2 / 3);
        assertEquals(0.94667, report.auc().mean(), 1e-5);
        assertEquals(0.94667 - 4.30265 * error, report.auc().low(), 1e-5);
        assertEquals(1, report.auc().high());
        assertEquals(3, report.auc().count());
        assertTrue(report.calibrationError() <= CriticReport.MOST_CALIBRATION_ERROR);
        assertTrue(report.refusal().orElseThrow().startsWith("This critic tells artifacts from photographs too badly"));
    }

    @Test
    void calibrationFindsTheProbabilitiesThatTheEvidenceHides() {
        var random = new Random(1);
        var evidence = new double[4000];
        var invalid = new boolean[4000];
        for (int i = 0; i < evidence.length; i++) {
            evidence[i] = 6 * random.nextGaussian();
            invalid[i] = random.nextDouble() < 1 / (1 + Math.exp(-(0.5 * evidence[i] - 1)));
        }
        Calibration fitted = Calibration.fittedTo(evidence, invalid);
        assertEquals(0.5, fitted.slope(), 0.05);
        assertEquals(-1, fitted.offset(), 0.15);
        Calibration separable = Calibration.fittedTo(new double[] {-1, 1}, new boolean[] {false, true});
        assertTrue(separable.slope() > 1 && separable.slope() < 10, separable::toString);
        assertEquals(0.5, Calibration.NONE.probability(0));
        assertFalse(Double.isNaN(fitted.probability(1e6)));
    }
}
