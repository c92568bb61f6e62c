package dev.noisediffusion.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.DdimSampler;
import dev.noisediffusion.diffusion.DiffusionSettings;
import dev.noisediffusion.diffusion.GraphRunner;
import dev.noisediffusion.diffusion.NoiseSchedule;
import dev.noisediffusion.diffusion.Preconditioning;
import dev.noisediffusion.diffusion.PredictionType;
import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.diffusion.TimestepSpacing;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks with preconditioning: against a reference in the published coordinates, and where the answer is known in closed form. */
class PreconditionedModelTest {
    @TempDir
    Path temporary;

    private final NativeLedger ledger = new NativeLedger();

    private OrtEngine engine() {
        return new OrtEngine(new GraphCache(temporary.resolve("cache")), ledger, ExecutionProvider.CPU);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unet2d-edm", "unet2d-consistency"})
    void everyFlavourAgreesWithThePublishedFormulas(String fixture) throws ModelException {
        ModelReport report = ModelCheck.run(Fixtures.folder(fixture), Optional.empty(), engine());
        Agreement.require(report);
        assertEquals(
                List.of("alphas_cumprod", "ddim_inverse_trajectory", "ddim_encoded", "ddim_decoded", "edm_denoised"),
                report.comparisons().stream().map(ModelReport.Comparison::name).toList());
        assertEquals(List.of(), report.notCompared());
        assertEquals(0, ledger.open());
    }

    /** The network whose D is exact where pictures are normally distributed about a mean: D = (c^2 y + sigma^2 m) / (c^2 + sigma^2). */
    private record Gaussian(double deviation, double mean, Preconditioning preconditioning) implements TimedNetwork {
        @Override
        public Tensor call(Tensor noisy, double time) {
            double sigma = Math.exp(4 * time / preconditioning.timeScale());
            double data = preconditioning.dataDeviation();
            double total = sigma * sigma + data * data;
            double above = sigma - preconditioning.floor();
            double skip = data * data / (above * above + data * data);
            double out = above * data / Math.sqrt(total) * (preconditioning.negated() ? -1 : 1);
            double variance = deviation * deviation;
            double slope = variance / (variance + sigma * sigma) - skip;
            double shift = sigma * sigma * mean / (variance + sigma * sigma);
            return Kernels.affine(slope * Math.sqrt(total) / out, noisy, shift / out);
        }

        @Override
        public TimedNetwork relayed(GraphRunner runner) {
            throw new UnsupportedOperationException("Nobody else can");
        }

        @Override
        public void close() {}
    }

    private static NoiseSchedule schedule(int levels) {
        var sigmas = new double[levels];
        for (int i = 0; i < levels; i++) {
            double share = (double) i / (levels - 1);
            sigmas[i] = Math.pow(Math.pow(0.004, 1 / 7.0) * (1 - share) + Math.pow(80, 1 / 7.0) * share, 7);
        }
        return NoiseSchedule.ofDeviations(sigmas);
    }

    /**
     * The flow of a normal distribution is known: what lies k deviations from the mean stays k deviations from it. Encodings are
     * then normal in variance-preserving terms, whatever sigma_data is, so that gamma and the boundary mean what they mean elsewhere.
     */
    @ParameterizedTest
    @CsvSource({"0.5,0,1,false", "0.5,0.003,1000,false", "1,0,1,true", "0.25,0,1,false"})
    void encodingsOfNormalPicturesAreWhereTheFlowTakesThem(
            double dataDeviation, double floor, double timeScale, boolean negated) {
        var preconditioning = new Preconditioning(dataDeviation, floor, timeScale, negated);
        double deviation = 0.5;
        double mean = 0.1;
        NoiseSchedule schedule = schedule(2000);
        var denoiser =
                new PreconditionedDenoiser(new Gaussian(deviation, mean, preconditioning), preconditioning, schedule);
        var settings = new DiffusionSettings(
                schedule, PredictionType.EPSILON, TimestepSpacing.LINSPACE, 0, 1, Double.POSITIVE_INFINITY);
        var sampler = new DdimSampler(settings);
        Tensor off = Kernels.gaussian(Shape.of(1, 3, 4, 4), 5);
        Tensor clean = Kernels.affine(deviation, off, mean);
        for (double signalLevel : new double[] {0.9, 0.3, 0.0125}) {
            Timetable timetable = Timetable.toDepth(settings, 2000, signalLevel);
            double alphaBar = timetable.startAlphaBar();
            double spread = Math.sqrt(alphaBar * deviation * deviation + 1 - alphaBar);
            Tensor expected = Kernels.affine(spread, off, Math.sqrt(alphaBar) * mean);
            Tensor encoded = sampler.encode(denoiser, clean, timetable, StepListener.NONE);
            assertTrue(Kernels.maxAbsDifference(expected, encoded) < 0.02, "at " + signalLevel);
            Tensor decoded = sampler.decode(denoiser, encoded, timetable, StepListener.NONE);
            assertTrue(Kernels.maxAbsDifference(clean, decoded) < 0.02, "back from " + signalLevel);
        }
    }

    @Test
    void oneCallSeesThePictureThatIsMostLikely() {
        var preconditioning = new Preconditioning(0.5, 0, 1, false);
        NoiseSchedule schedule = schedule(1000);
        var denoiser = new PreconditionedDenoiser(new Gaussian(0.3, -0.2, preconditioning), preconditioning, schedule);
        Tensor noisy = Kernels.gaussian(Shape.of(1, 3, 4, 4), 5);
        double sigma = schedule.deviation(600);
        Tensor seen = denoiser.denoised(Kernels.affine(Math.sqrt(1 + sigma * sigma), noisy, 0), sigma);
        double share = 0.09 / (0.09 + sigma * sigma);
        Tensor expected = Kernels.affine(share * Math.sqrt(1 + sigma * sigma), noisy, -0.2 * (1 - share));
        assertTrue(Kernels.maxAbsDifference(expected, seen) < 1e-4);
    }

    @Test
    void aSchedulerWithContinuousTimestepsIsOneOfUnitDataThatPredictsVelocity() throws IOException, ModelException {
        Path folder = Fixtures.copy("unet2d-edm", Files.createDirectory(temporary.resolve("model")));
        Path scheduler = folder.resolve("scheduler/scheduler_config.json");
        String euler = "{\"_class_name\":\"EulerDiscreteScheduler\",\"timestep_type\":\"continuous\","
                + "\"prediction_type\":\"%s\",\"sigma_min\":0.002,\"sigma_max\":700}";
        Files.writeString(scheduler, euler.formatted("v_prediction"));
        ModelReport report = ModelCheck.run(
                folder, Optional.of(Fixtures.folder("unet2d-edm").resolve("expected.safetensors")), engine());
        assertTrue(
                report.description()
                        .contains("trained with: noise of deviations from 0.002 to 700.0 beside pictures"
                                + " of 1.0 (EulerDiscreteScheduler)"),
                () -> report.description().toString());
        Files.writeString(scheduler, euler.formatted("epsilon"));
        refuses(folder, "expected \"prediction_type\" to be \"v_prediction\" where \"timestep_type\"");
        Files.writeString(scheduler, "{\"_class_name\":\"EDMEulerScheduler\",\"sigma_min\":5,\"sigma_max\":2}");
        refuses(folder, "expected \"sigma_min\" to be above 0 and below sigma_max, found 5.0 and 2.0");
    }

    private void refuses(Path folder, String sentence) {
        String message = Refusals.sentence(ModelException.class, () -> engine().open(folder));
        assertTrue(message.contains(sentence), message);
        assertEquals(0, ledger.open());
    }
}
