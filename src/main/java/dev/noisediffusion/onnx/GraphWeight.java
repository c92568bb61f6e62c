package dev.noisediffusion.onnx;

import dev.noisediffusion.model.GraphCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** About how much memory an open graph takes: as much as its weights, or as its files on disk, nearly all of which are weights. */
final class GraphWeight {
    private GraphWeight() {}

    /**
     * The bytes that the weights of the studio's own graphs take once they are in the precision of the graph; of others those of
     * the graph and of the weights beside it: {@code model.onnx_data} and {@code model.onnx.data} of exports, {@code weights.pb}
     * of older ones, {@code model.weights} of the studio's before it said more.
     */
    static long of(Path graph) {
        return GraphCache.memoryOf(graph).orElseGet(() -> onDisk(graph));
    }

    private static long onDisk(Path graph) {
        String name = graph.getFileName().toString();
        Path folder = graph.toAbsolutePath().getParent();
        try (Stream<Path> files = Files.list(folder)) {
            long bytes = 0;
            for (Path file : files.filter(other -> belongs(other.getFileName().toString(), name))
                    .toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            // The runtime will say what is wrong with it.
            return 0;
        }
    }

    private static boolean belongs(String file, String graph) {
        return file.startsWith(graph) || file.equals("weights.pb") || file.equals("model.weights");
    }
}
