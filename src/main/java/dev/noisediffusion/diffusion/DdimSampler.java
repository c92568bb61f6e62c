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
        return run(denoiser, clean, timetable.encoding(), listener);
    }

    /** Sampling: the clean latents that the noisy ones stand for. */
    public Tensor decode(Denoiser denoiser, Tensor noisy, Timetable timetable, StepListener listener) {
        return run(denoiser, noisy, timetable.decoding(), listener);
    }

    /** One network call: the clean picture the network sees in a noisy one, x0-hat (DDIM eq. 9). */
    public Tensor predictClean(Denoiser denoiser, Tensor noisy, int timestep, double alphaBar) {
        return cleanOf(noisy, denoiser.predict(noisy, timestep), alphaBar);
    }

    private Tensor run(Denoiser denoiser, Tensor start, List<Timetable.Step> steps, StepListener listener) {
        Tensor state = start;
        for (int i = 0; i < steps.size(); i++) {
            Timetable.Step step = steps.get(i);
            state = advance(state, denoiser.predict(state, step.timestep()), step);
            listener.afterStep(new StepListener.StepEvent(i, steps.size(), step.timestep(), state));
        }
        return state;
    }

    /** {@code x' = sqrt(abar') x0 + sqrt(1 - abar') eps}. */
    private Tensor advance(Tensor x, Tensor prediction, Timetable.Step step) {
        double signal = Math.sqrt(step.alphaBarTo());
        double noise = Math.sqrt(1 - step.alphaBarTo());
        PredictionType.Mix eps =
                settings.prediction().noise(Math.sqrt(step.alphaBarFrom()), Math.sqrt(1 - step.alphaBarFrom()));
        if (settings.cleanClip() < Double.POSITIVE_INFINITY) {
            Tensor x0 = cleanOf(x, prediction, step.alphaBarFrom());
            return Kernels.weightedSum(
                    new double[] {signal, noise * eps.fromNoisy(), noise * eps.fromPrediction()},
                    List.of(x0, x, prediction));
        }
        PredictionType.Mix x0 =
                settings.prediction().clean(Math.sqrt(step.alphaBarFrom()), Math.sqrt(1 - step.alphaBarFrom()));
        return Kernels.linear(
                signal * x0.fromNoisy() + noise * eps.fromNoisy(),
                x,
                signal * x0.fromPrediction() + noise * eps.fromPrediction(),
                prediction);
    }

    private Tensor cleanOf(Tensor x, Tensor prediction, double alphaBar) {
        PredictionType.Mix x0 = settings.prediction().clean(Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar));
        Tensor clean = Kernels.linear(x0.fromNoisy(), x, x0.fromPrediction(), prediction);
        return Kernels.clip(clean, settings.cleanClip());
    }
}
