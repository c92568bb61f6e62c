package dev.noisediffusion.diffusion;

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

    /** Lets native memory go; waits for a call in progress. Safe to call twice. */
    @Override
    void close();
}
