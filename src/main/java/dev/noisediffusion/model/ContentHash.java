package dev.noisediffusion.model;

import dev.noisediffusion.files.Sha256;
import dev.noisediffusion.job.CancellationToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.IntConsumer;

/** SHA-256 in hexadecimal. */
public final class ContentHash {
    private static final int CHUNK = 1 << 20;

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
        MessageDigest digest = Sha256.digest();
        var chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                digest.update(chunk, 0, count);
                onRead.accept(count);
            }
        } catch (IOException e) {
            throw ModelException.failed(file, "read", e);
        }
        return Sha256.hex(digest.digest());
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
