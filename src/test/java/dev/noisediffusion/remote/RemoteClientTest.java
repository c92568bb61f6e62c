package dev.noisediffusion.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.library.UnreliableServer;
import dev.noisediffusion.library.UnreliableServer.Reply;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(40)
class RemoteClientTest {
    private static final String PASSWORD = "changeit";
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofHours(1);
    private static final String METADATA = """
            {"name": "net",
             "inputs": [{"name": "sample", "datatype": "FP32", "shape": [-1, 3]}],
             "outputs": [{"name": "out", "datatype": "FP32", "shape": [-1, 3]}]}
            """;

    @TempDir
    Path folder;

    private final List<DeviceNotice> notices = Collections.synchronizedList(new ArrayList<>());
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : open.reversed()) {
            resource.close();
        }
    }

    private RemoteClient client(URI server, int attempts, Duration pause) {
        return client(server, attempts, pause, Optional.empty());
    }

    private RemoteClient client(URI server, int attempts, Duration pause, Optional<ProxySelector> proxies) {
        var policy = new RemotePolicy(
                attempts, pause, pause, Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofSeconds(1));
        var client = new RemoteClient(server, policy, notices::add, proxies);
        open.add(client);
        return client;
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** A server that answers with the status of the moment. */
    private URI serve(AtomicInteger status) throws IOException {
        HttpServer server = HttpServer.create(anyPort(), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(status.get(), -1);
            }
        });
        server.start();
        open.add(() -> server.stop(0));
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /**
     * What is answered.
     *
     * @param body may be empty
     */
    private record Answer(int status, String body) {}

    /** A server of the model {@code net} that answers each path as the test wants. */
    private RemoteDevice served(Function<String, Answer> answers) throws IOException {
        HttpServer server = HttpServer.create(anyPort(), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                Answer answer = answers.apply(exchange.getRequestURI().getPath());
                byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                if (body.length > 0) {
                    exchange.getResponseBody().write(body);
                }
            }
        });
        server.start();
        open.add(() -> server.stop(0));
        return RemoteDevice.parse("http://127.0.0.1:" + server.getAddress().getPort() + "/net");
    }

    private RemoteGraph connect(RemoteDevice device) {
        var policy = new RemotePolicy(1, SHORT, SHORT, Duration.ofSeconds(5), LONG, LONG);
        RemoteGraph graph = RemoteGraph.connect(device, policy, notices::add);
        open.add(graph);
        return graph;
    }

    /** A model that is ready is enough; where it cannot be asked, the server must be. */
    @ParameterizedTest
    @CsvSource({
        "200, 404, 200, ''",
        "404, 200, 200, ''",
        "405, 200, 200, ''",
        "501, 200, 200, ''",
        "404, 404, 200, NOT_READY",
        "404, 200, 404, NO_MODEL",
        "400, 200, 200, NOT_READY",
        "400, 400, 200, NOT_READY",
        "400, 200, 400, NO_MODEL"
    })
    void theModelItselfIsAskedWhetherItIsReady(int model, int health, int metadata, String expected) throws Exception {
        var asked = Collections.synchronizedList(new ArrayList<String>());
        RemoteDevice device = served(path -> {
            asked.add(path);
            return switch (path) {
                case "/v2/models/net/ready" -> new Answer(model, "");
                case "/v2/health/ready" -> new Answer(health, "");
                default -> new Answer(metadata, metadata == 200 ? METADATA : "");
            };
        });
        String found = "";
        try {
            connect(device);
        } catch (RemoteException e) {
            found = fault(e).fault().name();
        }
        assertEquals(expected, found);
        assertEquals(model != 200, asked.contains("/v2/health/ready"), asked::toString);
    }

    /** Their product is 2^64, which is 0 in 64 bits. */
    @Test
    void dimensionsThatOverflowAreRefused() throws Exception {
        RemoteDevice device = served(path -> switch (path) {
            case "/v2/models/net" -> new Answer(200, METADATA);
            case "/v2/models/net/infer" ->
                new Answer(
                        200,
                        "{'outputs': [{'name': 'out', 'datatype': 'FP32', 'shape': [4, 4611686018427387904], 'data': []}]}"
                                .replace('\'', '"'));
            default -> new Answer(200, "");
        });
        RemoteGraph graph = connect(device);
        Map<String, Tensor> inputs = Map.of("sample", Tensor.zeros(Shape.of(1, 3)));
        var failure = assertThrows(RemoteException.class, () -> graph.run(inputs, "out"));
        assertEquals(Trouble.Fault.NOT_THE_PROTOCOL, fault(failure).fault());
        assertTrue(fault(failure).details().contains("4611686018427387904"), failure::toString);
    }

    @Test
    void anAnswerWithoutEndIsRefusedAndNotAskedForAgain() throws Exception {
        var asked = new AtomicInteger();
        HttpServer endless = HttpServer.create(anyPort(), 0);
        endless.createContext("/", exchange -> {
            asked.incrementAndGet();
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                var part = new byte[1 << 16];
                while (true) {
                    exchange.getResponseBody().write(part);
                }
            }
        });
        endless.start();
        open.add(() -> endless.stop(0));
        URI server = URI.create("http://127.0.0.1:" + endless.getAddress().getPort());
        RemoteClient client = client(server, 9, LONG);
        var failure = assertThrows(RemoteException.class, () -> post(client, server));
        assertEquals(Trouble.Fault.NOT_THE_PROTOCOL, fault(failure).fault());
        assertEquals(1, asked.get());
        assertEquals(List.of(), notices);
    }

    private static int post(RemoteClient client, URI server) {
        return client.post(server.resolve("/infer"), new byte[0], 0).statusCode();
    }

    private List<DeviceNotice> lostAndBack(URI server) {
        return List.of(new DeviceNotice.ServerLost(server.toString()), new DeviceNotice.ServerBack(server.toString()));
    }

    private static Trouble.ServerFault fault(RemoteException failure) {
        return assertInstanceOf(Trouble.ServerFault.class, failure.trouble());
    }

    @Test
    void aServerIsBackAlsoWhereAnotherCallFindsIt() throws Exception {
        var status = new AtomicInteger(503);
        URI server = serve(status);
        RemoteClient client = client(server, 2, SHORT);
        assertThrows(RemoteException.class, () -> post(client, server));
        status.set(200);
        assertEquals(200, post(client, server));
        assertEquals(200, post(client, server));
        assertEquals(lostAndBack(server), notices);
    }

    @Test
    void aServerIsBackAlsoWhereTheCallThatLostItWasCancelled() throws Exception {
        var status = new AtomicInteger(503);
        URI server = serve(status);
        RemoteClient client = client(server, 9, LONG);
        var token = new CancellationToken();
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<Integer> call = threads.submit(() -> token.during(() -> post(client, server)));
            while (notices.isEmpty()) {
                assertFalse(call.isDone(), "It ended by itself");
                Thread.sleep(5);
            }
            token.cancel();
            ExecutionException end = assertThrows(ExecutionException.class, call::get);
            assertInstanceOf(CancellationException.class, end.getCause());
        }
        status.set(200);
        assertEquals(200, post(client, server));
        assertEquals(lostAndBack(server), notices);
    }

    @Test
    void aServerThatDoesNotAnswerAFirstQuestionIsGivenUpSoon() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI server = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            RemoteClient client = client(server, 9, LONG);
            var failure = assertThrows(RemoteException.class, () -> client.get(server.resolve("/v2/health/ready")));
            assertEquals(Trouble.Fault.SILENT, fault(failure).fault());
            assertEquals("1", fault(failure).details());
        }
        assertEquals(Duration.ofSeconds(30), RemotePolicy.USUAL.impatient().answer());
    }

    @Test
    void aServerThatTakesTooLongIsGivenUp() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI server = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            var hasty = new RemotePolicy(9, LONG, LONG, Duration.ofSeconds(5), Duration.ofSeconds(1), LONG);
            var client = new RemoteClient(server, hasty, notices::add);
            open.add(client);
            var failure = assertThrows(RemoteException.class, () -> post(client, server));
            assertEquals(Trouble.Fault.SILENT, fault(failure).fault());
            String sentence = String.valueOf(failure.getMessage());
            assertTrue(sentence.contains("has not answered within 1 s"), sentence);
            assertEquals(List.of(), notices);
        }
    }

    /** As docs/models.md has it. */
    @Test
    void theStudioAsksNineTimesInSome36Seconds() {
        assertEquals(9, RemotePolicy.USUAL.attempts());
        Duration waits = Duration.ZERO;
        for (int failures = 1; failures < 9; failures++) {
            waits = waits.plus(RemotePolicy.USUAL.backOff(failures));
        }
        assertEquals(Duration.ofMillis(35_750), waits);
        assertEquals(Duration.ofMinutes(5), RemotePolicy.USUAL.answer());
    }

    @Test
    void aCertificateThatIsNotTrustedIsSaidAtOnce() throws Exception {
        HttpsServer untrusted = HttpsServer.create(anyPort(), 0);
        untrusted.setHttpsConfigurator(new HttpsConfigurator(certified()));
        untrusted.start();
        open.add(() -> untrusted.stop(0));
        URI server = URI.create("https://127.0.0.1:" + untrusted.getAddress().getPort());
        RemoteClient client = client(server, 9, LONG);
        var failure = assertThrows(RemoteException.class, () -> post(client, server));
        assertEquals(Trouble.Fault.UNSAFE, fault(failure).fault());
        assertTrue(fault(failure).details().contains("certification path"), failure::toString);
        assertTrue(String.valueOf(failure.getMessage()).contains("whether Java trusts"), failure::toString);
        assertEquals(List.of(), notices);
    }

    /** One that finds no server there says 503, and another attempt may find it. */
    @ParameterizedTest
    @CsvSource({
        "403 Forbidden, PROXY, 1",
        "407 Proxy Authentication Required, PROXY, 1",
        "503 Service Unavailable, UNREACHABLE, 3"
    })
    void aProxyThatMakesNoConnectionIsNamed(String status, Trouble.Fault fault, int times) throws Exception {
        try (var proxy = new UnreliableServer(
                request -> Reply.status(status, "Proxy-Authenticate: Basic realm=\"gate\"", "Content-Length: 0"))) {
            var place = new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port());
            URI server = URI.create("https://gpu.example.org");
            RemoteClient client = client(server, 3, SHORT, Optional.of(ProxySelector.of(place)));
            var failure = assertThrows(RemoteException.class, () -> post(client, server));
            String named = place.getHostString() + ":" + place.getPort();
            assertEquals(fault, fault(failure).fault());
            assertEquals(
                    fault == Trouble.Fault.PROXY ? named + ", " + status.substring(0, 3) : "",
                    fault(failure).details());
            assertTrue(String.valueOf(failure.getCause()).contains(named), failure::toString);
            assertEquals(times, proxy.requests.size());
        }
    }

    /** With a certificate that nobody else has signed. */
    private SSLContext certified() throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, keytool.waitFor());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** A server that is just being restarted cuts handshakes; one without TLS answers them in words. */
    @ParameterizedTest
    @CsvSource({"'', LOST, 3", "HTTP/1.1 400 Bad Request, UNSAFE, 1"})
    void aHandshakeThatIsCutIsALostConnectionAndNoTlsIsNone(String answer, Trouble.Fault fault, int times)
            throws Exception {
        var asked = new AtomicInteger();
        try (var plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (!plain.isClosed()) {
                    try (Socket socket = plain.accept()) {
                        if (socket.getInputStream().read(new byte[16_384]) > 0) {
                            asked.incrementAndGet();
                        }
                        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            URI server = URI.create("https://127.0.0.1:" + plain.getLocalPort());
            RemoteClient client = client(server, 3, SHORT);
            var failure = assertThrows(RemoteException.class, () -> post(client, server));
            assertEquals(fault, fault(failure).fault(), () -> failure + ", " + failure.getCause());
            assertEquals(times, asked.get());
        }
    }
}
