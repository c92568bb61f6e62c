package dev.noisediffusion.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.library.UnreliableServer;
import dev.noisediffusion.library.UnreliableServer.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against servers that say and do whatever a test wants. */
class WebTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Web web =
            new Web(new Web.Manner("Studio-Test", Optional.of(ProxySelector.of(null)), Duration.ofSeconds(20)));
    private final CancellationToken token = new CancellationToken();

    @AfterEach
    void close() {
        web.close();
    }

    private HttpRequest request(URI address) {
        return web.request(address).build();
    }

    /** Says the beginning of an answer and no more, until whoever asked has gone. */
    private static final class Halting implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final String said;
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch left = new CountDownLatch(1);

        Halting(String said) throws IOException {
            this.said = said;
            Thread.ofVirtual().start(this::serve);
        }

        private void serve() {
            try (Socket connection = socket.accept()) {
                if (connection.getInputStream().read() >= 0) {
                    connection.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
                    asked.countDown();
                    connection.getInputStream().readAllBytes();
                }
                left.countDown();
            } catch (IOException cut) {
                left.countDown();
            }
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/a");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void anAnswerHasNoMoreBytesThanAreTaken() throws Exception {
        byte[] thousand = new byte[1000];
        try (var server = new UnreliableServer(request ->
                request.target().equals("/said") ? Reply.whole(thousand) : Reply.of("200 OK", thousand, "X-None: 0"))) {
            for (String path : List.of("said", "unsaid")) {
                HttpRequest request = request(server.address(path));
                assertArrayEquals(
                        thousand, web.whole(request, LONG, 1000, token).body());
                assertThrows(TooLargeException.class, () -> web.whole(request, LONG, 999, token));
            }
        }
    }

    @Test
    void aCancelledWaitEndsAndItsConnectionToo() throws Exception {
        for (String said : List.of("", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na")) {
            var cancelled = new CancellationToken();
            try (var server = new Halting(said);
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                HttpRequest request = request(server.address());
                Future<?> waiting = threads.submit(() -> web.whole(request, LONG, 1000, cancelled));
                server.asked.await();
                cancelled.cancel();
                var end = assertThrows(ExecutionException.class, waiting::get);
                assertInstanceOf(CancellationException.class, end.getCause());
                server.left.await();
            }
        }
    }

    @Test
    void whoIsCancelledAsksNothing() throws Exception {
        token.cancel();
        try (var server = new UnreliableServer(request -> Reply.whole(new byte[1]))) {
            assertThrows(CancellationException.class, () -> web.open(request(server.address("a")), LONG, token));
            assertEquals(List.of(), server.requests);
        }
    }

    @Test
    void anAnswerThatDoesNotBeginOrEndIsGivenUp() throws Exception {
        Duration shortly = Duration.ofMillis(300);
        try (var mute = new Halting("");
                var slow = new Halting("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na")) {
            for (Halting server : List.of(mute, slow)) {
                HttpRequest request = request(server.address());
                assertThrows(HttpTimeoutException.class, () -> web.whole(request, shortly, 1000, token));
            }
        }
    }

    @Test
    void closingEndsAWait() throws Exception {
        try (var server = new Halting("");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpRequest request = request(server.address());
            Future<?> waiting = threads.submit(() -> web.open(request, LONG, token));
            server.asked.await();
            web.close();
            var end = assertThrows(ExecutionException.class, waiting::get);
            assertInstanceOf(IOException.class, end.getCause());
        }
    }

    /** Of an answer only what is looked at. */
    private record Redirect(URI uri, HttpHeaders headers) implements HttpResponse<String> {
        @Override
        public int statusCode() {
            return 302;
        }

        @Override
        public HttpRequest request() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<HttpResponse<String>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public String body() {
            return "";
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://a/x, /y, http://a/y",
        "http://a/x/y, ?z=1, http://a/x/y?z=1",
        "http://a//x?y=1, ?z=1, http://a//x?z=1",
        "http://a/x, /my photo|1.jpg?y=2 3, http://a/my%20photo%7C1.jpg?y=2%203",
        "http://a/x, /100%.jpg, http://a/100%25.jpg",
        "http://a/x, /a%20b?y=[1], http://a/a%20b?y=[1]",
        "http://a/x, /caf\u00c3\u00a9, http://a/caf%C3%A9",
        "http://a/x, https://b/y, https://b/y",
        "https://a/x, https://b/y, https://b/y",
        "https://a/x, http://a/y, ''",
        "http://a/x, file:///etc/hosts, ''",
        "http://a/x, ftp://a/y, ''",
        "http://a/x, http://[, ''"
    })
    void answersSendOnToSafeAddressesOnly(URI at, String location, String next) {
        HttpHeaders headers = HttpHeaders.of(Map.of("Location", List.of(location)), (name, value) -> true);
        var answer = new Redirect(at, headers);
        assertEquals(next, Web.next(answer).map(URI::toString).orElse(""));
        assertEquals(Optional.empty(), Web.next(new Redirect(at, HttpHeaders.of(Map.of(), (name, value) -> true))));
    }
}
