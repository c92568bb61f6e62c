package dev.noisediffusion.model;

import dev.noisediffusion.tensor.Shape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The weights of a network, each to be taken once and none to be left over: a graph uses all that is its own in a file. */
class WeightBook {
    private final Safetensors file;
    private final WeightNames names;
    private final Set<String> taken = new LinkedHashSet<>();

    WeightBook(Safetensors file) {
        this(file, WeightNames.OWN_FILE);
    }

    WeightBook(Safetensors file, WeightNames names) {
        this.file = file;
        this.names = names;
    }

    Safetensors file() {
        return file;
    }

    boolean has(String name) {
        return file.entries().containsKey(nameInFile(name));
    }

    private String nameInFile(String name) {
        return names.inFile().apply(name);
    }

    /**
     * Takes a weight, which must be there, a floating-point number, and of the given shape. Sides of 1 at its end do not
     * count: a linear layer and a 1x1 convolution have the same weights.
     */
    Safetensors.Entry take(String wanted, int... dims) throws ModelException {
        String name = nameInFile(wanted);
        Shape shape = Shape.of(dims);
        Safetensors.Entry entry = file.entries().get(name);
        if (entry == null) {
            throw ModelException.in(file.file(), "tensor \"" + name + "\" of shape " + shape, "none of that name");
        }
        if (!withoutOnes(entry.shape()).equals(withoutOnes(shape))) {
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

    private static List<Integer> withoutOnes(Shape shape) {
        int rank = shape.rank();
        while (rank > 1 && shape.dim(rank - 1) == 1) {
            rank--;
        }
        return shape.dims().subList(0, rank);
    }

    /** Refuses a file with weights that the network of its configuration does not have. */
    void requireAllTaken() throws ModelException {
        var left = new LinkedHashSet<>(file.entries().keySet());
        left.removeAll(taken);
        left.removeIf(name -> !names.own(name));
        if (!left.isEmpty()) {
            throw ModelException.in(
                    file.file(),
                    "only the " + taken.size() + " tensors that the configuration calls for",
                    left.size() + " more, such as \"" + left.getFirst() + "\"");
        }
    }
}
