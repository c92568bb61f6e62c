package dev.noisediffusion.diffusion;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import java.util.Arrays;

/**
 * Data whose every value is normal with one mean and spread: its ideal denoiser and the exact DDIM path are known in
 * closed form. With x_t = a x0 + s eps, x_t is normal with mean {@code a mean} and variance {@code a^2 spread^2 + s^2};
 * the probability flow keeps each value's distance from the mean in units of the standard deviation.
 */
public record GaussianData(double mean, double spread, NoiseSchedule schedule, PredictionType prediction)
        implements Denoiser {
    @Override
    public Tensor predict(Tensor noisy, int timestep) {
        double alphaBar = schedule.alphaBar(timestep);
        double signal = Math.sqrt(alphaBar);
        double noise = Math.sqrt(1 - alphaBar);
        double variance = alphaBar * spread * spread + 1 - alphaBar;
        Tensor ones = ones(noisy);
        // E[eps | x_t] and E[x0 | x_t]
        Tensor eps = Kernels.linear(noise / variance, noisy, -noise * signal * mean / variance, ones);
        Tensor clean =
                Kernels.linear(signal * spread * spread / variance, noisy, mean * (1 - alphaBar) / variance, ones);
        return switch (prediction) {
            case EPSILON -> eps;
            case SAMPLE -> clean;
            case V_PREDICTION -> Kernels.linear(signal, eps, -noise, clean);
        };
    }

    /** Where the probability flow takes clean values, exactly. */
    public Tensor flow(Tensor clean, double alphaBar) {
        double deviation = Math.sqrt(alphaBar * spread * spread + 1 - alphaBar);
        return Kernels.linear(
                deviation / spread, clean, Math.sqrt(alphaBar) * mean - deviation / spread * mean, ones(clean));
    }

    private static Tensor ones(Tensor like) {
        var values = new float[like.size()];
        Arrays.fill(values, 1);
        return Tensor.wrap(like.shape(), values);
    }
}
