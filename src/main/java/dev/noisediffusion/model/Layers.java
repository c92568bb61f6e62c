package dev.noisediffusion.model;

import java.util.Arrays;

/**
 * The layers that diffusion networks are made of, each a few nodes. Values are float32 [N, C, H, W] with N, H and W free
 * unless said otherwise; {@code key} is the layer's prefix in the weights' names.
 */
final class Layers {
    private final GraphBuilder graph;

    Layers(GraphBuilder graph) {
        this.graph = graph;
    }

    /** A 3x3 convolution that keeps the size. */
    String conv3x3(String x, String key, int in, int out) throws ModelException {
        return conv(x, key, in, out, 3, 1, new long[] {1, 1, 1, 1});
    }

    /** A 1x1 convolution. */
    String conv1x1(String x, String key, int in, int out) throws ModelException {
        return conv(x, key, in, out, 1, 1, new long[4]);
    }

    /** A 3x3 convolution that halves the size; padding 0 pads one row below and one column to the right. */
    String downsample(String x, String key, int channels, int padding) throws ModelException {
        long before = padding == 0 ? 0 : 1;
        return conv(x, key, channels, channels, 3, 2, new long[] {before, before, 1, 1});
    }

    /** The mean of each 2x2 block. */
    String averagePool(String x) {
        return graph.node(
                "AveragePool", new Attributes().integers("kernel_shape", 2, 2).integers("strides", 2, 2), x);
    }

    /** Each pixel four times. */
    String upsample(String x) {
        var nearest = new Attributes()
                .text("mode", "nearest")
                .text("coordinate_transformation_mode", "asymmetric")
                .text("nearest_mode", "floor");
        return graph.node("Resize", nearest, x, "", graph.constant(new float[] {1, 1, 2, 2}, 4));
    }

    /** The nearest pixels, up to the sides of another value. */
    String upsampleTo(String x, String like) {
        var nearest = new Attributes()
                .text("mode", "nearest")
                .text("coordinate_transformation_mode", "asymmetric")
                .text("nearest_mode", "floor")
                .integers("axes", 2, 3);
        String sides = graph.node("Shape", new Attributes().integer("start", 2), like);
        return graph.node("Resize", nearest, x, "", "", sides);
    }

    /** A layer of [N, in] to [N, out]. */
    String linear(String x, String key, int in, int out) throws ModelException {
        return graph.node(
                "Gemm",
                new Attributes().integer("transB", 1),
                x,
                graph.weight(key + ".weight", out, in),
                graph.weight(key + ".bias", out));
    }

    /**
     * A layer over the channels of every pixel: a linear layer's weights used as those of a 1x1 convolution, so that the
     * value stays [N, C, H, W] and the weights stay as they are stored.
     */
    String pixelwiseLinear(String x, String key, int in, int out) throws ModelException {
        return graph.node(
                "Conv",
                new Attributes().integers("kernel_shape", 1, 1),
                x,
                graph.weightAs(key + ".weight", new int[] {out, in}, out, in, 1, 1),
                graph.weight(key + ".bias", out));
    }

    /** x sigmoid(x). */
    String silu(String x) {
        return graph.node("Mul", x, graph.node("Sigmoid", x));
    }

    /** Group normalisation (Wu and He 2018) with a scale and a shift per channel. */
    String groupNorm(String x, String key, int channels, int groups, double epsilon) throws ModelException {
        float[] ones = new float[groups];
        Arrays.fill(ones, 1);
        String grouped = graph.node("Reshape", graph.widened(x), graph.constant(0, groups, -1));
        String normal = graph.node(
                "InstanceNormalization",
                new Attributes().real("epsilon", epsilon),
                grouped,
                graph.constant(ones, groups),
                graph.constant(new float[groups], groups));
        String whole = graph.narrowed(graph.node("Reshape", normal, graph.node("Shape", x)));
        String scaled = graph.node("Mul", whole, graph.weightAs(key + ".weight", new int[] {channels}, channels, 1, 1));
        return graph.node("Add", scaled, graph.weightAs(key + ".bias", new int[] {channels}, channels, 1, 1));
    }

    String concat(String x, String y) {
        return graph.node("Concat", new Attributes().integer("axis", 1), x, y);
    }

    /**
     * Products of queries and keys over the square root of their length. Where the graph computes in half, the queries are made
     * small first: the products of some models are beyond the largest half.
     */
    String scores(String queries, String keys, int length) {
        String share = graph.scalar(1 / Math.sqrt(length));
        return graph.isHalf()
                ? graph.node("MatMul", graph.node("Mul", queries, share), keys)
                : graph.node("Mul", graph.node("MatMul", queries, keys), share);
    }

    /** x / divisor. */
    String divide(String x, double divisor) {
        return divisor == 1 ? x : graph.node("Div", x, graph.scalar(divisor));
    }

    private String conv(String x, String key, int in, int out, int kernel, int stride, long[] pads)
            throws ModelException {
        return graph.node(
                "Conv",
                new Attributes()
                        .integers("kernel_shape", kernel, kernel)
                        .integers("strides", stride, stride)
                        .integers("pads", pads),
                x,
                graph.weight(key + ".weight", out, in, kernel, kernel),
                graph.weight(key + ".bias", out));
    }
}
