package dev.noisediffusion.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Content hashes of a model, SHA-256 in hexadecimal.
 *
 * @param graph of what the network computes: its configuration, its weights and the way the graph is built
 * @param model of all that decides what a picture becomes: the network, the scheduler, the codec and the size
 */
public record ModelFingerprint(String graph, String model) {
    /**
     * Reads all files of the model once, and compares them with the checksums of the manifest.
     *
     * @throws ModelException if a file cannot be read or has another checksum than the manifest says
     */
    public static ModelFingerprint of(UNet2DFolder model) throws ModelException {
        var hashes = new HashMap<Path, String>();
        for (Path file : new Path[] {model.configFile(), model.weights(), model.schedulerFile()}) {
            hashes.put(file, ContentHash.ofFile(file));
        }
        requireChecksums(model, hashes);
        String graph = ContentHash.ofTexts(
                "unet2d " + UNet2DGraph.VERSION,
                hashes.getOrDefault(model.configFile(), ""),
                hashes.getOrDefault(model.weights(), ""));
        String whole = ContentHash.ofTexts(
                graph,
                hashes.getOrDefault(model.schedulerFile(), ""),
                model.manifest().codec().describe(),
                model.manifest().imageSize().toString());
        return new ModelFingerprint(graph, whole);
    }

    private static void requireChecksums(UNet2DFolder model, Map<Path, String> known) throws ModelException {
        Path root = model.folder().toAbsolutePath().normalize();
        for (Map.Entry<String, String> checksum : model.manifest().sha256().entrySet()) {
            Path file = model.folder().resolve(checksum.getKey());
            if (!file.toAbsolutePath().normalize().startsWith(root)) {
                throw ModelException.in(
                        model.folder().resolve(StudioManifest.FILE_NAME),
                        "checksums of files in the folder",
                        "one of " + checksum.getKey());
            }
            if (!Files.isRegularFile(file)) {
                throw ModelException.in(
                        file, "this file, which " + StudioManifest.FILE_NAME + " lists", "no such file");
            }
            String found = known.containsKey(file) ? known.get(file) : ContentHash.ofFile(file);
            if (!checksum.getValue().equals(found)) {
                throw ModelException.in(
                        file, "SHA-256 " + checksum.getValue() + ", as " + StudioManifest.FILE_NAME + " says", found);
            }
        }
    }
}
