package dev.noisediffusion.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DdimSamplerTest {
    private static final double MEAN = 0.3;
    private static final double SPREAD = 0.5;
    private static final Shape SHAPE = Shape.of(2, 3, 8, 8);

    private static DiffusionSettings settings(
            BetaSchedule schedule, PredictionType prediction, TimestepSpacing spacing) {
        double end = schedule == BetaSchedule.LINEAR ? 0.02 : 0.012;
        return new DiffusionSettings(
                NoiseSchedule.of(schedule, 1000, schedule == BetaSchedule.LINEAR ? 1e-4 : 0.00085, end),
                prediction,
                spacing,
                0,
                1,
                Double.POSITIVE_INFINITY);
    }

    private static Tensor data() {
        Tensor normal = Kernels.gaussian(SHAPE, 5);
        var values = normal.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (MEAN + SPREAD * values[i]);
        }
        return Tensor.wrap(SHAPE, values);
    }

    @ParameterizedTest
    @CsvSource({
        "LINEAR, EPSILON, LEADING",
        "LINEAR, V_PREDICTION, TRAILING",
        "LINEAR, SAMPLE, LINSPACE",
        "SCALED_LINEAR, EPSILON, TRAILING",
        "SCALED_LINEAR, V_PREDICTION, LINSPACE",
        "SCALED_LINEAR, SAMPLE, LEADING",
        "SQUAREDCOS_CAP_V2, EPSILON, LINSPACE",
        "SQUAREDCOS_CAP_V2, V_PREDICTION, LEADING",
        "SQUAREDCOS_CAP_V2, SAMPLE, TRAILING"
    })
    void encodingAndDecodingFollowTheExactFlowOfGaussianData(
            BetaSchedule schedule, PredictionType prediction, TimestepSpacing spacing) {
        DiffusionSettings settings = settings(schedule, prediction, spacing);
        var data = new GaussianData(MEAN, SPREAD, settings.schedule(), prediction);
        var sampler = new DdimSampler(settings);
        Timetable timetable = Timetable.toDepth(settings, 500, 0.3);
        Tensor clean = data();

        Tensor encoded = sampler.encode(data, clean, timetable, StepListener.NONE);
        Tensor decoded =
                sampler.decode(data, data.flow(clean, timetable.startAlphaBar()), timetable, StepListener.NONE);

        assertTrue(Kernels.maxAbsDifference(encoded, data.flow(clean, timetable.startAlphaBar())) < 0.03);
        assertTrue(Kernels.maxAbsDifference(decoded, clean) < 0.03);
    }

    @ParameterizedTest
    @CsvSource({
        "LINEAR, EPSILON, LEADING, 30",
        "LINEAR, SAMPLE, LEADING, 143",
        "SCALED_LINEAR, V_PREDICTION, TRAILING, 50",
        "SCALED_LINEAR, SAMPLE, TRAILING, 143",
        "SQUAREDCOS_CAP_V2, EPSILON, LINSPACE, 30",
        "SQUAREDCOS_CAP_V2, V_PREDICTION, LINSPACE, 7"
    })
    void anEncodingLiesOnTheWayOfEachThatBeginsWithItsTimesteps(
            BetaSchedule schedule, PredictionType prediction, TimestepSpacing spacing, int steps) {
        DiffusionSettings settings = settings(schedule, prediction, spacing);
        var data = new GaussianData(MEAN, SPREAD, settings.schedule(), prediction);
        var sampler = new DdimSampler(settings);
        Timetable deep = Timetable.toDepth(settings, steps, 0.3);
        var states = new ArrayList<Tensor>();
        Tensor encoded = sampler.encode(data, data(), deep, step -> states.add(step.state()));
        for (double level : new double[] {0.9, 0.6, 0.31}) {
            Timetable shallow = Timetable.toDepth(settings, steps, level);
            int calls = shallow.length();
            assertEquals(shallow.timesteps(), deep.timesteps().subList(0, calls));

            assertEquals(states.get(calls - 1), sampler.encode(data, data(), shallow, StepListener.NONE));

            var numbers = new ArrayList<Integer>();
            assertEquals(
                    encoded,
                    sampler.encode(data, states.get(calls - 1), calls, deep, step -> numbers.add(step.index())));
            assertEquals(IntStream.range(calls, deep.length()).boxed().toList(), numbers);
        }
    }

    @Test
    void moreStepsComeCloserToTheExactFlow() {
        DiffusionSettings settings = settings(BetaSchedule.LINEAR, PredictionType.EPSILON, TimestepSpacing.LEADING);
        var data = new GaussianData(MEAN, SPREAD, settings.schedule(), PredictionType.EPSILON);
        double coarse = encodingError(settings, data, 20);
        double fine = encodingError(settings, data, 200);
        assertTrue(fine < coarse / 4, coarse + " with 20 steps, " + fine + " with 200");
    }

    private static double encodingError(DiffusionSettings settings, GaussianData data, int steps) {
        Timetable timetable = Timetable.toDepth(settings, steps, 0.3);
        Tensor encoded = new DdimSampler(settings).encode(data, data(), timetable, StepListener.NONE);
        return Kernels.maxAbsDifference(encoded, data.flow(data(), timetable.startAlphaBar()));
    }

    @ParameterizedTest
    @EnumSource(PredictionType.class)
    void oneCallSeesTheExpectedCleanPicture(PredictionType prediction) {
        DiffusionSettings settings = settings(BetaSchedule.LINEAR, prediction, TimestepSpacing.LEADING);
        var data = new GaussianData(MEAN, SPREAD, settings.schedule(), prediction);
        Tensor noisy = Kernels.gaussian(SHAPE, 1);
        Tensor expected =
                new GaussianData(MEAN, SPREAD, settings.schedule(), PredictionType.SAMPLE).predict(noisy, 500);
        Tensor seen = new DdimSampler(settings)
                .predictClean(data, noisy, 500, settings.schedule().alphaBar(500));
        assertTrue(Kernels.maxAbsDifference(expected, seen) < 1e-5);
    }

    @Test
    void predictedCleanPicturesAreClippedWhereTheModelWasTrainedSo() {
        DiffusionSettings free = settings(BetaSchedule.LINEAR, PredictionType.EPSILON, TimestepSpacing.LEADING);
        var clipped = new DiffusionSettings(free.schedule(), free.prediction(), free.spacing(), 0, 1, 0.1);
        var data = new GaussianData(MEAN, SPREAD, free.schedule(), free.prediction());
        Timetable timetable = Timetable.toDepth(clipped, 50, 0.3);
        Tensor decoded =
                new DdimSampler(clipped).decode(data, Kernels.gaussian(SHAPE, 1), timetable, StepListener.NONE);
        for (int i = 0; i < decoded.size(); i++) {
            assertTrue(Math.abs(decoded.get(i)) <= 0.1 + 1e-6);
        }
    }

    @Test
    void everyStepIsHeardAndAnExceptionEndsTheRunWithinOneCall() {
        DiffusionSettings settings = settings(BetaSchedule.LINEAR, PredictionType.EPSILON, TimestepSpacing.LEADING);
        var calls = new ArrayList<Integer>();
        var data = new GaussianData(MEAN, SPREAD, settings.schedule(), settings.prediction());
        Denoiser counting = (noisy, timestep) -> {
            calls.add(timestep);
            return data.predict(noisy, timestep);
        };
        Timetable timetable = Timetable.full(settings, 10);
        assertThrows(
                CancellationException.class,
                () -> new DdimSampler(settings).decode(counting, data(), timetable, step -> {
                    if (step.index() == 3) {
                        throw new CancellationException();
                    }
                }));
        assertEquals(List.of(900, 800, 700, 600), calls);
    }
}
