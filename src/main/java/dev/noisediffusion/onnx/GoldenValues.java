package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.DdimSampler;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionSettings;
import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.Safetensors;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Compares a network and its sampling with values computed elsewhere, as a file {@code expected.safetensors} holds them:
 * {@code sample} and {@code timestep} with {@code out_sample} (one network call each), {@code alphas_cumprod},
 * {@code ddim_timesteps}, {@code ddim_inverse_timesteps}, and an inversion of {@code ddim_x0} with its
 * {@code ddim_inverse_trajectory} (the state after each step), its end {@code ddim_encoded} and the way back
 * {@code ddim_decoded}.
 */
final class GoldenValues {
    private static final double CALL_TOLERANCE = 1e-4;
    private static final double SCHEDULE_TOLERANCE = 1e-6;
    private static final double TRAJECTORY_TOLERANCE = 1e-3;
    private static final Set<String> INPUTS = Set.of("sample", "timestep", "ddim_x0");

    private final Safetensors expected;
    private final Denoiser denoiser;
    private final DiffusionSettings settings;
    private final List<ModelReport.Comparison> comparisons = new ArrayList<>();

    GoldenValues(Safetensors expected, Denoiser denoiser, DiffusionSettings settings) {
        this.expected = expected;
        this.denoiser = denoiser;
        this.settings = settings;
    }

    /**
     * Compares everything in the file.
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
        if (comparisons.isEmpty()) {
            throw ModelException.in(expected.file(), "values such as \"out_sample\"", "none that can be compared");
        }
        return List.copyOf(comparisons);
    }

    /** Names in the file that no comparison looks at. */
    List<String> unknown() {
        return expected.entries().keySet().stream()
                .filter(name -> !INPUTS.contains(name))
                .filter(name ->
                        comparisons.stream().noneMatch(done -> done.name().equals(name)))
                .toList();
    }

    private boolean has(String name) {
        return expected.entries().containsKey(name);
    }

    private void compareCalls() throws ModelException {
        Tensor samples = expected.tensor("sample");
        Tensor wanted = expected.tensor("out_sample");
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
        add("out_sample", difference("out_sample", wanted, Tensor.concat(predictions)), CALL_TOLERANCE, false);
    }

    private Tensor predict(Tensor sample, int timestep) throws ModelException {
        try {
            return denoiser.predict(sample, timestep);
        } catch (IllegalArgumentException e) {
            throw new ModelException(expected.file() + ": " + e.getMessage() + ".", e);
        }
    }

    private void compareSchedule() throws ModelException {
        Tensor wanted = expected.tensor("alphas_cumprod");
        var found = new float[settings.schedule().length()];
        for (int t = 0; t < found.length; t++) {
            found[t] = (float) settings.schedule().alphaBar(t);
        }
        Tensor schedule = Tensor.wrap(Shape.of(found.length), found);
        add("alphas_cumprod", difference("alphas_cumprod", wanted, schedule), SCHEDULE_TOLERANCE, false);
    }

    private void compareTimesteps(String name, boolean ascending) throws ModelException {
        if (!has(name)) {
            return;
        }
        long[] wanted = expected.longs(name);
        Timetable timetable = timetable(wanted.length);
        List<Timetable.Step> steps = ascending ? timetable.encoding() : timetable.decoding();
        double largest = 0;
        for (int i = 0; i < wanted.length; i++) {
            largest =
                    Math.max(largest, Math.abs((double) wanted[i] - steps.get(i).timestep()));
        }
        add(name, largest, 0, false);
    }

    private void compareTrajectory() throws ModelException {
        if (!has("ddim_x0") || !has("ddim_inverse_trajectory")) {
            return;
        }
        Tensor wanted = expected.tensor("ddim_inverse_trajectory");
        var states = new ArrayList<Tensor>();
        Timetable timetable = timetable(wanted.shape().batch());
        var sampler = new DdimSampler(settings);
        Tensor clean = expected.tensor("ddim_x0");
        predict(clean, 0);
        Tensor encoded = sampler.encode(denoiser, clean, timetable, step -> states.add(step.state()));
        addRelative("ddim_inverse_trajectory", wanted, Tensor.concat(states));
        if (has("ddim_encoded")) {
            addRelative("ddim_encoded", expected.tensor("ddim_encoded"), encoded);
        }
        if (has("ddim_decoded")) {
            Tensor start = has("ddim_encoded") ? expected.tensor("ddim_encoded") : encoded;
            Tensor decoded = sampler.decode(denoiser, start, timetable, StepListener.NONE);
            addRelative("ddim_decoded", expected.tensor("ddim_decoded"), decoded);
        }
    }

    private Timetable timetable(int steps) throws ModelException {
        if (steps < 1 || steps > settings.schedule().length()) {
            throw ModelException.in(
                    expected.file(), "1 to " + settings.schedule().length() + " steps", steps + " steps");
        }
        return Timetable.full(settings, steps);
    }

    private void addRelative(String name, Tensor wanted, Tensor found) throws ModelException {
        double largest = Kernels.maxAbsDifference(wanted, Tensor.zeros(wanted.shape()));
        add(name, difference(name, wanted, found) / largest, TRAJECTORY_TOLERANCE, true);
    }

    private double difference(String name, Tensor wanted, Tensor found) throws ModelException {
        if (!wanted.shape().equals(found.shape())) {
            throw ModelException.in(
                    expected.file(), "\"" + name + "\" of shape " + found.shape(), "shape " + wanted.shape());
        }
        return Kernels.maxAbsDifference(wanted, found);
    }

    private void add(String name, double error, double tolerance, boolean relative) {
        comparisons.add(new ModelReport.Comparison(name, error, tolerance, relative));
    }
}
