package dev.noisediffusion.onnx;

import dev.noisediffusion.model.ClipTokenizer;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prompts to what the network listens to. The last few prompts are kept; safe for any thread. */
final class TextEncoder implements AutoCloseable {
    private static final String IDS = "input_ids";
    private static final int KEPT = 16;

    private final ClipTokenizer tokenizer;
    private final OrtGraph graph;
    private final String output;
    private final LinkedHashMap<String, Tensor> known = new LinkedHashMap<>(KEPT, 0.75f, true);

    /** Owns the graph. */
    TextEncoder(ClipTokenizer tokenizer, OrtGraph graph) throws ModelException {
        this.tokenizer = tokenizer;
        this.graph = graph;
        graph.requireInputs(Map.of(IDS, Shape.of(1, ClipTokenizer.LENGTH)));
        this.output = graph.firstOutput("last_hidden_state");
    }

    /** The embeddings of a prompt's tokens, [1, 77, width]. */
    synchronized Tensor embeddings(String prompt) {
        Tensor found = known.get(prompt);
        if (found != null) {
            return found;
        }
        Tensor embeddings = graph.run(Map.of(IDS, ids(prompt)), output);
        known.put(prompt, embeddings);
        if (known.size() > KEPT) {
            known.pollFirstEntry();
        }
        return embeddings;
    }

    private Tensor ids(String prompt) {
        List<Integer> ids = tokenizer.encode(prompt).ids();
        var values = new float[ids.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ids.get(i);
        }
        return Tensor.wrap(Shape.of(1, values.length), values);
    }

    ClipTokenizer.Tokens tokens(String prompt) {
        return tokenizer.encode(prompt);
    }

    @Override
    public void close() {
        graph.close();
    }
}
