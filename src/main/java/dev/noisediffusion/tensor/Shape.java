package dev.noisediffusion.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The dimensions of a tensor, outermost first. Network tensors are NCHW: batch, channels, height, width.
 *
 * @param dims every dimension, each at least 0
 */
public record Shape(List<Integer> dims) {
    public Shape {
        dims = List.copyOf(dims);
        for (int dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException("A dimension cannot be negative: " + dims);
            }
        }
    }

    /** A shape from its dimensions, outermost first. */
    public static Shape of(int... dims) {
        return new Shape(Arrays.stream(dims).boxed().toList());
    }

    /** Number of values: the product of all dimensions. */
    public int size() {
        return Math.toIntExact(dims.stream().mapToLong(Integer::longValue).reduce(1L, Math::multiplyExact));
    }

    public int rank() {
        return dims.size();
    }

    public int dim(int axis) {
        return dims.get(axis);
    }

    /** The batch size, N of NCHW. */
    public int batch() {
        return dims.getFirst();
    }

    /** C of NCHW. */
    public int channels() {
        return dims.get(1);
    }

    /** H of NCHW. */
    public int height() {
        return dims.get(2);
    }

    /** W of NCHW. */
    public int width() {
        return dims.get(3);
    }

    /** The same shape with another first dimension. */
    public Shape withBatch(int batch) {
        return new Shape(IntStream.range(0, rank())
                .mapToObj(axis -> axis == 0 ? batch : dim(axis))
                .toList());
    }

    /** The dimensions as ONNX Runtime and safetensors want them. */
    public long[] toLongs() {
        return dims.stream().mapToLong(Integer::longValue).toArray();
    }

    @Override
    public String toString() {
        return dims.stream().map(String::valueOf).collect(Collectors.joining("x", "[", "]"));
    }
}
