package dev.noisediffusion.model;

import dev.noisediffusion.diffusion.PredictionType;
import dev.noisediffusion.job.ModelRefusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Content hashes of a model, SHA-256 in hexadecimal.
 *
 * @param graph of what the network computes: its configuration, its weights and the way the graph is built
 * @param model of all that decides what a picture becomes: the network, the scheduler, the codec and the size
 * @param files of each file that was read, by its path
 */
public record ModelFingerprint(String graph, String model, Map<Path, String> files) {
    public ModelFingerprint {
        files = Map.copyOf(files);
    }

    /** The hash that a file of the model had; empty for other files. */
    String hashOf(Path file) {
        return files.getOrDefault(file, "");
    }

    /**
     * Reads the files of the model that have changed since they were last read, and compares all with the checksums of the
     * manifest.
     *
     * @param known hashes of files
     * @throws ModelException if a file cannot be read or has another checksum than the manifest says
     */
    static ModelFingerprint of(ModelLayout layout, FileHashes known) throws ModelException {
        return switch (layout) {
            case UNet2DFolder model -> of(model, known);
            case StableDiffusion model -> of(model, known);
        };
    }

    private static ModelFingerprint of(UNet2DFolder model, FileHashes known) throws ModelException {
        var files = new ArrayList<>(List.of(model.configFile(), model.weights(), model.schedulerFile()));
        model.autoencoder().ifPresent(codec -> files.addAll(List.of(codec.configFile(), codec.weights())));
        Map<Path, String> hashes = hashes(files, known);
        requireChecksums(model, hashes, known);
        String graph = ContentHash.ofTexts(
                "unet2d " + UNet2DGraph.VERSION + (model.scheduler().sigmas().isPresent() ? " continuous" : ""),
                hashes.getOrDefault(model.configFile(), ""),
                hashes.getOrDefault(model.weights(), ""));
        var whole = new ArrayList<>(List.of(
                graph,
                hashes.getOrDefault(model.schedulerFile(), ""),
                model.describeCodec() + codecHashes(model, hashes),
                model.manifest().imageSize().toString()));
        whole.addAll(readAnew(model.scheduler()));
        return new ModelFingerprint(graph, ContentHash.ofTexts(whole.toArray(String[]::new)), hashes);
    }

    private static String codecHashes(UNet2DFolder model, Map<Path, String> hashes) {
        return model.autoencoder()
                .map(codec -> " " + hashes.getOrDefault(codec.configFile(), "") + " "
                        + hashes.getOrDefault(codec.weights(), ""))
                .orElse("");
    }

    private static ModelFingerprint of(StableDiffusion model, FileHashes known) throws ModelException {
        Map<Path, String> hashes = hashes(model.files(), known);
        requireChecksums(model, hashes, known);
        String graph = ContentHash.ofTexts(hashes.values().toArray(String[]::new));
        var whole = new ArrayList<>(
                List.of(graph, model.latents().describe(), model.imageSize().toString()));
        whole.addAll(unusual(model));
        whole.addAll(readAnew(model.scheduler()));
        return new ModelFingerprint(graph, ContentHash.ofTexts(whole.toArray(String[]::new)), hashes);
    }

    /**
     * What is read from files that may lie beside those that are hashed; nothing where it is as usual, so that most models
     * keep the id that they had before it counted.
     */
    private static List<String> unusual(StableDiffusion model) {
        boolean two = model.listeners().size() > 1;
        StableDiffusionFamily family = two ? StableDiffusionFamily.XL : StableDiffusionFamily.ONE;
        List<String> usual = said(
                PredictionType.EPSILON,
                two,
                IntStream.range(0, family.encoders()).mapToObj(family::padding).toList());
        List<String> found = said(
                model.scheduler().prediction(),
                model.silentNegative(),
                model.listeners().stream()
                        .map(listener -> listener.tokenizer().padding())
                        .toList());
        return found.equals(usual) ? List.of() : found;
    }

    /** Nothing for most models, which keep their ids: the pictures of others are no longer what they were. */
    private static List<String> readAnew(SchedulerConfig scheduler) {
        return scheduler.readAnew() ? List.of("scheduler read anew") : List.of();
    }

    private static List<String> said(PredictionType prediction, boolean silentNegative, List<String> paddings) {
        var said = new ArrayList<>(List.of(prediction.name(), silentNegative ? "silent" : "spoken"));
        said.addAll(paddings);
        return said;
    }

    private static Map<Path, String> hashes(List<Path> files, FileHashes known) throws ModelException {
        var hashes = new LinkedHashMap<Path, String>();
        for (Path file : files) {
            hashes.put(file, known.of(file));
        }
        return hashes;
    }

    private static void requireChecksums(ModelLayout model, Map<Path, String> hashes, FileHashes known)
            throws ModelException {
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
                throw ModelException.in(file, "this file, which " + StudioManifest.FILE_NAME + " lists", "no such file")
                        .as(ModelRefusal.MISSING_FILE.with(file));
            }
            String found = hashes.containsKey(file) ? hashes.get(file) : known.of(file);
            if (!checksum.getValue().equals(found)) {
                throw ModelException.in(
                                file,
                                "SHA-256 " + checksum.getValue() + ", as " + StudioManifest.FILE_NAME + " says",
                                found)
                        .as(ModelRefusal.WRONG_CHECKSUM.with(file));
            }
        }
    }
}
