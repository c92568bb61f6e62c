package dev.noisediffusion.diffusion;

import dev.noisediffusion.tensor.Shape;

/**
 * A model ready to run: network, codec and how to sample. Closing it closes both.
 *
 * @param id content hash of everything in its files that decides what the model computes; recipes name it by this
 * @param cacheKey the id with the device and precision at opening: what encodings and frames are cached under; unchanged where
 *     the network moves to another device while it is open
 * @param name for people
 * @param network what predicts
 * @param codec pixels to latents and back
 * @param settings schedule, prediction type, spacing
 * @param width of the pictures, in pixels
 * @param height of the pictures, in pixels
 * @param batchSize how many frames one network call decodes best on this machine, at least 1
 */
public record DiffusionModel(
        String id,
        String cacheKey,
        String name,
        Network network,
        Codec codec,
        DiffusionSettings settings,
        int width,
        int height,
        int batchSize)
        implements AutoCloseable {
    /** The shape of the latents of one picture. */
    public Shape latentShape() {
        return codec.latentShape(width, height);
    }

    /** The network without words. */
    public Denoiser denoiser() {
        return denoiser(Guidance.NONE);
    }

    /** The network with words bound to it; it stays the model's. */
    public Denoiser denoiser(Guidance guidance) {
        return network.denoiser(guidance);
    }

    @Override
    public void close() {
        try (codec;
                network) {
            // Both are closed on the way out, the network first.
        }
    }
}
