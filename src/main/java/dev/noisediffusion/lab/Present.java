package dev.noisediffusion.lab;

import org.jspecify.annotations.Nullable;

/** What a document must have. */
final class Present {
    private Present() {}

    static <T> T of(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing");
        }
        return value;
    }
}
