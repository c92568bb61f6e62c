package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.Codec;
import dev.noisediffusion.diffusion.DdimSampler;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionSettings;
import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.Precision;
import dev.noisediffusion.model.Safetensors;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares a network and its sampling with values computed elsewhere, as a file {@code expected.safetensors} holds them:
 * {@code sample} and {@code timestep} with {@code out_sample} (one network call each), {@code alphas_cumprod},
 * {@code ddim_timesteps}, {@code ddim_inverse_timesteps}, and an inversion of {@code ddim_x0} with its
 * {@code ddim_inverse_trajectory} (the state after each step), its end {@code ddim_encoded} and the way back
 * {@code ddim_decoded}; of the codec {@code codec_image} with its {@code codec_latent} and what that is decoded to,
 * {@code codec_decoded}; of a network with preconditioning what it gives for each of {@code edm_noisy}, which is
 * {@code x_0 + sigma n} with {@code edm_sigma}, as {@code edm_denoised}.
 */
final class GoldenValues {
    private static final double CALL_TOLERANCE = 1e-4;
    private static final double SCHEDULE_TOLERANCE = 1e-6;
    private static final double TRAJECTORY_TOLERANCE = 1e-3;
    private static final Set<String> INPUTS =
            Set.of("sample", "timestep", "ddim_x0", "codec_image", "edm_noisy", "edm_sigma");

    private final Safetensors expected;
    private final Denoiser denoiser;
    private final Optional<Codec> codec;
    private final DiffusionSettings settings;
    private final Comparisons comparisons;

    /**
     * A comparison with a file.
     *
     * @param codec empty where there is none to compare
     */
    GoldenValues(
            Safetensors expected,
            Denoiser denoiser,
            Optional<Codec> codec,
            DiffusionSettings settings,
            Precision precision) {
        this.expected = expected;
        this.denoiser = denoiser;
        this.codec = codec;
        this.settings = settings;
        this.comparisons = new Comparisons(expected, precision);
    }

    /**
     * Compares everything in the file; without a codec that may be nothing.
     *
     * @throws ModelException if the file lacks what a comparison starts from, or holds nothing that can be compared
     */
    List<ModelReport.Comparison> compare() throws ModelException {
        if (has("out_sample")) {
            compareCalls();
        }
        if (has("alphas_cumprod")) {
            compareSchedule();
        }
        compareTimesteps("ddim_timesteps", false);
        compareTimesteps("ddim_inverse_timesteps", true);
        compareTrajectory();
        if (codec.isPresent()) {
            compareCodec(codec.get());
        }
        compareDenoised();
        return codec.isPresent() ? comparisons.done("out_sample") : comparisons.done();
    }

    /** Names in the file that no comparison looks at. */
    List<String> unknown() {
        return comparisons.unknown(INPUTS);
    }

    private boolean has(String name) {
        return comparisons.has(name);
    }

    private void compareCalls() throws ModelException {
        Tensor samples = expected.tensor("sample");
        long[] timesteps = expected.longs("timestep");
        if (samples.shape().rank() != 4 || timesteps.length != samples.shape().batch()) {
            throw ModelException.in(
                    expected.file(),
                    "one timestep for each of \"sample\"",
                    timesteps.length + " for " + samples.shape());
        }
        var predictions = new ArrayList<Tensor>();
        for (int i = 0; i < timesteps.length; i++) {
            predictions.add(predict(samples.slice(i), Math.toIntExact(timesteps[i])));
        }
        comparisons.absolute("out_sample", Tensor.concat(predictions), CALL_TOLERANCE);
    }

    private Tensor predict(Tensor sample, int timestep) throws ModelException {
        try {
            return denoiser.predict(sample, timestep);
        } catch (IllegalArgumentException e) {
            throw new ModelException(expected.file() + ": " + e.getMessage() + ".", e);
        }
    }

    private void compareSchedule() throws ModelException {
        var found = new float[settings.schedule().length()];
        for (int t = 0; t < found.length; t++) {
            found[t] = (float) settings.schedule().alphaBar(t);
        }
        Tensor schedule = Tensor.wrap(Shape.of(found.length), found);
        comparisons.absolute("alphas_cumprod", schedule, SCHEDULE_TOLERANCE);
    }

    private void compareTimesteps(String name, boolean ascending) throws ModelException {
        if (!has(name)) {
            return;
        }
        Timetable timetable = timetable(expected.longs(name).length);
        List<Timetable.Step> steps = ascending ? timetable.encoding() : timetable.decoding();
        comparisons.exact(
                name, steps.stream().mapToLong(Timetable.Step::timestep).toArray());
    }

    private void compareTrajectory() throws ModelException {
        if (!has("ddim_x0") || !has("ddim_inverse_trajectory")) {
            return;
        }
        var states = new ArrayList<Tensor>();
        Timetable timetable =
                timetable(expected.tensor("ddim_inverse_trajectory").shape().batch());
        var sampler = new DdimSampler(settings);
        Tensor clean = expected.tensor("ddim_x0");
        predict(clean, 0);
        Tensor encoded = sampler.encode(denoiser, clean, timetable, step -> states.add(step.state()));
        comparisons.relative("ddim_inverse_trajectory", Tensor.concat(states), TRAJECTORY_TOLERANCE);
        if (has("ddim_encoded")) {
            comparisons.relative("ddim_encoded", encoded, TRAJECTORY_TOLERANCE);
        }
        if (has("ddim_decoded")) {
            Tensor start = has("ddim_encoded") ? expected.tensor("ddim_encoded") : encoded;
            Tensor decoded = sampler.decode(denoiser, start, timetable, StepListener.NONE);
            comparisons.relative("ddim_decoded", decoded, TRAJECTORY_TOLERANCE);
        }
    }

    private void compareCodec(Codec codec) throws ModelException {
        if (has("codec_image") && has("codec_latent")) {
            comparisons.absolute("codec_latent", codec.encode(expected.tensor("codec_image")), CALL_TOLERANCE);
        }
        if (has("codec_latent") && has("codec_decoded")) {
            comparisons.absolute("codec_decoded", codec.decode(expected.tensor("codec_latent")), CALL_TOLERANCE);
        }
    }

    private void compareDenoised() throws ModelException {
        if (!has("edm_denoised") || !(denoiser instanceof PreconditionedDenoiser preconditioned)) {
            return;
        }
        Tensor noisy = expected.tensor("edm_noisy");
        Tensor sigmas = expected.tensor("edm_sigma");
        var denoised = new ArrayList<Tensor>();
        for (int i = 0; i < sigmas.size(); i++) {
            denoised.add(preconditioned.denoised(noisy.slice(i), sigmas.get(i)));
        }
        comparisons.relative("edm_denoised", Tensor.concat(denoised), CALL_TOLERANCE);
    }

    private Timetable timetable(int steps) throws ModelException {
        if (steps < 1 || steps > settings.schedule().length()) {
            throw ModelException.in(
                    expected.file(), "1 to " + settings.schedule().length() + " steps", steps + " steps");
        }
        return Timetable.full(settings, steps);
    }
}
