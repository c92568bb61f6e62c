package dev.noisediffusion.model;

/**
 * The blocks through which words reach pictures (Rombach et al. 2022), and those of CLIP's text encoder: values are
 * [N, tokens, width] unless said otherwise.
 */
final class TransformerBlocks {
    private static final double LAYER_NORM_EPSILON = 1e-5;

    /** The normalisation before a block has its own epsilon, whatever the configuration says of the others. */
    private static final double GROUP_NORM_EPSILON = 1e-6;

    private final GraphBuilder graph;
    private final Layers layers;

    TransformerBlocks(GraphBuilder graph) {
        this.graph = graph;
        this.layers = new Layers(graph);
    }

    /**
     * What attention works with.
     *
     * @param width of the tokens that ask
     * @param contextWidth of the tokens that are asked
     * @param heads number of them; a divisor of the width
     */
    record Attention(int width, int contextWidth, int heads) {}

    /**
     * Lets the pixels of [N, C, H, W] look at each other and at words, in between a normalisation and their sum with
     * the input.
     *
     * @param words [N, tokens, width of words]
     * @param depth number of blocks
     */
    String spatial(String x, String words, String key, Attention attention, int groups, int depth)
            throws ModelException {
        int channels = attention.width();
        String h = layers.groupNorm(x, key + ".norm", channels, groups, GROUP_NORM_EPSILON);
        h = layers.conv1x1(h, key + ".proj_in", channels, channels);
        String flat = graph.node("Reshape", h, graph.constant(0, channels, -1));
        String tokens = graph.node("Transpose", new Attributes().integers("perm", 0, 2, 1), flat);
        for (int i = 0; i < depth; i++) {
            tokens = block(tokens, words, key + ".transformer_blocks." + i, attention);
        }
        String back = graph.node("Transpose", new Attributes().integers("perm", 0, 2, 1), tokens);
        String image = graph.node("Reshape", back, graph.node("Shape", x));
        return graph.node("Add", layers.conv1x1(image, key + ".proj_out", channels, channels), x);
    }

    private String block(String start, String words, String key, Attention attention) throws ModelException {
        int width = attention.width();
        String h = layerNorm(start, key + ".norm1", width);
        var within = new Attention(width, width, attention.heads());
        String x = graph.node("Add", start, attention(h, h, key + ".attn1", within));
        h = layerNorm(x, key + ".norm2", width);
        x = graph.node("Add", x, attention(h, words, key + ".attn2", attention));
        h = layerNorm(x, key + ".norm3", width);
        return graph.node("Add", x, gatedFeedForward(h, key + ".ff", width));
    }

    private String attention(String x, String context, String key, Attention attention) throws ModelException {
        int width = attention.width();
        String q = unbiased(x, key + ".to_q", width, width);
        String k = unbiased(context, key + ".to_k", attention.contextWidth(), width);
        String v = unbiased(context, key + ".to_v", attention.contextWidth(), width);
        return linear(mixed(q, k, v, attention, ""), key + ".to_out.0", width, width);
    }

    /**
     * Self-attention in which each token sees itself and those before it, as in CLIP.
     *
     * @param mask added to the scores
     */
    String causalAttention(String x, String key, Attention attention, String mask) throws ModelException {
        int width = attention.width();
        String q = linear(x, key + ".q_proj", width, width);
        String k = linear(x, key + ".k_proj", width, width);
        String v = linear(x, key + ".v_proj", width, width);
        return linear(mixed(q, k, v, attention, mask), key + ".out_proj", width, width);
    }

    private String mixed(String q, String k, String v, Attention attention, String mask) {
        int perHead = attention.width() / attention.heads();
        String scores = layers.scores(heads(q, attention, 0, 2, 1, 3), heads(k, attention, 0, 2, 3, 1), perHead);
        if (!mask.isEmpty()) {
            scores = graph.node("Add", scores, mask);
        }
        String shares = graph.node("Softmax", new Attributes().integer("axis", -1), scores);
        String perHeads = graph.node("MatMul", shares, heads(v, attention, 0, 2, 1, 3));
        String tokens = graph.node("Transpose", new Attributes().integers("perm", 0, 2, 1, 3), perHeads);
        return graph.node("Reshape", tokens, graph.constant(0, 0, attention.width()));
    }

    private String heads(String x, Attention attention, long... order) {
        int perHead = attention.width() / attention.heads();
        String split = graph.node("Reshape", x, graph.constant(0, 0, attention.heads(), perHead));
        return graph.node("Transpose", new Attributes().integers("perm", order), split);
    }

    /** Half of a layer times the GELU of its other half (Shazeer 2020), then back to the width. */
    private String gatedFeedForward(String x, String key, int width) throws ModelException {
        int inner = 4 * width;
        String both = linear(x, key + ".net.0.proj", width, 2 * inner);
        var halves = graph.nodes("Split", new Attributes().integer("axis", -1).integer("num_outputs", 2), 2, both);
        String gated = graph.node("Mul", halves.getFirst(), gelu(halves.getLast()));
        return linear(gated, key + ".net.2", inner, width);
    }

    /** x times the share of a normal distribution below x (Hendrycks and Gimpel 2016). */
    String gelu(String x) {
        String erf = graph.node("Erf", graph.node("Mul", x, graph.scalar(Math.sqrt(0.5))));
        String share = graph.node("Mul", graph.node("Add", erf, graph.scalar(1)), graph.scalar(0.5));
        return graph.node("Mul", x, share);
    }

    /** x sigmoid(1.702 x), an approximation of GELU. */
    String quickGelu(String x) {
        return graph.node("Mul", x, graph.node("Sigmoid", graph.node("Mul", x, graph.scalar(1.702))));
    }

    String layerNorm(String x, String key, int width) throws ModelException {
        return graph.node(
                "LayerNormalization",
                new Attributes().integer("axis", -1).real("epsilon", LAYER_NORM_EPSILON),
                x,
                graph.weight(key + ".weight", width),
                graph.weight(key + ".bias", width));
    }

    /** A layer over every token. */
    String linear(String x, String key, int in, int out) throws ModelException {
        return graph.node("Add", unbiased(x, key, in, out), graph.weight(key + ".bias", out));
    }

    private String unbiased(String x, String key, int in, int out) throws ModelException {
        String weight = graph.node(
                "Transpose", new Attributes().integers("perm", 1, 0), graph.weight(key + ".weight", out, in));
        return graph.node("MatMul", x, weight);
    }
}
