package dev.noisediffusion.onnx;

import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.Precision;
import dev.noisediffusion.model.Safetensors;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Compares found values with those of a file, one tensor after another. */
final class Comparisons {
    /** Half a network's digits leave this much of its values in doubt. */
    private static final double HALF_TOLERANCE = 0.05;

    private final Safetensors expected;
    private final Precision precision;
    private final List<ModelReport.Comparison> done = new ArrayList<>();

    /**
     * Comparisons with a file.
     *
     * @param precision in which the network computes; tolerances are for full precision
     */
    Comparisons(Safetensors expected, Precision precision) {
        this.expected = expected;
        this.precision = precision;
    }

    boolean has(String name) {
        return expected.entries().containsKey(name);
    }

    /** Compares by the largest difference. */
    void absolute(String name, Tensor found, double tolerance) throws ModelException {
        add(name, difference(name, expected.tensor(name), found), fitting(tolerance), false);
    }

    /** Compares by the largest difference as a share of the largest expected magnitude. */
    void relative(String name, Tensor found, double tolerance) throws ModelException {
        Tensor wanted = expected.tensor(name);
        double largest = Kernels.maxAbsDifference(wanted, Tensor.zeros(wanted.shape()));
        add(name, difference(name, wanted, found) / largest, fitting(tolerance), true);
    }

    /** Compares whole numbers, which must be equal. */
    void exact(String name, long[] found) throws ModelException {
        long[] wanted = expected.longs(name);
        if (wanted.length != found.length) {
            throw ModelException.in(
                    expected.file(), "\"" + name + "\" with " + found.length + " values", wanted.length + " values");
        }
        double largest = 0;
        for (int i = 0; i < wanted.length; i++) {
            largest = Math.max(largest, Math.abs((double) wanted[i] - found[i]));
        }
        add(name, largest, 0, false);
    }

    private double fitting(double tolerance) {
        return precision == Precision.HALF ? Math.max(tolerance, HALF_TOLERANCE) : tolerance;
    }

    private double difference(String name, Tensor wanted, Tensor found) throws ModelException {
        if (!wanted.shape().equals(found.shape())) {
            throw ModelException.in(
                    expected.file(), "\"" + name + "\" of shape " + found.shape(), "shape " + wanted.shape());
        }
        return Kernels.maxAbsDifference(wanted, found);
    }

    private void add(String name, double error, double tolerance, boolean relative) {
        done.add(new ModelReport.Comparison(name, error, tolerance, relative));
    }

    /** Everything that was compared, if anything was. */
    List<ModelReport.Comparison> done() {
        return List.copyOf(done);
    }

    /**
     * Everything that was compared.
     *
     * @throws ModelException if the file holds nothing that could be
     */
    List<ModelReport.Comparison> done(String example) throws ModelException {
        if (done.isEmpty()) {
            throw ModelException.in(expected.file(), "values such as \"" + example + "\"", "none that can be compared");
        }
        return done();
    }

    /** Names in the file that no comparison looked at, beside those it started from. */
    List<String> unknown(Set<String> inputs) {
        return expected.entries().keySet().stream()
                .filter(name -> !inputs.contains(name))
                .filter(name ->
                        done.stream().noneMatch(comparison -> comparison.name().equals(name)))
                .toList();
    }
}
