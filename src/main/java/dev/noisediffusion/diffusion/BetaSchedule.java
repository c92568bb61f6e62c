package dev.noisediffusion.diffusion;

/** How the variance beta of the noise added per training step grows. Names as in the diffusers library. */
public enum BetaSchedule {
    /** Linear in beta (Ho et al. 2020). */
    LINEAR {
        @Override
        double[] betas(int count, double start, double end) {
            return linspace(count, start, end);
        }
    },
    /** Linear in sqrt(beta) (latent diffusion, Stable Diffusion). */
    SCALED_LINEAR {
        @Override
        double[] betas(int count, double start, double end) {
            double[] betas = linspace(count, Math.sqrt(start), Math.sqrt(end));
            for (int i = 0; i < count; i++) {
                betas[i] *= betas[i];
            }
            return betas;
        }
    },
    /** The squared-cosine schedule with betas capped at 0.999 (Nichol and Dhariwal 2021); start and end do not count. */
    SQUAREDCOS_CAP_V2 {
        @Override
        double[] betas(int count, double start, double end) {
            var betas = new double[count];
            for (int i = 0; i < count; i++) {
                double now = squaredCosine((double) i / count);
                double next = squaredCosine((double) (i + 1) / count);
                betas[i] = Math.min(1 - next / now, 0.999);
            }
            return betas;
        }
    };

    /** The betas of {@code count} training steps, each in (0, 1). */
    abstract double[] betas(int count, double start, double end);

    private static double[] linspace(int count, double start, double end) {
        var values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = count == 1 ? start : start + (end - start) * i / (count - 1);
        }
        return values;
    }

    private static double squaredCosine(double t) {
        double cosine = Math.cos((t + 0.008) / 1.008 * Math.PI / 2);
        return cosine * cosine;
    }
}
