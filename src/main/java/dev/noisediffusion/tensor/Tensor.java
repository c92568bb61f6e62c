package dev.noisediffusion.tensor;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** An immutable float32 tensor in row-major order. Equal when shape and every bit of every value are. */
public final class Tensor {
    private final Shape shape;
    private final float[] values;

    private Tensor(Shape shape, float[] values) {
        if (values.length != shape.size()) {
            throw new IllegalArgumentException(
                    "A tensor of shape " + shape + " needs " + shape.size() + " values, found " + values.length);
        }
        this.shape = shape;
        this.values = values;
    }

    /** A tensor that takes the array over: the caller must not write to it afterwards. */
    public static Tensor wrap(Shape shape, float[] values) {
        return new Tensor(shape, values);
    }

    /** A tensor with the remaining values of a buffer, whose position is left where it was. */
    public static Tensor copyOf(Shape shape, FloatBuffer buffer) {
        var values = new float[shape.size()];
        if (buffer.remaining() != values.length) {
            throw new IllegalArgumentException(
                    "A tensor of shape " + shape + " needs " + values.length + " values, found " + buffer.remaining());
        }
        buffer.duplicate().get(values);
        return new Tensor(shape, values);
    }

    public static Tensor zeros(Shape shape) {
        return new Tensor(shape, new float[shape.size()]);
    }

    /**
     * Stacks tensors of equal shape but for the batch along the first axis.
     *
     * @throws IllegalArgumentException if the list is empty or the shapes differ beyond the first axis
     */
    public static Tensor concat(List<Tensor> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("Nothing to concatenate");
        }
        Shape first = parts.getFirst().shape;
        int batch = 0;
        for (Tensor part : parts) {
            if (!part.shape.withBatch(1).equals(first.withBatch(1))) {
                throw new IllegalArgumentException("Cannot concatenate " + first + " and " + part.shape);
            }
            batch += part.shape.batch();
        }
        Shape shape = first.withBatch(batch);
        var values = new float[shape.size()];
        int at = 0;
        for (Tensor part : parts) {
            System.arraycopy(part.values, 0, values, at, part.values.length);
            at += part.values.length;
        }
        return new Tensor(shape, values);
    }

    public Shape shape() {
        return shape;
    }

    /** Number of values. */
    public int size() {
        return values.length;
    }

    /** The value at a flat, row-major index. */
    public float get(int index) {
        return values[index];
    }

    /** One element of the batch, as a tensor with batch 1. */
    public Tensor slice(int batchIndex) {
        Shape one = shape.withBatch(1);
        int length = one.size();
        return new Tensor(one, Arrays.copyOfRange(values, batchIndex * length, (batchIndex + 1) * length));
    }

    /** Some elements of the batch, from one index up to but not including another. */
    public Tensor slice(int from, int to) {
        Shape some = shape.withBatch(to - from);
        int length = shape.withBatch(1).size();
        return new Tensor(some, Arrays.copyOfRange(values, from * length, to * length));
    }

    /** Some channels of a tensor [1, C, H, W], from one index up to but not including another. */
    public Tensor channels(int from, int to) {
        if (shape.batch() != 1) {
            throw new IllegalArgumentException("Expected a batch of 1, found " + shape);
        }
        int plane = shape.height() * shape.width();
        return new Tensor(
                Shape.of(1, to - from, shape.height(), shape.width()),
                Arrays.copyOfRange(values, from * plane, to * plane));
    }

    public float[] toArray() {
        return values.clone();
    }

    /** Writes all values into a buffer, which advances by {@link #size()}. */
    public void copyTo(FloatBuffer target) {
        target.put(values);
    }

    /** The array itself, for the kernels of this package. */
    float[] values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor && shape.equals(tensor.shape) && Arrays.equals(values, tensor.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Tensor" + shape;
    }
}
