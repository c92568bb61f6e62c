package dev.noisediffusion.model;

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The weights' names in the layout in which Stable Diffusion was first published, one file for all parts, by those of
 * the diffusers library.
 */
final class OriginalNames {
    static final String UNET = "model.diffusion_model.";
    static final String AUTOENCODER = "first_stage_model.";

    private static final Pattern UNET_BLOCK =
            Pattern.compile("(down|up)_blocks\\.(\\d+)\\.(resnets|attentions|downsamplers|upsamplers)\\.(\\d+)");
    private static final Pattern AUTOENCODER_BLOCK =
            Pattern.compile("(down|up)_blocks\\.(\\d+)\\.(resnets|downsamplers|upsamplers)\\.(\\d+)");

    private OriginalNames() {}

    /** The name of a U-Net's weight. */
    static String ofUNet(String name, UNet2DConfig config) {
        int layers = config.layersPerBlock();
        String moved = replace(UNET_BLOCK, name, block -> {
            int level = Integer.parseInt(block.group(2));
            int index = Integer.parseInt(block.group(4));
            int slot = block.group(3).equals("attentions") ? 1 : 0;
            return switch (block.group(3)) {
                case "downsamplers" -> "input_blocks." + (level + 1) * (layers + 1) + ".0";
                case "upsamplers" ->
                    "output_blocks." + (level * (layers + 1) + layers) + "." + upsamplerSlot(config, level);
                default ->
                    block.group(1).equals("down")
                            ? "input_blocks." + (level * (layers + 1) + index + 1) + "." + slot
                            : "output_blocks." + (level * (layers + 1) + index) + "." + slot;
            };
        });
        boolean downsampler = name.contains("downsamplers");
        return UNET
                + withinResnet(moved)
                        .replaceFirst("(input_blocks\\.\\d+\\.0)\\.conv\\.", downsampler ? "$1.op." : "$0")
                        .replaceFirst("^mid_block\\.resnets\\.0", "middle_block.0")
                        .replaceFirst("^mid_block\\.attentions\\.0", "middle_block.1")
                        .replaceFirst("^mid_block\\.resnets\\.1", "middle_block.2")
                        .replaceFirst("^time_embedding\\.linear_1", "time_embed.0")
                        .replaceFirst("^time_embedding\\.linear_2", "time_embed.2")
                        .replaceFirst("^add_embedding\\.linear_1", "label_emb.0.0")
                        .replaceFirst("^add_embedding\\.linear_2", "label_emb.0.2")
                        .replaceFirst("^conv_in", "input_blocks.0.0")
                        .replaceFirst("^conv_norm_out", "out.0")
                        .replaceFirst("^conv_out", "out.2");
    }

    /** Behind the residual block, and behind the transformer where there is one. */
    private static int upsamplerSlot(UNet2DConfig config, int level) {
        int count = config.levels().size();
        return config.levels().get(count - 1 - level).up().attention() ? 2 : 1;
    }

    private static String withinResnet(String name) {
        if (name.contains("transformer_blocks") || name.contains("attentions")) {
            return name;
        }
        return name.replace(".norm1.", ".in_layers.0.")
                .replace(".conv1.", ".in_layers.2.")
                .replace(".norm2.", ".out_layers.0.")
                .replace(".conv2.", ".out_layers.3.")
                .replace(".time_emb_proj.", ".emb_layers.1.")
                .replace(".conv_shortcut.", ".skip_connection.");
    }

    /** The name of an autoencoder's weight. */
    static String ofAutoencoder(String name, int levels) {
        String moved = replace(AUTOENCODER_BLOCK, name, block -> {
            int level = Integer.parseInt(block.group(2));
            boolean down = block.group(1).equals("down");
            String home = block.group(1) + "." + (down ? level : levels - 1 - level);
            return switch (block.group(3)) {
                case "downsamplers" -> home + ".downsample";
                case "upsamplers" -> home + ".upsample";
                default -> home + ".block." + block.group(4);
            };
        });
        return AUTOENCODER
                + moved.replace("mid_block.resnets.0", "mid.block_1")
                        .replace("mid_block.resnets.1", "mid.block_2")
                        .replace("mid_block.attentions.0", "mid.attn_1")
                        .replace(".group_norm.", ".norm.")
                        .replace(".to_q.", ".q.")
                        .replace(".to_k.", ".k.")
                        .replace(".to_v.", ".v.")
                        .replace(".to_out.0.", ".proj_out.")
                        .replace(".conv_norm_out.", ".norm_out.")
                        .replace(".conv_shortcut.", ".nin_shortcut.");
    }

    private static String replace(Pattern pattern, String name, Function<MatchResult, String> replacement) {
        return pattern.matcher(name).replaceFirst(found -> Matcher.quoteReplacement(replacement.apply(found)));
    }
}
