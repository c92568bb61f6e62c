package dev.noisediffusion.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as {@code sha256sum} prints it. */
public final class Sha256 {
    private Sha256() {}

    /** One that has seen no bytes yet; for one thread. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** In lower-case hexadecimal. */
    public static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
