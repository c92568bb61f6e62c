package dev.noisediffusion.diffusion;

/**
 * How a network was trained, and so how it must be sampled: the contents of a {@code scheduler_config.json}.
 *
 * @param schedule the noise schedule of training
 * @param prediction what the network predicts
 * @param spacing which timesteps a run visits
 * @param stepsOffset added to the timesteps of {@link TimestepSpacing#LEADING}
 * @param cleanAlphaBar abar of the clean end of a run: 1, or abar_0 where {@code set_alpha_to_one} is false
 * @param cleanClip predicted clean pictures are clipped to this magnitude ({@code clip_sample_range}), infinite for off
 */
public record DiffusionSettings(
        NoiseSchedule schedule,
        PredictionType prediction,
        TimestepSpacing spacing,
        int stepsOffset,
        double cleanAlphaBar,
        double cleanClip) {
    public DiffusionSettings {
        if (!(cleanAlphaBar > 0 && cleanAlphaBar <= 1)) {
            throw new IllegalArgumentException("abar of the clean end must be in (0, 1], found " + cleanAlphaBar);
        }
        if (!(cleanClip > 0)) {
            throw new IllegalArgumentException("The clip of clean pictures must be positive, found " + cleanClip);
        }
        if (stepsOffset < 0) {
            throw new IllegalArgumentException("The steps offset cannot be negative, found " + stepsOffset);
        }
    }
}
