package dev.noisediffusion.model;

import dev.noisediffusion.tensor.Shape;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The weights of a network, each to be taken once and none to be left over: a graph uses all that is its own in a file. */
class WeightBook {
    private final Safetensors file;
    private final WeightNames names;
    private final Set<String> taken = new LinkedHashSet<>();
    private final Set<WeightNames.Place> places = new HashSet<>();

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
        return file.entries().containsKey(names.inFile().apply(name).name());
    }

    /** Whether a matrix has its sides the other way round in the file. */
    boolean isTransposed(String name) {
        return names.inFile().apply(name).transposed();
    }

    /**
     * Takes a weight, which must be there, a floating-point number, and of the given shape. Sides of 1 at its end do not
     * count: a linear layer and a 1x1 convolution have the same weights.
     */
    Safetensors.Entry take(String wanted, int... dims) throws ModelException {
        WeightNames.Place place = names.inFile().apply(wanted);
        String name = place.name();
        int[] stored = dims.clone();
        stored[0] *= place.parts();
        Shape shape = Shape.of(stored);
        Safetensors.Entry entry = file.entries().get(name);
        if (entry == null) {
            throw ModelException.in(file.file(), "tensor \"" + name + "\" of shape " + shape, "none of that name");
        }
        if (!withoutOnes(entry.shape()).equals(withoutOnes(shape))) {
            throw ModelException.in(file.file(), "tensor \"" + name + "\" of shape " + shape, "shape " + entry.shape());
        }
        if (!entry.type().isForWeights()) {
            throw ModelException.in(
                    file.file(), "tensor \"" + name + "\" of dtype F32, F16 or BF16", "dtype " + entry.type());
        }
        if (!places.add(place)) {
            throw new IllegalStateException("The graph takes " + name + " twice");
        }
        taken.add(name);
        return part(entry, place, Shape.of(dims));
    }

    /** Parts along the first side lie one behind the other. */
    private static Safetensors.Entry part(Safetensors.Entry whole, WeightNames.Place place, Shape shape) {
        if (place.parts() == 1) {
            return whole;
        }
        long length = whole.length() / place.parts();
        return new Safetensors.Entry(whole.name(), whole.type(), shape, whole.offset() + place.part() * length, length);
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
