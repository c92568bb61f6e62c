package dev.noisediffusion.remote;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server of its own process that speaks the Open Inference Protocol version 2 by its specification and runs one graph
 * under the name {@code net}. {@code POST /manners} gives it bad ones, one word for each of the next calls, and
 * {@code POST /room} memory for so many pictures a call; {@code POST /behave} takes both back.
 */
final class InferenceServer {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MODEL = "/v2/models/net";

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String floats;
    private final String batch;
    private final Queue<String> manners = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger room = new AtomicInteger(Integer.MAX_VALUE);

    private InferenceServer(String graph, String floats, String batch) throws Exception {
        this.session = environment.createSession(graph);
        this.floats = floats;
        this.batch = batch;
    }

    /** Arguments: the graph, the port (0 for a free one), FP32 or FP16, the batch that is taken (-1 for any). */
    public static void main(String[] arguments) throws Exception {
        var served = new InferenceServer(arguments[0], arguments[2], arguments[3]);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                served.handle(exchange);
            } catch (Exception e) {
                throw new IOException(e);
            }
        });
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws Exception {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        switch (path) {
            case "/v2/health/ready", MODEL + "/ready", MODEL + "/versions/1/ready" ->
                exchange.sendResponseHeaders(200, -1);
            case "/manners" -> {
                manners.addAll(List.of(new String(body, StandardCharsets.UTF_8).split(" ")));
                exchange.sendResponseHeaders(200, -1);
            }
            case "/room" -> {
                room.set(Integer.parseInt(new String(body, StandardCharsets.UTF_8)));
                exchange.sendResponseHeaders(200, -1);
            }
            case "/behave" -> {
                manners.clear();
                room.set(Integer.MAX_VALUE);
                exchange.sendResponseHeaders(200, -1);
            }
            case "/calls" -> send(exchange, 200, calls.toString().getBytes(StandardCharsets.UTF_8));
            case MODEL, MODEL + "/versions/1" -> send(exchange, 200, metadata());
            case MODEL + "/infer", MODEL + "/versions/1/infer" -> infer(exchange, body);
            default -> send(exchange, 404, error("Request for unknown model: " + path));
        }
    }

    private static byte[] error(String message) {
        return JSON.writeValueAsBytes(Map.of("error", message));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private byte[] metadata() throws Exception {
        return JSON.writeValueAsBytes(Map.of(
                "name", "net",
                "versions", List.of("1"),
                "platform", "onnxruntime_onnx",
                "inputs", ports(session.getInputInfo()),
                "outputs", ports(session.getOutputInfo())));
    }

    private List<Map<String, Object>> ports(Map<String, NodeInfo> nodes) {
        var ports = new ArrayList<Map<String, Object>>();
        nodes.forEach((name, node) -> {
            TensorInfo tensor = (TensorInfo) node.getInfo();
            long[] shape = tensor.getShape();
            if (shape.length > 1) {
                shape[0] = Long.parseLong(batch);
            }
            ports.add(Map.of("name", name, "datatype", type(tensor), "shape", shape));
        });
        return ports;
    }

    private String type(TensorInfo tensor) {
        return tensor.type == OnnxJavaType.INT64 ? "INT64" : floats;
    }

    private void infer(HttpExchange exchange, byte[] body) throws Exception {
        calls.incrementAndGet();
        String manner = manners.isEmpty() ? "good" : manners.remove();
        switch (manner) {
            case "drop" -> {
                return;
            }
            case "busy" -> {
                exchange.getResponseHeaders().add("Retry-After", "0");
                send(exchange, 503, error("too many requests"));
                return;
            }
            case "fail" -> {
                send(exchange, 500, error("out of memory on GPU 0"));
                return;
            }
            case "slow" -> Thread.sleep(Duration.ofHours(1));
            default -> {}
        }
        String length = exchange.getRequestHeaders().getFirst("Inference-Header-Content-Length");
        int headerLength = Integer.parseInt(length);
        JsonNode call = JSON.readTree(body, 0, headerLength);
        for (JsonNode input : call.get("inputs")) {
            if (input.get("shape").size() > 1 && input.get("shape").get(0).asInt() > room.get()) {
                send(exchange, 500, error("CUDA error: out of memory"));
                return;
            }
        }
        ByteBuffer bytes = ByteBuffer.wrap(body, headerLength, body.length - headerLength)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        var inputs = new LinkedHashMap<String, OnnxTensor>();
        for (JsonNode input : call.get("inputs")) {
            inputs.put(input.get("name").asString(), value(input, bytes));
        }
        if (bytes.hasRemaining()
                || !call.get("parameters").get("binary_data_output").asBoolean()) {
            send(exchange, 400, error("unexpected additional input data"));
            return;
        }
        String output = call.get("outputs").get(0).get("name").asString();
        try (OrtSession.Result result = session.run(inputs)) {
            answer(exchange, output, (OnnxTensor) result.get(output).orElseThrow(), manner);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor value(JsonNode input, ByteBuffer bytes) throws Exception {
        var shape = new ArrayDeque<Long>();
        input.get("shape").forEach(dim -> shape.add(dim.asLong()));
        long[] dims = shape.stream().mapToLong(Long::longValue).toArray();
        int size = input.get("parameters").get("binary_data_size").asInt();
        ByteBuffer own = bytes.slice(bytes.position(), size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + size);
        return switch (input.get("datatype").asString()) {
            case "INT64" -> OnnxTensor.createTensor(environment, own.asLongBuffer(), dims);
            case "FP32" -> OnnxTensor.createTensor(environment, own.asFloatBuffer(), dims);
            case "FP16" -> {
                FloatBuffer values = FloatBuffer.allocate(size / 2);
                while (own.hasRemaining()) {
                    values.put(Float.float16ToFloat(own.getShort()));
                }
                yield OnnxTensor.createTensor(environment, values.flip(), dims);
            }
            default -> throw new IllegalArgumentException(input.toString());
        };
    }

    private void answer(HttpExchange exchange, String name, OnnxTensor value, String manner) throws IOException {
        FloatBuffer values = value.getFloatBuffer();
        if (manner.equals("json")) {
            var numbers = new float[values.remaining()];
            values.get(numbers);
            sendNumbers(exchange, name, value.getInfo().getShape(), numbers);
            return;
        }
        boolean half = floats.equals("FP16");
        ByteBuffer bytes =
                ByteBuffer.allocate(values.remaining() * (half ? 2 : 4)).order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            if (half) {
                bytes.putShort(Float.floatToFloat16(values.get()));
            } else {
                bytes.putFloat(values.get());
            }
        }
        int announced = bytes.capacity() + (manner.equals("promise") ? 4 : manner.equals("less") ? -4 : 0);
        byte[] header = JSON.writeValueAsBytes(Map.of(
                "model_name",
                "net",
                "outputs",
                List.of(Map.of(
                        "name",
                        name,
                        "datatype",
                        floats,
                        "shape",
                        value.getInfo().getShape(),
                        "parameters",
                        Map.of("binary_data_size", announced)))));
        int said = manner.equals("header") ? 999_999_999 : header.length;
        byte[] whole = ByteBuffer.allocate(header.length + bytes.capacity())
                .put(header)
                .put(bytes.array())
                .array();
        exchange.getResponseHeaders().add("Inference-Header-Content-Length", Integer.toString(said));
        exchange.sendResponseHeaders(200, whole.length);
        exchange.getResponseBody().write(whole, 0, manner.equals("cut") ? whole.length / 2 : whole.length);
    }

    /** Within the JSON, in lists of lists. */
    private void sendNumbers(HttpExchange exchange, String name, long[] shape, float[] numbers) throws IOException {
        send(
                exchange,
                200,
                JSON.writeValueAsBytes(Map.of(
                        "model_name",
                        "net",
                        "outputs",
                        List.of(Map.of("name", name, "datatype", floats, "shape", shape, "data", List.of(numbers))))));
    }
}
