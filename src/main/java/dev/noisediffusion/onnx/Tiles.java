package dev.noisediffusion.onnx;

import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * Runs work on pictures too large for it piece by piece: in tiles that overlap, whose results fade linearly into one another.
 * What is farther from a tile's inner edges than the work
 * looks is exactly as without tiles; means and attention over the whole picture become those of a tile.
 *
 * @param side of a tile, in positions of latents
 * @param overlap of neighbours, in positions of latents, less than the side; more where the tiles do not go up evenly
 * @param most positions of latents that are worked on in one piece
 */
record Tiles(int side, int overlap, int most) {
    /** Tiles of 512 pixels for factor 8, and none up to 768 x 768: attention over more positions takes gigabytes. */
    static final Tiles USUAL = new Tiles(64, 16, 96 * 96);

    Tiles {
        if (overlap < 1 || overlap >= side) {
            throw new IllegalArgumentException(
                    "Expected an overlap from 1 to below the side " + side + ", found " + overlap);
        }
    }

    /** Whether latents of this shape are worked on in tiles. */
    boolean split(Shape latent) {
        return latent.height() * latent.width() > most && (latent.height() > side || latent.width() > side);
    }

    /** The shape of the tiles of latents. */
    Shape tile(Shape latent) {
        return Shape.of(1, latent.channels(), Math.min(side, latent.height()), Math.min(side, latent.width()));
    }

    /** Latents to pixels, each position to a square of so many. */
    Tensor enlarge(Tensor latents, int factor, UnaryOperator<Tensor> work) {
        return run(latents, 1, factor, work);
    }

    /** Pixels to latents, a square of so many to each position. */
    Tensor reduce(Tensor pixels, int factor, UnaryOperator<Tensor> work) {
        return run(pixels, factor, 1, work);
    }

    private Tensor run(Tensor whole, int in, int out, UnaryOperator<Tensor> work) {
        Shape shape = whole.shape();
        var rows = new Axis(shape.height() / in, side, overlap);
        var columns = new Axis(shape.width() / in, side, overlap);
        float[] sum = {};
        int channels = 0;
        for (int row = 0; row < rows.count(); row++) {
            for (int column = 0; column < columns.count(); column++) {
                Tensor tile = cut(
                        whole, rows.start(row) * in, columns.start(column) * in, rows.span() * in, columns.span() * in);
                Tensor done = work.apply(tile);
                if (sum.length == 0) {
                    channels = done.shape().channels();
                    sum = new float[channels * rows.length() * out * columns.length() * out];
                }
                add(done, sum, rows.share(row, out), columns.share(column, out));
            }
        }
        return Tensor.wrap(Shape.of(1, channels, rows.length() * out, columns.length() * out), sum);
    }

    private static Tensor cut(Tensor whole, int top, int left, int height, int width) {
        Shape shape = whole.shape();
        var values = new float[shape.channels() * height * width];
        int at = 0;
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int y = 0; y < height; y++) {
                int from = (channel * shape.height() + top + y) * shape.width() + left;
                for (int x = 0; x < width; x++) {
                    values[at++] = whole.get(from + x);
                }
            }
        }
        return Tensor.wrap(Shape.of(1, shape.channels(), height, width), values);
    }

    private static void add(Tensor tile, float[] sum, Share rows, Share columns) {
        int at = 0;
        for (int channel = 0; channel < tile.shape().channels(); channel++) {
            for (int y = 0; y < tile.shape().height(); y++) {
                int to = (channel * rows.whole + rows.start + y) * columns.whole + columns.start;
                for (int x = 0; x < tile.shape().width(); x++) {
                    sum[to + x] += rows.weights[y] * columns.weights[x] * tile.get(at++);
                }
            }
        }
    }

    /** What a tile gives to a row or column of the whole: the shares of all tiles add up to 1 everywhere. */
    private static final class Share {
        private final int start;
        private final int whole;
        private final float[] weights;

        Share(int start, int whole, float[] weights) {
            this.start = start;
            this.whole = whole;
            this.weights = weights;
        }
    }

    /**
     * Tiles along one side of a picture, all of one length, spread evenly from edge to edge.
     *
     * @param length of the whole, in positions of latents
     */
    private record Axis(int length, int side, int overlap) {
        int span() {
            return Math.min(side, length);
        }

        int count() {
            return length <= side ? 1 : Math.ceilDiv(length - overlap, side - overlap);
        }

        int start(int tile) {
            return count() == 1 ? 0 : Math.round((float) tile * (length - span()) / (count() - 1));
        }

        /** With so many values to a position. */
        Share share(int tile, int scale) {
            int from = start(tile) * scale;
            var weights = new float[span() * scale];
            for (int i = 0; i < weights.length; i++) {
                double mine = ramp(tile, from + i, scale);
                double all = 0;
                for (int other = 0; other < count(); other++) {
                    all += ramp(other, from + i, scale);
                }
                weights[i] = (float) (mine / all);
            }
            return new Share(from, length * scale, weights);
        }

        /** 1 in the middle, falling to 0 over the overlap at edges that have a neighbour. */
        private double ramp(int tile, int position, int scale) {
            double into = position - start(tile) * scale + 0.5;
            double left = span() * scale - into;
            double fade = overlap * scale;
            if (into < 0 || left < 0) {
                return 0;
            }
            double rise = tile == 0 ? 1 : Math.min(1, into / fade);
            double fall = tile == count() - 1 ? 1 : Math.min(1, left / fade);
            return Math.min(rise, fall);
        }
    }
}
