package dev.noisediffusion.model;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The space between an autoencoder and the network: {@code latent = (mean - shift) scaling}.
 *
 * @param channels of the latents
 * @param factor pixels along each side of one latent pixel
 * @param scaling brings the autoencoder's means to unit variance
 * @param shift of the means
 */
public record LatentSpace(int channels, int factor, double scaling, double shift) {
    /** Stable Diffusion 1 and 2. */
    public static final LatentSpace STABLE_DIFFUSION = new LatentSpace(4, 8, 0.18215, 0);

    /** Channels of a VQModel that does not say. */
    static final int CODES = 3;

    /** Reads the {@code config.json} of an autoencoder; what it does not say is Stable Diffusion's. */
    static LatentSpace read(Path file) throws ModelException {
        return Files.exists(file) ? of(ConfigFile.read(file)) : STABLE_DIFFUSION;
    }

    static LatentSpace of(ConfigFile config) throws ModelException {
        LatentSpace usual = STABLE_DIFFUSION;
        return of(config, config.positive("latent_channels", usual.channels), usual.scaling);
    }

    /**
     * That of a VQModel. Where the file says nothing of scaling there is none: the published models of that kind were trained
     * without, and their files are older than the field.
     */
    static LatentSpace ofCodes(ConfigFile config) throws ModelException {
        LatentSpace read = of(config, config.positive("vq_embed_dim", config.positive("latent_channels", CODES)), 1);
        // The diffusers library writes its default into every file that it saves, and so says nothing by it.
        return read.scaling == STABLE_DIFFUSION.scaling
                ? new LatentSpace(read.channels, read.factor, 1, read.shift)
                : read;
    }

    private static LatentSpace of(ConfigFile config, int channels, double usualScaling) throws ModelException {
        config.requireUnset("latents_mean");
        config.requireUnset("latents_std");
        int levels = config.isList("block_out_channels")
                ? config.integers("block_out_channels").size()
                : 4;
        if (levels < 1 || levels > 8) {
            throw config.refuse("block_out_channels", "1 to 8 numbers", levels + " numbers");
        }
        double scaling = config.number("scaling_factor", usualScaling);
        if (!(scaling > 0)) {
            throw config.refuse("scaling_factor", "above 0", String.valueOf(scaling));
        }
        return new LatentSpace(channels, 1 << (levels - 1), scaling, config.number("shift_factor", 0));
    }

    /** What the space is, in a form that two equal ones share. */
    public String describe() {
        return "autoencoder, " + channels + " channels, factor " + factor + ", scaling " + scaling
                + (shift == 0 ? "" : ", shift " + shift);
    }
}
