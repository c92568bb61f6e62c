package dev.noisediffusion.diffusion;

import dev.noisediffusion.tensor.Tensor;

/** Hears of every step of a run; an exception it throws ends the run, which is how a run is cancelled. */
@FunctionalInterface
public interface StepListener {
    /** For runs nobody watches. */
    StepListener NONE = step -> {};

    /**
     * What one step did.
     *
     * @param index number of the step in its run, from 0
     * @param state the latents after the step
     */
    record StepEvent(int index, Tensor state) {}

    /** Called after each network call, on the thread of the run. */
    void afterStep(StepEvent step);
}
