package dev.noisediffusion.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.IntConsumer;

/** SHA-256 as {@code sha256sum} prints it. */
public final class Sha256 {
    private static final int CHUNK = 1 << 20;

    private Sha256() {}

    /** One that has seen no bytes yet; for one thread. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * The hash of a file's bytes, in lower-case hexadecimal.
     *
     * @param onRead hears how many bytes each read has given; what it throws ends the reading
     */
    public static String ofFile(Path file, IntConsumer onRead) throws IOException {
        MessageDigest digest = digest();
        var chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                digest.update(chunk, 0, count);
                onRead.accept(count);
            }
        }
        return hex(digest.digest());
    }

    /** In lower-case hexadecimal. */
    public static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
