package dev.noisediffusion.model;

import java.util.List;

/**
 * The shape of an AutoencoderKL of the diffusers library.
 *
 * @param channels of the levels, from the finest down
 * @param layersPerBlock residual blocks per level of the encoder; one more in the decoder
 * @param groups of the group normalisations
 * @param latents what lies in between
 * @param quantConv whether a 1x1 convolution follows the encoder
 * @param postQuantConv whether one goes before the decoder
 */
record AutoencoderConfig(
        List<Integer> channels,
        int layersPerBlock,
        int groups,
        LatentSpace latents,
        boolean quantConv,
        boolean postQuantConv) {
    private static final int MAX_CHANNELS = 65_536;
    private static final int MAX_LAYERS = 64;

    AutoencoderConfig {
        channels = List.copyOf(channels);
    }

    static AutoencoderConfig of(ConfigFile config) throws ModelException {
        String className = config.text("_class_name", "nothing");
        if (!className.equals("AutoencoderKL")) {
            throw config.refuse("_class_name", "AutoencoderKL", className);
        }
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
                LatentSpace.of(config),
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
}
