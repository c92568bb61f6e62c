package dev.noisediffusion.files;

import java.io.IOException;

/** Turns at files of a file system that knows no locks, as some of networks. */
public final class Lockless {
    private Lockless() {}

    /** Turns of their own: those made before take the same files. */
    public static Turns turns() {
        return new Turns(channel -> {
            throw new IOException("No locks available");
        });
    }
}
