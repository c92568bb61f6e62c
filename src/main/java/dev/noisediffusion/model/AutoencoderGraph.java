package dev.noisediffusion.model;

import java.util.List;
import java.util.OptionalInt;

/**
 * Builds the two ONNX graphs of an AutoencoderKL (Rombach et al. 2022): {@code sample} [N, 3, H, W] to
 * {@code latent_parameters} [N, 2 C, h, w], the means and the logarithms of the variances; and {@code latent_sample}
 * [N, C, h, w] to {@code sample}. N, H and W are free.
 */
final class AutoencoderGraph {
    private static final double EPSILON = 1e-6;

    private final AutoencoderConfig config;
    private final GraphBuilder graph;
    private final Layers layers;
    private final UNetBlocks blocks;

    AutoencoderGraph(AutoencoderConfig config, GraphBuilder graph) {
        this.config = config;
        this.graph = graph;
        this.layers = new Layers(graph);
        this.blocks =
                new UNetBlocks(new UNetBlocks.Style(config.groups(), EPSILON, OptionalInt.empty(), false, 0), graph);
    }

    void buildEncoder() throws ModelException {
        List<Integer> channels = config.channels();
        int in = channels.getFirst();
        String x = layers.conv3x3(graph.input("sample", ElementType.F32, "N", 3, "H", "W"), "encoder.conv_in", 3, in);
        for (int i = 0; i < channels.size(); i++) {
            String key = "encoder.down_blocks." + i;
            for (int j = 0; j < config.layersPerBlock(); j++) {
                x = resnet(x, key + ".resnets." + j, in, channels.get(i));
                in = channels.get(i);
            }
            if (i < channels.size() - 1) {
                x = layers.downsample(x, key + ".downsamplers.0.conv", in, 0);
            }
        }
        int latents = 2 * config.latents().channels();
        x = out(middle(x, "encoder.mid_block", in), "encoder", in, latents);
        if (config.quantConv()) {
            x = layers.conv1x1(x, "quant_conv", latents, latents);
        }
        graph.output("latent_parameters", x, ElementType.F32, "N", latents, "h", "w");
    }

    void buildDecoder() throws ModelException {
        List<Integer> channels = config.channels().reversed();
        int latents = config.latents().channels();
        int in = channels.getFirst();
        String x = graph.input("latent_sample", ElementType.F32, "N", latents, "h", "w");
        if (config.postQuantConv()) {
            x = layers.conv1x1(x, "post_quant_conv", latents, latents);
        }
        x = middle(layers.conv3x3(x, "decoder.conv_in", latents, in), "decoder.mid_block", in);
        for (int i = 0; i < channels.size(); i++) {
            String key = "decoder.up_blocks." + i;
            for (int j = 0; j <= config.layersPerBlock(); j++) {
                x = resnet(x, key + ".resnets." + j, in, channels.get(i));
                in = channels.get(i);
            }
            if (i < channels.size() - 1) {
                x = layers.conv3x3(layers.upsample(x), key + ".upsamplers.0.conv", in, in);
            }
        }
        graph.output("sample", out(x, "decoder", in, 3), ElementType.F32, "N", 3, "H", "W");
    }

    private String middle(String start, String key, int channels) throws ModelException {
        String x = resnet(start, key + ".resnets.0", channels, channels);
        x = blocks.attention(x, key + ".attentions.0", channels, OptionalInt.of(config.groups()), 1);
        return resnet(x, key + ".resnets.1", channels, channels);
    }

    private String out(String x, String side, int in, int out) throws ModelException {
        String h = layers.silu(layers.groupNorm(x, side + ".conv_norm_out", in, config.groups(), EPSILON));
        return layers.conv3x3(h, side + ".conv_out", in, out);
    }

    /** The residual block, without a timestep. */
    private String resnet(String x, String key, int in, int out) throws ModelException {
        String h = layers.silu(layers.groupNorm(x, key + ".norm1", in, config.groups(), EPSILON));
        h = layers.conv3x3(h, key + ".conv1", in, out);
        h = layers.silu(layers.groupNorm(h, key + ".norm2", out, config.groups(), EPSILON));
        h = layers.conv3x3(h, key + ".conv2", out, out);
        return graph.node("Add", in == out ? x : layers.conv1x1(x, key + ".conv_shortcut", in, out), h);
    }
}
