package dev.noisediffusion.model;

import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.UNet2DConfig.Block;
import dev.noisediffusion.model.UNet2DConfig.Level;
import dev.noisediffusion.model.UNet2DConfig.Middle;
import dev.noisediffusion.model.UNet2DConfig.TimeEmbedding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The shape of a UNet2DConditionModel of the diffusers library: a U-Net whose attention also looks at words.
 *
 * @param unet the U-Net; a block with attention has a transformer
 * @param wordWidth of the words' embeddings
 * @param heads of the attention at each level, from the finest down. The library calls them {@code attention_head_dim},
 *     which in a UNet2DModel means the channels of a head
 * @param depths of the transformers at each level, in blocks
 * @param added to the timestep, as SDXL does (Podell et al. 2023)
 */
record ConditionedUNetConfig(
        UNet2DConfig unet, int wordWidth, List<Integer> heads, List<Integer> depths, Optional<Added> added) {
    private static final int MAX_WIDTH = 65_536;
    private static final int MAX_LEVELS = 12;
    private static final int MAX_LAYERS = 64;

    ConditionedUNetConfig {
        heads = List.copyOf(heads);
        depths = List.copyOf(depths);
    }

    /**
     * What is added to the timestep: an embedding of the whole prompt, and six sizes.
     *
     * @param sizeWidth channels of the sines and cosines of each size
     * @param promptWidth of the embedding of the prompt
     */
    record Added(int sizeWidth, int promptWidth) {
        /** Height and width before and after cropping, and the cropped corner in between. */
        static final int SIZES = 6;

        int width() {
            return promptWidth + SIZES * sizeWidth;
        }
    }

    static ConditionedUNetConfig of(ConfigFile config) throws ModelException {
        String className = config.text("_class_name", "nothing");
        if (!className.equals("UNet2DConditionModel")) {
            throw config.refuse("_class_name", "UNet2DConditionModel", className)
                    .as(ModelRefusal.OTHER_KIND.with(config.file(), className));
        }
        refuseUnknownWays(config);
        List<Level> levels = levels(config);
        int groups = config.positive("norm_num_groups", 32);
        int first = levels.getFirst().channels();
        var unet = new UNet2DConfig(
                config.atMost("in_channels", 4, MAX_WIDTH),
                config.atMost("out_channels", 4, MAX_WIDTH),
                Optional.empty(),
                levels,
                config.atMost("layers_per_block", 2, MAX_LAYERS),
                new TimeEmbedding(
                        first, 4 * first, config.number("freq_shift", 0), config.flag("flip_sin_to_cos", true)),
                groups,
                config.number("norm_eps", 1e-5),
                OptionalInt.empty(),
                config.integer("downsample_padding", 1),
                new Middle(config.number("mid_block_scale_factor", 1), true, OptionalInt.of(groups)),
                false,
                config.flag("center_input_sample", false));
        var read = new ConditionedUNetConfig(
                unet,
                config.atMost("cross_attention_dim", 1280, MAX_WIDTH),
                heads(config, levels.size()),
                depths(config, levels.size()),
                added(config));
        read.requireSound(config);
        return read;
    }

    private static void refuseUnknownWays(ConfigFile config) throws ModelException {
        config.requireText("time_embedding_type", "positional");
        config.requireTextNotNull("mid_block_type", "UNetMidBlock2DCrossAttn");
        config.requireText("resnet_time_scale_shift", "default");
        config.requireText("act_fn", "silu");
        for (String way : List.of(
                "class_embed_type",
                "encoder_hid_dim_type",
                "num_class_embeds",
                "time_cond_proj_dim",
                "time_embedding_dim",
                "cross_attention_norm")) {
            config.requireUnset(way);
        }
        config.requireOff("dual_cross_attention");
        config.requireOff("only_cross_attention");
        config.requireUnset("reverse_transformer_layers_per_block");
    }

    private static List<Integer> depths(ConfigFile config, int levels) throws ModelException {
        String field = "transformer_layers_per_block";
        if (!config.isList(field)) {
            return Collections.nCopies(levels, config.atMost(field, 1, MAX_LAYERS));
        }
        List<Integer> depths = config.integers(field);
        if (depths.size() != levels || depths.stream().anyMatch(depth -> depth < 1 || depth > MAX_LAYERS)) {
            throw config.refuse(field, levels + " numbers from 1 to " + MAX_LAYERS, depths.toString());
        }
        return depths;
    }

    private static Optional<Added> added(ConfigFile config) throws ModelException {
        if (!config.has("addition_embed_type")) {
            return Optional.empty();
        }
        config.requireText("addition_embed_type", "text_time");
        int sizes = config.atMost("addition_time_embed_dim", 256, MAX_WIDTH);
        String field = "projection_class_embeddings_input_dim";
        int whole = config.atMost(field, 2816, 8 * MAX_WIDTH);
        if (whole <= Added.SIZES * sizes) {
            throw config.refuse(field, "above 6 times addition_time_embed_dim, " + Added.SIZES * sizes, "" + whole);
        }
        return Optional.of(new Added(sizes, whole - Added.SIZES * sizes));
    }

    private static List<Level> levels(ConfigFile config) throws ModelException {
        List<Integer> channels = config.integers("block_out_channels");
        List<String> down = config.texts("down_block_types");
        List<String> up = config.texts("up_block_types");
        int count = channels.size();
        if (count < 1 || count > MAX_LEVELS || down.size() != count || up.size() != count) {
            throw config.refuse(
                    "block_out_channels",
                    "1 to " + MAX_LEVELS + " numbers, with as many down_block_types and up_block_types",
                    count + ", " + down.size() + " and " + up.size());
        }
        var levels = new ArrayList<Level>();
        for (int i = 0; i < count; i++) {
            levels.add(new Level(
                    channels.get(i), block(config, "Down", down.get(i)), block(config, "Up", up.get(count - 1 - i))));
        }
        return levels;
    }

    private static Block block(ConfigFile config, String direction, String type) throws ModelException {
        String plain = direction + "Block2D";
        String listening = "CrossAttn" + plain;
        if (!type.equals(plain) && !type.equals(listening)) {
            String field = direction.equals("Down") ? "down_block_types" : "up_block_types";
            throw config.refuse(field, "made of " + plain + " and " + listening, "\"" + type + "\"");
        }
        return new Block(type.equals(listening), false);
    }

    private static List<Integer> heads(ConfigFile config, int levels) throws ModelException {
        String field = config.has("num_attention_heads") ? "num_attention_heads" : "attention_head_dim";
        if (!config.isList(field)) {
            return Collections.nCopies(levels, config.positive(field, 8));
        }
        List<Integer> heads = config.integers(field);
        if (heads.size() != levels) {
            throw config.refuse(field, levels + " numbers", heads.size() + " numbers");
        }
        return heads;
    }

    private void requireSound(ConfigFile config) throws ModelException {
        for (int i = 0; i < heads.size(); i++) {
            int channels = unet.levels().get(i).channels();
            if (channels < 1 || channels > MAX_WIDTH || channels % unet.groups() != 0) {
                throw config.refuse(
                        "block_out_channels", "multiples of norm_num_groups, " + unet.groups(), "" + channels);
            }
            if (heads.get(i) < 1 || channels % heads.get(i) != 0) {
                throw config.refuse("attention_head_dim", "a divisor of the channels, " + channels, heads.toString());
            }
        }
        if (unet.downsamplePadding() != 1) {
            throw config.refuse("downsample_padding", "1", String.valueOf(unet.downsamplePadding()));
        }
        if (!(unet.epsilon() > 0) || !(unet.middle().scale() > 0)) {
            throw config.refuse("norm_eps", "above 0, as mid_block_scale_factor", String.valueOf(unet.epsilon()));
        }
    }
}
