package dev.noisediffusion.onnx;

import dev.noisediffusion.tensor.Shape;

/** How many frames one network call takes. */
final class BatchSizes {
    /** Up to here the cost of starting a call shows beside the cost of a frame. */
    private static final int SMALL_LATENT = 16 * 16;

    private BatchSizes() {}

    /**
     * The batch for latents of a shape. On a CPU one frame of a real model keeps all threads busy, and a larger batch only
     * takes memory and delays the first frame and a cancel; a GPU needs several frames to be busy.
     */
    static int of(ExecutionProvider provider, Shape latent) {
        return switch (provider) {
            case CPU -> latent.height() * latent.width() <= SMALL_LATENT ? 4 : 1;
            case CUDA -> 8;
        };
    }
}
