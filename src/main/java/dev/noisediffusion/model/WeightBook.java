package dev.noisediffusion.model;

import dev.noisediffusion.tensor.Shape;
import java.util.LinkedHashSet;
import java.util.Set;

/** The weights of a network, each to be taken once and none to be left over: a graph uses all of its file. */
final class WeightBook {
    private final Safetensors file;
    private final Set<String> taken = new LinkedHashSet<>();

    WeightBook(Safetensors file) {
        this.file = file;
    }

    Safetensors file() {
        return file;
    }

    boolean has(String name) {
        return file.entries().containsKey(name);
    }

    /** Takes a weight, which must be there, a floating-point number, and of the given shape. */
    Safetensors.Entry take(String name, int... dims) throws ModelException {
        Shape shape = Shape.of(dims);
        Safetensors.Entry entry = file.entries().get(name);
        if (entry == null) {
            throw ModelException.in(file.file(), "tensor \"" + name + "\" of shape " + shape, "none of that name");
        }
        if (!entry.shape().equals(shape)) {
            throw ModelException.in(file.file(), "tensor \"" + name + "\" of shape " + shape, "shape " + entry.shape());
        }
        if (entry.type() == ElementType.I64) {
            throw ModelException.in(file.file(), "tensor \"" + name + "\" of dtype F32, F16 or BF16", "dtype I64");
        }
        if (!taken.add(name)) {
            throw new IllegalStateException("The graph takes " + name + " twice");
        }
        return entry;
    }

    /** Refuses a file with weights that the network of its configuration does not have. */
    void requireAllTaken() throws ModelException {
        var left = new LinkedHashSet<>(file.entries().keySet());
        left.removeAll(taken);
        if (!left.isEmpty()) {
            throw ModelException.in(
                    file.file(),
                    "only the " + taken.size() + " tensors that the configuration calls for",
                    left.size() + " more, such as \"" + left.getFirst() + "\"");
        }
    }
}
