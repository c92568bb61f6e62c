package dev.noisediffusion.diffusion;

import dev.noisediffusion.tensor.Tensor;
import java.util.Map;

/** Runs a network's graph, wherever that is. Values go by the names of the graph's own inputs and outputs. */
public interface GraphRunner extends AutoCloseable {
    /**
     * One call.
     *
     * @param inputs a value for every input
     * @return the value of the output
     * @throws RuntimeException with a sentence for the user, if the graph is closed or cannot be run
     */
    Tensor run(Map<String, Tensor> inputs, String output);

    /** Whether a call may take several pictures; where not, each is a call of its own. */
    default boolean takesBatches() {
        return true;
    }

    /** Lets go what it holds; ends a call in progress. Safe to call twice. */
    @Override
    void close();
}
