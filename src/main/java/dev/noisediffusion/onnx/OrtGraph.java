package dev.noisediffusion.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.noisediffusion.diffusion.GraphRunner;
import dev.noisediffusion.diffusion.PictureGraph;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;

/**
 * A graph from elsewhere, whose inputs' names, types and ranks are its own to say. Values go in and come out as float32;
 * they are converted to what the graph declares. One call at a time.
 */
final class OrtGraph implements GraphRunner {
    private final Path file;
    private final OrtEnvironment environment;
    private final NativeLedger ledger;
    private final GuardedSession session;
    private final Map<String, TensorInfo> inputs;
    private final Map<String, TensorInfo> outputs;

    private OrtGraph(Path file, OrtEnvironment environment, NativeLedger ledger, GuardedSession session) {
        this.file = file;
        this.environment = environment;
        this.ledger = ledger;
        this.inputs = session.call((opened, options) -> tensors(opened.getInputInfo()));
        this.outputs = session.call((opened, options) -> tensors(opened.getOutputInfo()));
        this.session = session;
    }

    /** Takes a session over; where that fails or is cancelled it is closed. */
    static OrtGraph of(OrtSessions.Opened opened, OrtEnvironment environment, NativeLedger ledger)
            throws ModelException {
        try {
            return new OrtGraph(opened.graph(), environment, ledger, opened.session());
        } catch (IllegalStateException e) {
            opened.session().close();
            if (e instanceof CancellationException) {
                throw e;
            }
            throw OrtSessions.notRunnable(opened.graph(), e);
        }
    }

    private static Map<String, TensorInfo> tensors(Map<String, NodeInfo> nodes) {
        var tensors = new LinkedHashMap<String, TensorInfo>();
        nodes.forEach((name, node) -> {
            if (node.getInfo() instanceof TensorInfo tensor) {
                tensors.put(name, tensor);
            }
        });
        return tensors;
    }

    /** Its inputs as one sees them who gives it pictures. */
    List<PictureGraph.Input> pictureInputs() {
        return inputs.entrySet().stream()
                .map(input -> new PictureGraph.Input(
                        input.getKey(),
                        Arrays.stream(input.getValue().getShape()).boxed().toList(),
                        input.getValue().type == OnnxJavaType.UINT8))
                .toList();
    }

    /** The first output. */
    String firstOutput() throws ModelException {
        return outputs.keySet().stream()
                .findFirst()
                .orElseThrow(() -> ModelException.in(file, "an output of numbers", "none"));
    }

    /** The number of dimensions of an input. */
    int rank(String input) throws ModelException {
        return declared(inputs, input, "input").getShape().length;
    }

    /** The first of some names that an output has. */
    String firstOutput(String... names) throws ModelException {
        return Arrays.stream(names)
                .filter(outputs::containsKey)
                .findFirst()
                .orElseThrow(() -> ModelException.in(
                        file,
                        "an output " + String.join(" or ", names),
                        outputs.keySet().toString()));
    }

    /** Refuses a graph that has other inputs, or fixed dimensions other than those it will be given. */
    void requireInputs(Map<String, Shape> wanted) throws ModelException {
        if (!inputs.keySet().equals(wanted.keySet())) {
            throw ModelException.in(
                    file, "the inputs " + new TreeSet<>(wanted.keySet()), new TreeSet<>(inputs.keySet()).toString());
        }
        for (Map.Entry<String, Shape> input : wanted.entrySet()) {
            long[] dims = declared(inputs, input.getKey(), "input").getShape();
            Shape shape = input.getValue();
            if (!fits(dims, shape)) {
                throw ModelException.in(
                        file, "an input " + input.getKey() + " that takes " + shape, Arrays.toString(dims));
            }
        }
    }

    /** Whether an input takes values of a shape. */
    boolean takes(String input, Shape shape) {
        TensorInfo declared = inputs.get(input);
        return declared != null && fits(declared.getShape(), shape);
    }

    /** Whether the inputs with a batch, which are those of two dimensions and more, leave it free. */
    @Override
    public boolean takesBatches() {
        return inputs.values().stream()
                .map(TensorInfo::getShape)
                .filter(dims -> dims.length > 1)
                .allMatch(dims -> dims[0] < 0);
    }

    private static boolean fits(long[] dims, Shape shape) {
        boolean fits = dims.length == shape.rank();
        for (int i = 0; fits && i < dims.length; i++) {
            fits = dims[i] < 0 || dims[i] == shape.dim(i);
        }
        return fits;
    }

    private TensorInfo declared(Map<String, TensorInfo> tensors, String name, String kind) throws ModelException {
        TensorInfo tensor = tensors.get(name);
        if (tensor == null) {
            throw ModelException.in(
                    file, "an " + kind + " " + name, tensors.keySet().toString());
        }
        return tensor;
    }

    /**
     * One call.
     *
     * @param arguments a value for every input
     * @return the value of the output
     * @throws IllegalStateException if the graph is closed, before or during the call, or the runtime fails
     */
    @Override
    public Tensor run(Map<String, Tensor> arguments, String output) {
        return session.call((opened, options) -> {
            try (Arena arena = Arena.ofConfined()) {
                return run(opened, options, arena, arguments, output);
            }
        });
    }

    /** @param arena holds what goes in */
    private Tensor run(
            OrtSession opened, OrtSession.RunOptions options, Arena arena, Map<String, Tensor> arguments, String output)
            throws OrtException {
        var owned = new ArrayList<NativeLedger.Owned<OnnxTensor>>();
        try {
            var values = new LinkedHashMap<String, OnnxTensor>();
            for (Map.Entry<String, TensorInfo> input : inputs.entrySet()) {
                Tensor argument = arguments.get(input.getKey());
                if (argument == null) {
                    throw new IllegalArgumentException("The graph needs a value for " + input.getKey());
                }
                NativeLedger.Owned<OnnxTensor> value =
                        ledger.own(NativeValues.of(environment, arena, argument, input.getValue().type));
                owned.add(value);
                values.put(input.getKey(), value.get());
            }
            try (var result = ledger.own(opened.run(values, Set.of(output), options))) {
                return NativeValues.tensor(result.get().get(0));
            }
        } finally {
            owned.forEach(NativeLedger.Owned::close);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
