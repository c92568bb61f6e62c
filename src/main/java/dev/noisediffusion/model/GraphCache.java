package dev.noisediffusion.model;

import dev.noisediffusion.files.Folders;
import dev.noisediffusion.files.Turns;
import dev.noisediffusion.files.UserFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Graphs on disk, each in a folder named by its content hash. A graph is built in a folder of its own beside that one and moved
 * into place when it is whole; what an interrupted build has left is deleted when that graph is asked for again. Its checksums
 * are written with it and compared before it is used, so that a damaged one is built again; files that have not changed
 * since they were compared are not read again. Processes that want the same graph at the same time take turns, or each
 * build it where files cannot be locked, and the first one stays; within a process, those who share a folder must share its cache.
 */
public final class GraphCache {
    private static final String CHECKSUMS = "checksums";
    private static final String LOCK = ".lock";
    private static final String HASHES = "hashes";
    private static final String BUILDING = "building-";

    private static final Pattern NOT_OF_A_SESSION =
            Pattern.compile("\\.(?:json|md|txt|ini)$", Pattern.CASE_INSENSITIVE);

    /** A graph, or what is being built of one. */
    private static final Pattern FOLDER = Pattern.compile("(?:" + BUILDING + "(?:.+-)?)?([0-9a-f]+)");

    private final Path root;
    private final FileHashes hashes;
    private final Turns turns;
    private final Turns atBest;

    /** A cache in the given folder, which is made when it is needed. */
    public GraphCache(Path root) {
        this(root, new Turns());
    }

    /** @param turns at its graphs */
    GraphCache(Path root, Turns turns) {
        this.root = root;
        this.turns = turns;
        this.atBest = turns.bestEffort();
        this.hashes = new FileHashes(root.resolve(HASHES));
    }

    /** The cache in the user's own cache folder, as the platform has it. */
    public static GraphCache ofUser() {
        return new GraphCache(UserFolders.ofUser().cache().resolve("graphs"));
    }

    /**
     * The content hashes of a model. Files whose size and time of modification are as they were are not read again.
     *
     * @throws ModelException if a file cannot be read or has another checksum than the manifest says
     */
    public ModelFingerprint fingerprint(ModelLayout model) throws ModelException {
        return ModelFingerprint.of(model, hashes);
    }

    /**
     * The graph of a model, built if it is not there yet.
     *
     * @param fingerprint of the model
     * @param precision in which it computes
     * @return the ONNX file; its weights lie beside it
     * @throws ModelException if the model's weights do not fit its configuration or have changed since the fingerprint was
     *     taken, or the cache cannot be written
     */
    public Path graphOf(UNet2DFolder model, ModelFingerprint fingerprint, Precision precision) throws ModelException {
        return graph(
                inPrecision(fingerprint.graph(), precision),
                from(model.weights(), fingerprint, folder -> UNet2DGraph.write(model, precision, folder)));
    }

    /** Refuses weights that are no longer those of the fingerprint, so that no graph of others is kept under its hash. */
    private Writer from(Path weights, ModelFingerprint fingerprint, Writer writer) {
        return folder -> {
            writer.write(folder);
            requireUnchanged(weights, fingerprint);
        };
    }

    private void requireUnchanged(Path weights, ModelFingerprint fingerprint) throws ModelException {
        if (!hashes.of(weights).equals(fingerprint.hashOf(weights))) {
            throw ModelException.in(
                    weights, "the weights that the model was opened with", "others; open the model again");
        }
    }

    /**
     * Refuses a part of an export that is no longer that of the fingerprint. Nothing of an export is kept here: whoever opens
     * the part again reads its own files again. Those that have not changed since they were last hashed are not read.
     *
     * @param fingerprint of the model
     * @throws ModelException if the part's graph, or a file with weights beside it, has changed since the fingerprint was taken
     *     or cannot be read
     */
    public void requireUnchanged(StableDiffusionOnnx model, StableDiffusion.Part part, ModelFingerprint fingerprint)
            throws ModelException {
        Path folder = model.graph(part).resolveSibling("");
        for (Path file : fingerprint.files().keySet()) {
            // Exporters name weights as they like; configurations are read only as the model is opened, and notes
            // never.
            if (file.resolveSibling("").equals(folder)
                    && !NOT_OF_A_SESSION.matcher(file.toString()).find()) {
                requireUnchanged(file, fingerprint);
            }
        }
    }

    private static String inPrecision(String hash, Precision precision) {
        return precision == Precision.FULL ? hash : ContentHash.ofTexts(precision.name(), hash);
    }

    /**
     * The graph of a model's way down and middle block, built if it is not there yet.
     *
     * @param fingerprint of the model
     * @return the ONNX file; its weights lie beside it
     * @throws ModelException if the model's weights do not fit its configuration or have changed since the fingerprint was
     *     taken, or the cache cannot be written
     */
    public Path bottleneckOf(UNet2DFolder model, ModelFingerprint fingerprint) throws ModelException {
        String hash = ContentHash.ofTexts("unet2d bottleneck " + UNet2DGraph.VERSION, fingerprint.graph());
        return graph(hash, from(model.weights(), fingerprint, folder -> UNet2DGraph.writeBottleneck(model, folder)));
    }

    /**
     * The graph of a part of a model, built if it is not there yet.
     *
     * @param fingerprint of the model
     * @param precision in which the U-Net computes; all other parts compute in full
     * @return the ONNX file; its weights lie beside it
     * @throws ModelException if the part's weights do not fit its configuration or have changed since the fingerprint was
     *     taken, or the cache cannot be written
     */
    public Path graphOf(
            StableDiffusionWeights model, StableDiffusion.Part part, ModelFingerprint fingerprint, Precision precision)
            throws ModelException {
        Precision own = part == StableDiffusion.Part.UNET ? precision : Precision.FULL;
        String hash = ContentHash.ofTexts(
                "stable diffusion " + StableDiffusionWeights.VERSION, part.folder(), fingerprint.graph());
        return graph(
                inPrecision(hash, own),
                from(model.source(part).file(), fingerprint, folder -> model.write(part, own, folder)));
    }

    /**
     * The graph of one half of an autoencoder, built if it is not there yet.
     *
     * @param fingerprint of the model that the autoencoder is in
     * @return the ONNX file; its weights lie beside it
     * @throws ModelException if the weights do not fit the configuration or have changed since the fingerprint was taken, or
     *     the cache cannot be written
     */
    public Path graphOf(LatentAutoencoder model, LatentAutoencoder.Half half, ModelFingerprint fingerprint)
            throws ModelException {
        String hash = ContentHash.ofTexts(
                "autoencoder " + LatentAutoencoder.VERSION,
                half.name(),
                fingerprint.hashOf(model.configFile()),
                fingerprint.hashOf(model.weights()));
        return graph(hash, from(model.weights(), fingerprint, folder -> model.write(half, folder)));
    }

    /** Writes a graph and its weights into a folder. */
    @FunctionalInterface
    interface Writer {
        void write(Path folder) throws ModelException, IOException;
    }

    /**
     * A graph, built if it is not there yet.
     *
     * @param hash of all that decides it, of hexadecimal digits
     * @return the ONNX file
     * @throws ModelException if it cannot be built, or the cache cannot be written
     * @throws java.util.concurrent.CancellationException soon after the current token was cancelled; nothing is left behind
     */
    @SuppressWarnings("try") // held, not used
    Path graph(String hash, Writer writer) throws ModelException {
        Path folder = root.resolve(hash);
        try {
            Files.createDirectories(root);
            deleteUnlessInUse(Pattern.compile(BUILDING + "(?:.+-)?(" + hash + ")"));
            try (Turns.Turn ignored = atBest.await(lock(hash))) {
                if (!isWhole(folder)) {
                    build(writer, folder);
                }
            }
        } catch (IOException e) {
            throw ModelException.failed(root, "used as the cache of graphs", e);
        }
        return folder.resolve(GraphBuilder.GRAPH_FILE);
    }

    /**
     * The memory that the weights of a graph take in the precision that it computes in, in bytes.
     *
     * @return empty for graphs that are not of this cache, or that an older studio has built
     */
    public static OptionalLong memoryOf(Path graph) {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(graph.resolveSibling(GraphBuilder.MEMORY_FILE))));
        } catch (IOException | NumberFormatException notSaid) {
            return OptionalLong.empty();
        }
    }

    /** The room that all graphs take, in bytes, as far as it can be seen. */
    public long size() {
        return Folders.bytes(root);
    }

    /**
     * Deletes every graph, and what interrupted builds have left; one that is being built or looked up at this moment stays,
     * and so does all where files cannot be locked: nobody knows there whether another studio uses it.
     */
    public void clear() throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        hashes.clear();
        deleteUnlessInUse(FOLDER);
    }

    /** @param names of the folders, whose first group is the hash of the graph */
    private void deleteUnlessInUse(Pattern names) throws IOException {
        List<Path> folders;
        try (Stream<Path> entries = Files.list(root)) {
            folders = entries.filter(Files::isDirectory).toList();
        }
        for (Path folder : folders) {
            Matcher name = names.matcher(folder.getFileName().toString());
            if (name.matches()) {
                deleteUnlessInUse(folder, name.group(1));
            }
        }
    }

    @SuppressWarnings("try") // held, not used
    private void deleteUnlessInUse(Path folder, String hash) throws IOException {
        Optional<Turns.Turn> turn;
        try {
            turn = turns.tryTake(lock(hash));
        } catch (IOException nobodyKnowsWhetherItIsInUse) {
            return;
        }
        if (turn.isPresent()) {
            try (Turns.Turn ignored = turn.get()) {
                Folders.delete(folder);
            }
        }
    }

    private Path lock(String hash) {
        return root.resolve(hash + LOCK);
    }

    /** To be called by whoever has the graph's turn. */
    private void build(Writer writer, Path folder) throws IOException, ModelException {
        Path building = folder.resolveSibling(BUILDING + UUID.randomUUID() + "-" + folder.getFileName());
        try {
            Files.createDirectory(building);
            writer.write(building);
            var written = new HashMap<Path, String>();
            String checksums = checksums(building, file -> {
                String hash = ContentHash.ofFile(file);
                written.put(folder.resolve(file.getFileName()), hash);
                return hash;
            });
            Files.writeString(building.resolve(CHECKSUMS), checksums, StandardCharsets.UTF_8);
            if (putInPlace(building, folder)) {
                // Whoever wanted it asks for it next: weights of some gigabytes need not be read once more.
                for (Map.Entry<Path, String> file : written.entrySet()) {
                    hashes.know(file.getKey(), file.getValue());
                }
            }
        } finally {
            Folders.delete(building);
        }
    }

    /**
     * Where files cannot be locked, another process may have been faster, and may have its graph open.
     *
     * @return whether the folder is the one that was built
     */
    private boolean putInPlace(Path building, Path folder) throws IOException {
        try {
            Files.move(building, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException somethingIsThere) {
            if (isWhole(folder)) {
                return false;
            }
            Folders.delete(folder);
            Files.move(building, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        return true;
    }

    private boolean isWhole(Path folder) throws IOException {
        Path checksums = folder.resolve(CHECKSUMS);
        if (!Files.isRegularFile(checksums)) {
            return false;
        }
        try {
            return new String(Files.readAllBytes(checksums), StandardCharsets.UTF_8)
                    .equals(checksums(folder, hashes::of));
        } catch (ModelException aFileIsMissing) {
            return false;
        }
    }

    /** Gives a file's hash. */
    @FunctionalInterface
    private interface Hash {
        String of(Path file) throws ModelException;
    }

    private static String checksums(Path folder, Hash hash) throws ModelException {
        var lines = new StringBuilder();
        for (String name : List.of(GraphBuilder.GRAPH_FILE, GraphBuilder.WEIGHTS_FILE)) {
            lines.append(hash.of(folder.resolve(name)))
                    .append("  ")
                    .append(name)
                    .append('\n');
        }
        return lines.toString();
    }
}
