package dev.noisediffusion.library;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** The checksum of a large file, with progress and an end when asked. */
final class Sha256 {
    private static final int CHUNK = 1 << 20;

    private Sha256() {}

    /**
     * The checksum in hexadecimal.
     *
     * @param onRead hears how many bytes each read has given
     */
    static String of(Path file, LongConsumer onRead, CancellationToken cancellation) throws ModelException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            var chunk = new byte[CHUNK];
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                cancellation.throwIfCancelled();
                digest.update(chunk, 0, count);
                onRead.accept(count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new ModelException(file + " could not be read.", e);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
