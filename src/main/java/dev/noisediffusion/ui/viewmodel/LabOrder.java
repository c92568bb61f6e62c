package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.lab.Experiment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What the lab is asked to run.
 *
 * @param experiment with the number of pairs that was chosen
 * @param lease of the model to run it with
 */
record LabOrder(Experiment experiment, LabPhotographs photographs, ModelLease lease) {
    /** The folder of its results: the same order always has the same one, and goes on in it. For background threads. */
    Path folder(LabServices services) {
        String everything = experiment + "\n" + lease.open().model().id() + "\n" + photographs.identity() + "\n"
                + String.join("\n", services.software());
        String name = slug(experiment.name()) + "-" + slug(lease.open().model().name()) + "-" + hash(everything);
        return services.results().resolve(name);
    }

    LabBench bench() {
        return lease.open().bench();
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
