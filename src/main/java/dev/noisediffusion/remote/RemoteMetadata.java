package dev.noisediffusion.remote;

import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a server says a model takes and gives ("metadata_model_response" of the protocol).
 *
 * @param model for people
 */
record RemoteMetadata(String model, Map<String, Port> inputs, Map<String, Port> outputs) {
    /**
     * An input or output.
     *
     * @param dims -1 where any length will do
     */
    record Port(String datatype, List<Long> dims) {
        boolean takes(Shape shape) {
            boolean fits = dims.size() == shape.rank();
            for (int i = 0; fits && i < shape.rank(); i++) {
                fits = dims.get(i) < 0 || dims.get(i) == shape.dim(i);
            }
            return fits;
        }

        @Override
        public String toString() {
            return datatype + " " + dims.stream().map(String::valueOf).collect(Collectors.joining("x", "[", "]"));
        }
    }

    static RemoteMetadata of(String model, JsonNode answer) {
        return new RemoteMetadata(model, ports(answer.path("inputs")), ports(answer.path("outputs")));
    }

    private static Map<String, Port> ports(JsonNode list) {
        var ports = new LinkedHashMap<String, Port>();
        for (JsonNode port : list) {
            var dims = new ArrayList<Long>();
            port.path("shape").forEach(dim -> dims.add(dim.asLong(-1)));
            ports.put(
                    port.path("name").asString(""),
                    new Port(port.path("datatype").asString(""), dims));
        }
        return ports;
    }

    /** A value as the server wants it. */
    record Fitted(Datatype type, Shape shape) {}

    /**
     * How a value is to be sent.
     *
     * @throws RemoteException if the server's model does not take it
     */
    Fitted input(String name, Shape shape) {
        Port port = port(inputs, name, "input");
        // One number is one number, whether it is said to have no dimension or one.
        Shape sent = shape.size() == 1 && shape.rank() <= 1 && port.dims.size() <= 1
                ? Shape.of(port.dims.isEmpty() ? new int[0] : new int[] {1})
                : shape;
        if (!port.takes(sent)) {
            throw otherGraph(
                    name + ": " + port + ", not " + shape,
                    "The model " + model + " takes an input '" + name + "' of " + port + ", and the"
                            + " model that is open here would send " + shape
                            + ": serve the graph of this very model, with its"
                            + " dimensions left free.");
        }
        return new Fitted(type(name, port), sent);
    }

    /**
     * The number format of an output.
     *
     * @throws RemoteException if the server's model has no such output
     */
    Datatype output(String name) {
        return type(name, port(outputs, name, "output"));
    }

    /** Refuses a model that wants more than it will be given. */
    void requireInputs(java.util.Set<String> given) {
        if (!inputs.keySet().equals(given)) {
            throw otherGraph(
                    inputs.keySet() + ", not " + given,
                    "The model " + model + " takes the inputs " + inputs.keySet() + ", and the model"
                            + " that is open here would send " + given + ": serve the graph of this very model.");
        }
    }

    private Port port(Map<String, Port> ports, String name, String kind) {
        Port port = ports.get(name);
        if (port == null) {
            throw otherGraph(
                    ports.keySet() + ", not " + name,
                    "The model " + model + " has no " + kind + " '" + name + "' but " + ports.keySet()
                            + ": serve the graph of the model that is open here.");
        }
        return port;
    }

    private Datatype type(String name, Port port) {
        return Datatype.named(port.datatype)
                .orElseThrow(() -> otherGraph(
                        name + ": " + port.datatype,
                        "The model " + model + " has '" + name + "' as " + port.datatype
                                + ", and the studio sends FP32, FP16, INT64 and INT32."));
    }

    private RemoteException otherGraph(String details, String message) {
        return new RemoteException(Trouble.Fault.OTHER_GRAPH, model, details, message);
    }
}
