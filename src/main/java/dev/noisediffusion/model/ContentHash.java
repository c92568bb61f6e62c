package dev.noisediffusion.model;

import dev.noisediffusion.files.Sha256;
import dev.noisediffusion.job.CancellationToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.IntConsumer;

/** SHA-256 in hexadecimal. */
public final class ContentHash {
    private ContentHash() {}

    /**
     * The hash of a file's bytes, what {@code sha256sum} prints.
     *
     * @throws java.util.concurrent.CancellationException soon after the current token was cancelled
     */
    public static String ofFile(Path file) throws ModelException {
        CancellationToken cancellation = CancellationToken.current();
        return ofFile(file, count -> cancellation.throwIfCancelled());
    }

    /**
     * The hash of a large file's bytes, watched.
     *
     * @param onRead hears how many bytes each read has given; what it throws ends the reading
     */
    public static String ofFile(Path file, IntConsumer onRead) throws ModelException {
        try {
            return Sha256.ofFile(file, onRead);
        } catch (IOException e) {
            throw ModelException.failed(file, "read", e);
        }
    }

    /** The hash of several texts, in which moving a letter from one to the next makes another hash. */
    public static String ofTexts(String... parts) {
        MessageDigest digest = Sha256.digest();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
        return Sha256.hex(digest.digest());
    }
}
