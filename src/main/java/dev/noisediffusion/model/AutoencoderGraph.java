package dev.noisediffusion.model;

import java.util.List;
import java.util.OptionalInt;

/**
 * Builds the two ONNX graphs of an AutoencoderKL (Rombach et al. 2022): {@code sample} [N, 3, H, W] to
 * {@code latent_parameters} [N, 2 C, h, w], the means and the logarithms of the variances; and {@code latent_sample}
 * [N, C, h, w] to {@code sample}. N, H and W are free.
 *
 * <p>Of a VQModel {@code latent_parameters} [N, C, h, w] are the latents before they become codes, which is what diffusion
 * models work on; the decoder begins with the nearest codes (van den Oord et al. 2017, eq. 1).
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
        this.blocks = new UNetBlocks(
                new UNetBlocks.Style(config.groups(), EPSILON, OptionalInt.empty(), false, 0, false), graph);
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
        int latents = config.encoded();
        x = out(middle(x, "encoder.mid_block", in), "encoder", in, config.moments());
        if (config.quantConv()) {
            x = layers.conv1x1(x, "quant_conv", config.moments(), latents);
        }
        graph.output("latent_parameters", x, ElementType.F32, "N", latents, "h", "w");
    }

    void buildDecoder() throws ModelException {
        List<Integer> channels = config.channels().reversed();
        int latents = config.latents().channels();
        int in = channels.getFirst();
        String x = graph.input("latent_sample", ElementType.F32, "N", latents, "h", "w");
        if (config.codebook().isPresent()) {
            x = nearestCodes(x, config.codebook().get().size(), latents);
        }
        if (config.postQuantConv()) {
            x = layers.conv1x1(x, "post_quant_conv", latents, config.inner());
        }
        x = middle(layers.conv3x3(x, "decoder.conv_in", config.inner(), in), "decoder.mid_block", in);
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

    /** At each position the code e with the least |e|^2 - 2 z e, which is |z - e|^2 but for what all have in common. */
    private String nearestCodes(String x, int size, int width) throws ModelException {
        String codes = graph.weight("quantize.embedding.weight", size, width);
        String lengths = graph.node(
                "ReduceSumSquare", new Attributes().integer("keepdims", 0), codes, graph.constant(new long[] {1}));
        String flat = graph.node("Reshape", x, graph.constant(0, width, -1));
        String tokens = graph.node("Transpose", new Attributes().integers("perm", 0, 2, 1), flat);
        String columns = graph.node("Transpose", new Attributes().integers("perm", 1, 0), codes);
        String products = graph.node("Mul", graph.node("MatMul", tokens, columns), graph.scalar(2));
        String distances = graph.node("Sub", lengths, products);
        String nearest =
                graph.node("ArgMin", new Attributes().integer("axis", -1).integer("keepdims", 0), distances);
        String quantised = graph.node("Gather", codes, nearest);
        String back = graph.node("Transpose", new Attributes().integers("perm", 0, 2, 1), quantised);
        return graph.node("Reshape", back, graph.node("Shape", x));
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
