package dev.noisediffusion.onnx;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.model.ClipTokenizer;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.StableDiffusion;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Prompts to what one text encoder says of them. The last few prompts are kept; safe for any thread. */
final class TextEncoder implements AutoCloseable {
    private static final String IDS = "input_ids";
    private static final int KEPT = 16;

    private final ClipTokenizer tokenizer;
    private final OrtGraph graph;
    private final String output;
    private final Optional<String> whole;
    private final ReentrantLock reading = new ReentrantLock();
    /** Read and written by who has the lock. */
    private final LinkedHashMap<String, Words> known = new LinkedHashMap<>(KEPT, 0.75f, true);

    /**
     * Owns the graph.
     *
     * @param listener what the network hears of it
     */
    TextEncoder(ClipTokenizer tokenizer, OrtGraph graph, StableDiffusion.Listener listener) throws ModelException {
        this.tokenizer = tokenizer;
        this.graph = graph;
        graph.requireInputs(Map.of(IDS, Shape.of(1, ClipTokenizer.LENGTH)));
        this.output = graph.firstOutput(listener.tokens());
        this.whole = listener.whole();
        if (whole.isPresent()) {
            graph.firstOutput(whole.get());
        }
    }

    /**
     * What it says of a prompt.
     *
     * @throws java.util.concurrent.CancellationException if the current token is cancelled, also while it waits for another
     *     thread's prompt
     */
    Words words(String prompt) {
        CancellationToken.current().take(reading);
        try {
            return read(prompt);
        } finally {
            reading.unlock();
        }
    }

    private Words read(String prompt) {
        Words found = known.get(prompt);
        if (found != null) {
            return found;
        }
        Map<String, Tensor> ids = Map.of(IDS, ids(prompt));
        var words = new Words(graph.run(ids, output), whole.map(name -> graph.run(ids, name)));
        known.put(prompt, words);
        if (known.size() > KEPT) {
            known.pollFirstEntry();
        }
        return words;
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
