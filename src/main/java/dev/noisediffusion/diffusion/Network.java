package dev.noisediffusion.diffusion;

import java.util.Optional;

/** A trained network before words are bound to it. One that reads none is its own {@link Denoiser}. */
public interface Network extends AutoCloseable {
    /**
     * The network with words bound to it.
     *
     * @return stays this network's: closing it is not needed, and it computes as long as the network is open
     */
    Denoiser denoiser(Guidance guidance);

    /** Whether words make a difference. */
    default boolean readsPrompts() {
        return false;
    }

    /** The end of a prompt, in small letters, that is beyond the length the network reads; mostly empty. */
    default String unread(String prompt) {
        return "";
    }

    /**
     * The same network with its graph run by another. This one then computes no more: what is left of it belongs to the network
     * returned, and so does the runner.
     *
     * @return empty where the network is not one graph; nothing has changed then
     */
    default Optional<Network> runBy(GraphRunner runner) {
        return Optional.empty();
    }

    /** Lets native memory go; waits for a call in progress. Safe to call twice. */
    @Override
    void close();
}
