package dev.noisediffusion.diffusion;

import java.util.List;

/**
 * A network from elsewhere that is given pictures, such as one that pictures are compared with.
 *
 * @param name of its file
 * @param sha256 of its file, with those of its weights where there are some
 * @param inputs in the order the graph has them
 * @param output the first output
 * @param runner owned by the record
 */
public record PictureGraph(String name, String sha256, List<Input> inputs, String output, GraphRunner runner)
        implements AutoCloseable {
    /**
     * What the graph wants.
     *
     * @param dims sizes of its dimensions; -1 where any will do
     * @param bytes whether it takes whole numbers of 0 to 255
     */
    public record Input(String name, List<Long> dims, boolean bytes) {
        public Input {
            dims = List.copyOf(dims);
        }

        /** Whether it takes pictures, [N, 3, H, W]: not where only its last dimension is said to be 3, as in [N, H, W, 3]. */
        public boolean takesPictures() {
            return dims.size() == 4 && (dims.get(1) == 3 || (dims.get(1) < 0 && dims.get(3) != 3));
        }

        /** Height that pictures must have; -1 where any will do. */
        public int height() {
            return Math.toIntExact(dims.get(2));
        }

        /** Width that pictures must have; -1 where any will do. */
        public int width() {
            return Math.toIntExact(dims.get(3));
        }
    }

    public PictureGraph {
        inputs = List.copyOf(inputs);
    }

    @Override
    public void close() {
        runner.close();
    }
}
