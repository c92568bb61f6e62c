package dev.noisediffusion.diffusion;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import java.util.List;

/**
 * Deterministic DDIM (Song et al. 2021, eq. 12 with sigma = 0). Sampling and inversion are the same step read in two
 * directions, so both run here. Stateless.
 */
public final class DdimSampler {
    private final DiffusionSettings settings;

    public DdimSampler(DiffusionSettings settings) {
        this.settings = settings;
    }

    /** Inversion: the noisy latents that decode back to the clean ones. */
    public Tensor encode(Denoiser denoiser, Tensor clean, Timetable timetable, StepListener listener) {
        return encode(denoiser, clean, 0, timetable, listener);
    }

    /**
     * Inversion from a state on its way: to the bit what it gives from the clean latents.
     *
     * @param done steps that the state has behind it, in [0, length of the timetable]; the others keep their numbers
     */
    public Tensor encode(Denoiser denoiser, Tensor state, int done, Timetable timetable, StepListener listener) {
        return run(denoiser, state, timetable.encoding(), done, listener);
    }

    /** Sampling: the clean latents that the noisy ones stand for. */
    public Tensor decode(Denoiser denoiser, Tensor noisy, Timetable timetable, StepListener listener) {
        return run(denoiser, noisy, timetable.decoding(), 0, listener);
    }

    /** One network call: the clean picture the network sees in a noisy one, x0-hat (DDIM eq. 9). */
    public Tensor predictClean(Denoiser denoiser, Tensor noisy, int timestep, double alphaBar) {
        PredictionType.Mix clean = settings.prediction().clean(Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar));
        return mix(clean, noisy, denoiser.predict(noisy, timestep));
    }

    private Tensor run(Denoiser denoiser, Tensor start, List<Timetable.Step> steps, int first, StepListener listener) {
        Tensor state = start;
        for (int i = first; i < steps.size(); i++) {
            Timetable.Step step = steps.get(i);
            state = advance(state, denoiser.predict(state, step.timestep()), step);
            listener.afterStep(new StepListener.StepEvent(i, state));
        }
        return state;
    }

    /** {@code x' = sqrt(abar') x0 + sqrt(1 - abar') eps}. */
    private Tensor advance(Tensor x, Tensor prediction, Timetable.Step step) {
        double signal = Math.sqrt(step.alphaBarTo());
        double noise = Math.sqrt(1 - step.alphaBarTo());
        PredictionType.Mix eps = noiseOf(step);
        PredictionType.Mix clean = cleanOf(step, eps);
        if (settings.cleanClip() < Double.POSITIVE_INFINITY) {
            return Kernels.weightedSum(
                    new double[] {signal, noise * eps.fromNoisy(), noise * eps.fromPrediction()},
                    List.of(mix(clean, x, prediction), x, prediction));
        }
        return Kernels.linear(
                signal * clean.fromNoisy() + noise * eps.fromNoisy(),
                x,
                signal * clean.fromPrediction() + noise * eps.fromPrediction(),
                prediction);
    }

    // Inversion asks the network about the level it climbs to, while the state is still a step below. A predicted eps
    // or
    // v carries over to that state. What a predicted sample says of the noise holds only at the level it was asked
    // about,
    // so it is turned into eps there first; going down the two levels are one and nothing changes.

    private PredictionType.Mix noiseOf(Timetable.Step step) {
        double alphaBar = settings.prediction() == PredictionType.SAMPLE
                ? settings.schedule().alphaBar(step.timestep())
                : step.alphaBarFrom();
        return settings.prediction().noise(Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar));
    }

    private PredictionType.Mix cleanOf(Timetable.Step step, PredictionType.Mix eps) {
        double signal = Math.sqrt(step.alphaBarFrom());
        double noise = Math.sqrt(1 - step.alphaBarFrom());
        return settings.prediction() == PredictionType.SAMPLE
                ? new PredictionType.Mix((1 - noise * eps.fromNoisy()) / signal, -noise * eps.fromPrediction() / signal)
                : settings.prediction().clean(signal, noise);
    }

    private Tensor mix(PredictionType.Mix clean, Tensor noisy, Tensor prediction) {
        return Kernels.clip(
                Kernels.linear(clean.fromNoisy(), noisy, clean.fromPrediction(), prediction), settings.cleanClip());
    }
}
