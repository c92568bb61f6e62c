package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import java.net.URI;

/** Gets what lies at an address. Called on background threads; what it throws carries a sentence for the user. */
@FunctionalInterface
public interface WebFetcher {
    /**
     * The bytes at an {@code http} or {@code https} address.
     *
     * @param cancellation ends the fetch at once, wherever it is
     */
    byte[] fetch(URI address, CancellationToken cancellation) throws Exception;
}
