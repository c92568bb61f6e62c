package dev.noisediffusion.model;

import dev.noisediffusion.job.ModelRefusal;
import java.util.List;
import java.util.Optional;

/**
 * The shape of an AutoencoderKL or a VQModel of the diffusers library.
 *
 * @param channels of the levels, from the finest down
 * @param layersPerBlock residual blocks per level of the encoder; one more in the decoder
 * @param groups of the group normalisations
 * @param latents what lies in between
 * @param inner channels at the end of the encoder, half of them where they are means and variances, and at the beginning
 *     of the decoder
 * @param codebook of a VQModel
 * @param quantConv whether a 1x1 convolution follows the encoder
 * @param postQuantConv whether one goes before the decoder
 */
record AutoencoderConfig(
        List<Integer> channels,
        int layersPerBlock,
        int groups,
        LatentSpace latents,
        int inner,
        Optional<Codebook> codebook,
        boolean quantConv,
        boolean postQuantConv) {
    private static final int MAX_CHANNELS = 65_536;
    private static final int MAX_LAYERS = 64;
    private static final int MAX_CODES = 1 << 20;

    /**
     * The latents that a VQModel decodes (van den Oord et al. 2017).
     *
     * @param size number of codes
     */
    record Codebook(int size) {}

    AutoencoderConfig {
        channels = List.copyOf(channels);
    }

    static AutoencoderConfig of(ConfigFile config) throws ModelException {
        String className = config.text("_class_name", "nothing");
        boolean quantised = className.equals("VQModel");
        if (!quantised && !className.equals("AutoencoderKL")) {
            throw config.refuse("_class_name", "AutoencoderKL or VQModel", className)
                    .as(ModelRefusal.OTHER_KIND.with(config.file(), className));
        }
        config.requireText("norm_type", "group");
        config.requireOff("lookup_from_codebook");
        config.requireText("act_fn", "silu");
        for (String type : config.texts("down_block_types")) {
            if (!type.equals("DownEncoderBlock2D")) {
                throw config.refuse("down_block_types", "made of DownEncoderBlock2D", "\"" + type + "\"");
            }
        }
        if (!config.flag("mid_block_add_attention", true)) {
            throw config.refuse("mid_block_add_attention", "true", "false");
        }
        var read = new AutoencoderConfig(
                config.integers("block_out_channels"),
                config.atMost("layers_per_block", 1, MAX_LAYERS),
                config.positive("norm_num_groups", 32),
                quantised ? LatentSpace.ofCodes(config) : LatentSpace.of(config),
                inner(config, quantised),
                quantised
                        ? Optional.of(new Codebook(config.atMost("num_vq_embeddings", 256, MAX_CODES)))
                        : Optional.empty(),
                config.flag("use_quant_conv", true),
                config.flag("use_post_quant_conv", true));
        for (int channels : read.channels) {
            if (channels < 1 || channels > MAX_CHANNELS || channels % read.groups != 0) {
                throw config.refuse(
                        "block_out_channels",
                        "multiples of norm_num_groups, " + read.groups + ", up to " + MAX_CHANNELS,
                        read.channels.toString());
            }
        }
        return read;
    }

    private static int inner(ConfigFile config, boolean quantised) throws ModelException {
        int usual = quantised ? LatentSpace.CODES : LatentSpace.STABLE_DIFFUSION.channels();
        return config.atMost("latent_channels", usual, MAX_CHANNELS);
    }

    /** Channels at the end of the encoder: a VQModel says codes there, others means and variances. */
    int moments() {
        return codebook.isPresent() ? inner : 2 * inner;
    }

    /** Channels of what the encoder's graph gives. */
    int encoded() {
        return codebook.isPresent() ? latents.channels() : 2 * latents.channels();
    }
}
