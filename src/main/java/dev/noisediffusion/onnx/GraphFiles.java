package dev.noisediffusion.onnx;

import dev.noisediffusion.model.ContentHash;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A graph on disk with the weights beside it, which are known by the names that exporters give them: {@code x.onnx_data},
 * {@code x.onnx_data_1}, {@code x.onnx.data} and {@code x.data} beside {@code x.onnx}, {@code weights.pb} beside
 * {@code model.onnx} in older exports, and {@code model.weights} beside that in the studio's own.
 */
final class GraphFiles {
    /** What the name of a file with weights has behind that of its graph. */
    private static final Pattern WEIGHTS = Pattern.compile("[._](?:data|weights|bin)(?:[._]\\d+)?");

    private static final String ENDING = ".onnx";

    private GraphFiles() {}

    /**
     * About how much memory an open graph takes, in bytes: of the studio's own graphs what their weights take once they are in the
     * precision of the graph; of others, and of the studio's before it said more, as much as the files, nearly all of which are weights.
     */
    static long weight(Path graph) {
        return GraphCache.memoryOf(graph).orElseGet(() -> onDisk(graph));
    }

    private static long onDisk(Path graph) {
        try {
            long bytes = Files.size(graph);
            for (Path file : beside(graph)) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            // The runtime will say what is wrong with it.
            return 0;
        }
    }

    /**
     * The hash of a graph with its weights, in hexadecimal; where none lie beside it, that of its file.
     *
     * @throws ModelException if a file cannot be read
     */
    static String hash(Path graph) throws ModelException {
        var hashes = new ArrayList<>(List.of(ContentHash.ofFile(graph)));
        try {
            for (Path file : beside(graph)) {
                hashes.add(ContentHash.ofFile(file));
            }
        } catch (IOException e) {
            throw ModelException.failed(graph, "read", e);
        }
        return hashes.size() == 1 ? hashes.getFirst() : ContentHash.ofTexts(hashes.toArray(String[]::new));
    }

    /** The files that may hold weights of a graph, by name. */
    private static List<Path> beside(Path graph) throws IOException {
        String name = graph.getFileName().toString();
        try (Stream<Path> files = Files.list(graph.toAbsolutePath().getParent())) {
            return files.filter(file -> belongs(file.getFileName().toString(), name))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static boolean belongs(String file, String graph) {
        String stem = graph.endsWith(ENDING) ? graph.substring(0, graph.length() - ENDING.length()) : graph;
        return (file.startsWith(graph)
                        && WEIGHTS.matcher(file.substring(graph.length())).matches())
                || file.equals(stem + ".data")
                || file.equals(stem + ".weights")
                || (file.equals("weights.pb") && graph.equals("model.onnx"));
    }
}
