package dev.noisediffusion.model;

/**
 * Builds the ONNX graph of CLIP's text encoder (Radford et al. 2021): input {@code input_ids} [N, 77] int64, output
 * {@code last_hidden_state} [N, 77, width], normalised; {@code hidden_states.n} [N, 77, width], the states before the
 * last layer n; and, where the encoder has a projection, {@code text_embeds} [N, projection] of the end of the text.
 */
final class ClipTextGraph {
    /** A score so low that its share is nothing. */
    private static final float UNSEEN = -1e9f;

    static final String LAST = "last_hidden_state";
    static final String STATES = "hidden_states.";
    static final String WHOLE = "text_embeds";
    static final String PROJECTION = "text_projection.weight";

    private final ClipTextConfig config;
    private final GraphBuilder graph;
    private final TransformerBlocks blocks;

    ClipTextGraph(ClipTextConfig config, GraphBuilder graph) {
        this.config = config;
        this.graph = graph;
        this.blocks = new TransformerBlocks(graph);
    }

    void build() throws ModelException {
        int length = ClipTokenizer.LENGTH;
        String ids = graph.input("input_ids", ElementType.I64, "N", length);
        String tokens =
                graph.weight("text_model.embeddings.token_embedding.weight", config.vocabulary(), config.width());
        String places = graph.weight("text_model.embeddings.position_embedding.weight", length, config.width());
        String x = graph.node("Add", graph.node("Gather", tokens, ids), places);
        String mask = mask(length);
        for (int i = 0; i < config.layers(); i++) {
            if (i == config.layers() - 1) {
                graph.output(config.penultimate(), x, ElementType.F32, "N", length, config.width());
            }
            x = layer(x, "text_model.encoder.layers." + i, mask);
        }
        x = blocks.layerNorm(x, "text_model.final_layer_norm", config.width());
        graph.output(LAST, x, ElementType.F32, "N", length, config.width());
        if (config.projection().isPresent()) {
            int width = config.projection().getAsInt();
            graph.output(WHOLE, projected(x, ids, width), ElementType.F32, "N", width);
        }
    }

    /** The end of the text has the highest id of all tokens but learnt ones, which the transformers library takes here as well. */
    private String projected(String x, String ids, int width) throws ModelException {
        String numbers = graph.node("Cast", new Attributes().integer("to", ElementType.F32.onnxCode()), ids);
        String ends = graph.node("ArgMax", new Attributes().integer("axis", 1).integer("keepdims", 1), numbers);
        String end = graph.node("GatherND", new Attributes().integer("batch_dims", 1), x, ends);
        boolean transposed = graph.weights().isTransposed(PROJECTION);
        String weight = transposed
                ? graph.weight(PROJECTION, config.width(), width)
                : graph.weight(PROJECTION, width, config.width());
        return graph.node("Gemm", new Attributes().integer("transB", transposed ? 0 : 1), end, weight);
    }

    private String layer(String start, String key, String mask) throws ModelException {
        int width = config.width();
        var attention = new TransformerBlocks.Attention(width, width, config.heads());
        String h = blocks.layerNorm(start, key + ".layer_norm1", width);
        String x = graph.node("Add", start, blocks.causalAttention(h, key + ".self_attn", attention, mask));
        h = blocks.layerNorm(x, key + ".layer_norm2", width);
        h = blocks.linear(h, key + ".mlp.fc1", width, config.inner());
        h = config.quickGelu() ? blocks.quickGelu(h) : blocks.gelu(h);
        return graph.node("Add", x, blocks.linear(h, key + ".mlp.fc2", config.inner(), width));
    }

    /** Hides from each token those after it. */
    private String mask(int length) {
        var values = new float[length * length];
        for (int from = 0; from < length; from++) {
            for (int to = from + 1; to < length; to++) {
                values[from * length + to] = UNSEEN;
            }
        }
        return graph.constant(values, length, length);
    }
}
