package dev.noisediffusion.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
    public static ModelFingerprint of(ModelLayout layout) throws ModelException {
        return switch (layout) {
            case UNet2DFolder model -> of(model);
            case StableDiffusion model -> of(model);
        };
    }

    private static ModelFingerprint of(UNet2DFolder model) throws ModelException {
        Map<Path, String> hashes = hashes(List.of(model.configFile(), model.weights(), model.schedulerFile()));
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

    private static ModelFingerprint of(StableDiffusion model) throws ModelException {
        Map<Path, String> hashes = hashes(model.files());
        requireChecksums(model, hashes);
        String graph = ContentHash.ofTexts(hashes.values().toArray(String[]::new));
        String whole = ContentHash.ofTexts(
                graph, model.latents().describe(), model.imageSize().toString());
        return new ModelFingerprint(graph, whole);
    }

    private static Map<Path, String> hashes(List<Path> files) throws ModelException {
        var hashes = new LinkedHashMap<Path, String>();
        for (Path file : files) {
            hashes.put(file, ContentHash.ofFile(file));
        }
        return hashes;
    }

    private static void requireChecksums(ModelLayout model, Map<Path, String> known) throws ModelException {
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
