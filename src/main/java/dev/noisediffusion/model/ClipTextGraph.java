package dev.noisediffusion.model;

/**
 * Builds the ONNX graph of CLIP's text encoder (Radford et al. 2021): input {@code input_ids} [N, 77] int64, output
 * {@code last_hidden_state} [N, 77, width], normalised.
 */
final class ClipTextGraph {
    /** A score so low that its share is nothing. */
    private static final float UNSEEN = -1e9f;

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
            x = layer(x, "text_model.encoder.layers." + i, mask);
        }
        x = blocks.layerNorm(x, "text_model.final_layer_norm", config.width());
        graph.output("last_hidden_state", x, ElementType.F32, "N", length, config.width());
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
