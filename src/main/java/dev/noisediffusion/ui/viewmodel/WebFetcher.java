package dev.noisediffusion.ui.viewmodel;

import java.net.URI;

/** Gets what lies at an address. Called on background threads; what it throws carries a sentence for the user. */
@FunctionalInterface
public interface WebFetcher {
    /** The bytes at an {@code http} or {@code https} address. */
    byte[] fetch(URI address) throws Exception;
}
