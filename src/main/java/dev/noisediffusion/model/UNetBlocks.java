package dev.noisediffusion.model;

import java.util.List;
import java.util.OptionalInt;

/** The two blocks of a UNet2DModel: the residual block with the timestep in it, and self-attention over the pixels. */
final class UNetBlocks {
    /** What a residual block does to the size, on both of its branches. */
    enum Resize {
        KEEP,
        HALVE,
        DOUBLE
    }

    /**
     * What all blocks of a network have in common.
     *
     * @param groups of the group normalisations
     * @param epsilon of the group normalisations
     * @param headChannels channels per attention head; empty for a single head
     * @param scaleShift whether the timestep scales and shifts rather than being added
     * @param timeWidth of the embedded timestep; 0 where there is none
     * @param timePerPicture whether each picture of a batch has an embedding of its own
     */
    record Style(
            int groups,
            double epsilon,
            OptionalInt headChannels,
            boolean scaleShift,
            int timeWidth,
            boolean timePerPicture) {
        static Style of(UNet2DConfig config, boolean timePerPicture) {
            return new Style(
                    config.groups(),
                    config.epsilon(),
                    config.headChannels(),
                    config.scaleShift(),
                    config.time().width(),
                    timePerPicture);
        }
    }

    private final Style style;
    private final GraphBuilder graph;
    private final Layers layers;

    UNetBlocks(Style style, GraphBuilder graph) {
        this.style = style;
        this.graph = graph;
        this.layers = new Layers(graph);
    }

    /**
     * The residual block.
     *
     * @param time the embedded timestep, [1, width], or [N, width] where each picture has its own, after its SiLU
     * @param scale what the sum of both branches is divided by
     */
    String resnet(String x, String time, String key, int in, int out, double scale, Resize resize)
            throws ModelException {
        String h = layers.silu(layers.groupNorm(x, key + ".norm1", in, style.groups(), style.epsilon()));
        String shortcut = resized(x, resize);
        h = layers.conv3x3(resized(h, resize), key + ".conv1", in, out);
        h = normalisedWithTime(h, time, key, out);
        h = layers.conv3x3(layers.silu(h), key + ".conv2", out, out);
        if (in != out) {
            shortcut = layers.conv1x1(shortcut, key + ".conv_shortcut", in, out);
        }
        return layers.divide(graph.node("Add", shortcut, h), scale);
    }

    private String resized(String x, Resize resize) {
        return switch (resize) {
            case KEEP -> x;
            case HALVE -> layers.averagePool(x);
            case DOUBLE -> layers.upsample(x);
        };
    }

    private String normalisedWithTime(String h, String time, String key, int channels) throws ModelException {
        int width = style.scaleShift() ? 2 * channels : channels;
        String projected = layers.linear(time, key + ".time_emb_proj", style.timeWidth(), width);
        String perChannel =
                graph.node("Reshape", projected, graph.constant(style.timePerPicture() ? 0 : 1, width, 1, 1));
        if (!style.scaleShift()) {
            return layers.groupNorm(
                    graph.node("Add", h, perChannel), key + ".norm2", channels, style.groups(), style.epsilon());
        }
        String normal = layers.groupNorm(h, key + ".norm2", channels, style.groups(), style.epsilon());
        List<String> scaleAndShift =
                graph.nodes("Split", new Attributes().integer("axis", 1).integer("num_outputs", 2), 2, perChannel);
        String factor = graph.node("Add", scaleAndShift.getFirst(), graph.scalar(1));
        return graph.node("Add", graph.node("Mul", normal, factor), scaleAndShift.getLast());
    }

    /**
     * Self-attention over all pixels, added to its input. It works on [N, heads, channels per head, H W], in which keys
     * and values need no transposing.
     *
     * @param groups of the normalisation before it; empty for none
     * @param scale what the sum of both branches is divided by
     */
    String attention(String x, String key, int channels, OptionalInt groups, double scale) throws ModelException {
        int perHead = style.headChannels().orElse(channels);
        int heads = channels / perHead;
        int inner = heads * perHead;
        boolean old = graph.weights().has(key + ".query.weight");
        String h = groups.isPresent()
                ? layers.groupNorm(x, key + ".group_norm", channels, groups.getAsInt(), style.epsilon())
                : x;
        String shape = graph.constant(0, heads, perHead, -1);
        String q = projected(h, key + (old ? ".query" : ".to_q"), channels, inner, shape);
        String k = projected(h, key + (old ? ".key" : ".to_k"), channels, inner, shape);
        String v = projected(h, key + (old ? ".value" : ".to_v"), channels, inner, shape);
        String scores = layers.scores(transposed(q), k, perHead);
        String shares = graph.node("Softmax", new Attributes().integer("axis", -1), scores);
        String mixed = graph.node("MatMul", v, transposed(shares));
        String imageShape = graph.node(
                "Concat",
                new Attributes().integer("axis", 0),
                graph.constant(0, inner),
                graph.node("Shape", new Attributes().integer("start", 2), x));
        String image = graph.node("Reshape", mixed, imageShape);
        String out = layers.pixelwiseLinear(image, key + (old ? ".proj_attn" : ".to_out.0"), inner, channels);
        return layers.divide(graph.node("Add", out, x), scale);
    }

    private String projected(String x, String key, int in, int out, String shape) throws ModelException {
        return graph.node("Reshape", layers.pixelwiseLinear(x, key, in, out), shape);
    }

    private String transposed(String x) {
        return graph.node("Transpose", new Attributes().integers("perm", 0, 1, 3, 2), x);
    }
}
