package dev.noisediffusion.diffusion;

/** Which training timesteps an inference run visits (Lin et al. 2023, table 2). Names as in the diffusers library. */
public enum TimestepSpacing {
    /** Evenly from 0 up, by whole strides; shifted by the steps offset. */
    LEADING {
        @Override
        int[] ascending(int trainTimesteps, int steps, int offset) {
            int stride = trainTimesteps / steps;
            var timesteps = new int[steps];
            for (int i = 0; i < steps; i++) {
                timesteps[i] = Math.min(i * stride + offset, trainTimesteps - 1);
            }
            return timesteps;
        }
    },
    /** Evenly down from the last timestep. */
    TRAILING {
        @Override
        int[] ascending(int trainTimesteps, int steps, int offset) {
            double stride = (double) trainTimesteps / steps;
            var timesteps = new int[steps];
            for (int i = 0; i < steps; i++) {
                timesteps[steps - 1 - i] = (int) Math.rint(trainTimesteps - i * stride) - 1;
            }
            return timesteps;
        }
    },
    /** Evenly from the first to the last timestep, both included. */
    LINSPACE {
        @Override
        int[] ascending(int trainTimesteps, int steps, int offset) {
            var timesteps = new int[steps];
            for (int i = 0; i < steps; i++) {
                timesteps[i] = steps == 1 ? 0 : (int) Math.rint((trainTimesteps - 1.0) * i / (steps - 1));
            }
            return timesteps;
        }
    };

    /** The {@code steps} timesteps from the least to the most noisy, each in [0, trainTimesteps). */
    abstract int[] ascending(int trainTimesteps, int steps, int offset);
}
