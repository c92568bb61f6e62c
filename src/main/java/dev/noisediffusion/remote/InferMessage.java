package dev.noisediffusion.remote;

import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls and answers on the wire: the JSON of the Open Inference Protocol version 2, with tensors behind it as bytes (the
 * protocol's binary tensor data extension). Answers may hold their tensors as JSON numbers, too.
 */
final class InferMessage {
    static final String HEADER_LENGTH = "Inference-Header-Content-Length";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_WORDS = 300;

    private final byte[] body;
    private final int headerLength;

    private InferMessage(byte[] body, int headerLength) {
        this.body = body;
        this.headerLength = headerLength;
    }

    /** Header and bytes. */
    byte[] body() {
        return body;
    }

    /** How many bytes of the body are the JSON header. */
    int headerLength() {
        return headerLength;
    }

    /** A call with everything as bytes. */
    static InferMessage call(Map<String, Tensor> inputs, String output, RemoteMetadata metadata) {
        var described = new ArrayList<Map<String, Object>>();
        var tensors = new ArrayList<byte[]>();
        inputs.forEach((name, tensor) -> {
            RemoteMetadata.Fitted fitted = metadata.input(name, tensor.shape());
            byte[] bytes = fitted.type().bytes(tensor);
            var input = new LinkedHashMap<String, Object>();
            input.put("name", name);
            input.put("shape", fitted.shape().dims());
            input.put("datatype", fitted.type().name());
            input.put("parameters", Map.of("binary_data_size", bytes.length));
            described.add(input);
            tensors.add(bytes);
        });
        byte[] header = JSON.writeValueAsBytes(Map.of(
                "parameters",
                Map.of("binary_data_output", true),
                "inputs",
                described,
                "outputs",
                List.of(Map.of("name", output, "parameters", Map.of("binary_data", true)))));
        int length =
                header.length + tensors.stream().mapToInt(bytes -> bytes.length).sum();
        ByteBuffer body = ByteBuffer.allocate(length).put(header);
        tensors.forEach(body::put);
        return new InferMessage(body.array(), header.length);
    }

    /**
     * The output in an answer.
     *
     * @throws RemoteException if the answer is not one by the protocol, or its lengths do not fit one another
     */
    static Tensor answer(HttpResponse<byte[]> response, String output, RemoteMetadata metadata) {
        byte[] body = response.body();
        String said = response.headers().firstValue(HEADER_LENGTH).orElse(Integer.toString(body.length));
        int length = said.matches("\\d{1,9}") ? Integer.parseInt(said) : -1;
        if (length < 0 || length > body.length) {
            throw wrong(metadata, "a header of " + said + " bytes in an answer of " + body.length);
        }
        JsonNode header = json(body, length);
        ByteBuffer bytes = ByteBuffer.wrap(body, length, body.length - length);
        Tensor found = null;
        for (JsonNode described : header == null ? List.<JsonNode>of() : described(header)) {
            boolean wanted = described.path("name").asString("").equals(output);
            ByteBuffer own = take(described, bytes, metadata);
            if (wanted) {
                found = tensor(described, own, metadata);
            }
        }
        if (found == null) {
            throw wrong(metadata, "no value of '" + output + "'");
        }
        return found;
    }

    private static List<JsonNode> described(JsonNode header) {
        var list = new ArrayList<JsonNode>();
        header.path("outputs").forEach(list::add);
        return list;
    }

    /** The bytes of one tensor, from where the one before it ended; none where its numbers are in the JSON. */
    private static ByteBuffer take(JsonNode described, ByteBuffer bytes, RemoteMetadata metadata) {
        int size = described.path("parameters").path("binary_data_size").asInt(0);
        if (size < 0 || size > bytes.remaining()) {
            throw wrong(metadata, size + " bytes announced where " + bytes.remaining() + " are left");
        }
        ByteBuffer own = bytes.slice(bytes.position(), size);
        bytes.position(bytes.position() + size);
        return own;
    }

    private static Tensor tensor(JsonNode described, ByteBuffer bytes, RemoteMetadata metadata) {
        String name = described.path("datatype").asString("");
        Datatype type = Datatype.named(name).orElseThrow(() -> wrong(metadata, "a value of type " + name));
        Shape shape = shape(described.path("shape"), metadata);
        JsonNode data = described.path("data");
        float[] values = data.isArray() ? numbers(data) : type.floats(bytes);
        long expected = (long) shape.size() * type.size();
        if (values.length != shape.size() || (!data.isArray() && bytes.remaining() != expected)) {
            throw wrong(metadata, values.length + " numbers for a value of " + shape);
        }
        return Tensor.wrap(shape, values);
    }

    private static Shape shape(JsonNode list, RemoteMetadata metadata) {
        var dims = new ArrayList<Integer>();
        long size = 1;
        for (JsonNode dim : list) {
            long length = dim.asLong(-1);
            // Once both are below 2^31, their product fits.
            if (length < 0 || length > Integer.MAX_VALUE || size * length > Integer.MAX_VALUE) {
                throw wrong(metadata, "a value of the shape " + list);
            }
            size *= length;
            dims.add((int) length);
        }
        return new Shape(dims);
    }

    /** All numbers of nested lists, in order. */
    private static float[] numbers(JsonNode data) {
        var all = new ArrayList<Float>();
        collect(data, all);
        var values = new float[all.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = all.get(i);
        }
        return values;
    }

    private static void collect(JsonNode node, List<Float> into) {
        if (node.isArray()) {
            node.forEach(part -> collect(part, into));
        } else {
            into.add((float) node.asDouble(Double.NaN));
        }
    }

    private static RemoteException wrong(RemoteMetadata metadata, String found) {
        return new RemoteException(
                Trouble.Fault.NOT_THE_PROTOCOL,
                metadata.model(),
                found,
                "The answer of " + metadata.model() + " is not one by the Open Inference Protocol: it" + " has " + found
                        + ". Check that the server speaks version 2 of it.");
    }

    /** A JSON document; null where there is none. */
    static @Nullable JsonNode json(byte[] body, int length) {
        try {
            return JSON.readTree(body, 0, length);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** What a server says of its error, behind a colon; empty where it says nothing. */
    static String words(byte[] body) {
        JsonNode answer = json(body, body.length);
        String said = answer != null && answer.isObject()
                ? answer.path("error").asString("")
                : new String(body, StandardCharsets.UTF_8);
        String line = said.replaceAll("\\s+", " ").strip();
        return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(MOST_WORDS, line.length()));
    }
}
