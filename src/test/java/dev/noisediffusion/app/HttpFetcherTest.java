package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.library.UnreliableServer;
import dev.noisediffusion.library.UnreliableServer.Reply;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.web.Web;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that begins to answer; whether it ends is up to the test. */
@Timeout(20)
class HttpFetcherTest {
    private static final Texts TEXTS = Texts.load(Locale.ENGLISH);

    private final Web web = web(ProxySelector.of(null));
    private final ServerSocket server = open();
    private final CountDownLatch answering = new CountDownLatch(1);

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Web web(ProxySelector proxies) {
        return new Web(new Web.Manner("Studio-Test", Optional.of(proxies), Duration.ofSeconds(20)));
    }

    @AfterEach
    void close() throws IOException {
        web.close();
        server.close();
    }

    /** Promises three bytes and sends some; the connection stays open until the one who asked closes it. */
    private URI answer(String body) {
        Thread.ofVirtual().start(() -> {
            try (Socket socket = server.accept()) {
                String answer = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + body;
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                answering.countDown();
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                answering.countDown();
            }
        });
        return URI.create(
                "http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort() + "/a.png");
    }

    @Test
    void whatIsWholeIsGiven() throws Exception {
        byte[] bytes = new HttpFetcher(TEXTS, web).fetch(answer("abc"), new CancellationToken());
        assertArrayEquals("abc".getBytes(StandardCharsets.US_ASCII), bytes);
    }

    @Test
    void anAnswerThatNeverEndsCanBeCancelled() {
        var token = new CancellationToken();
        URI address = answer("a");
        Thread fetching = Thread.currentThread();
        Thread.ofVirtual().start(() -> {
            try {
                answering.await();
                // Until it waits for the rest.
                while (fetching.getState() == Thread.State.RUNNABLE) {
                    Thread.onSpinWait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            token.cancel();
        });
        assertThrows(CancellationException.class, () -> new HttpFetcher(TEXTS, web).fetch(address, token));
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() {
        var fetcher = new HttpFetcher(TEXTS, web, Duration.ofMillis(500));
        URI address = answer("a");
        var failure = assertThrows(IOException.class, () -> fetcher.fetch(address, new CancellationToken()));
        assertEquals(TEXTS.get("web.slow", address.getHost()), failure.getMessage());
    }

    @Test
    void anAnswerThatDoesNotBeginIsGivenUp() {
        var fetcher = new HttpFetcher(TEXTS, web, Duration.ofMillis(300));
        // The connection is made, and nobody takes it up.
        URI address = URI.create(
                "http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort() + "/a.png");
        var failure = assertThrows(IOException.class, () -> fetcher.fetch(address, new CancellationToken()));
        assertEquals(TEXTS.get("web.slow", address.getHost()), failure.getMessage());
    }

    @Test
    void serversAreToldWhoAsksAndMaySendOn() throws Exception {
        byte[] picture = {1, 2, 3};
        try (var there = new UnreliableServer(request -> request.target().equals("/b.png")
                ? Reply.whole(picture)
                : Reply.status("302 Found", "Location: /b.png", "Content-Length: 0"))) {
            byte[] bytes = new HttpFetcher(TEXTS, web).fetch(there.address("a.png"), new CancellationToken());
            assertArrayEquals(picture, bytes);
            assertEquals(2, there.requests.size());
            for (UnreliableServer.Request request : there.requests) {
                assertEquals(Optional.of("Studio-Test"), request.header("User-Agent"));
                assertEquals(Optional.empty(), request.header("Upgrade"), "HTTP/1.1 will do");
            }
        }
    }

    @Test
    void whoSendsOnWithoutEndOrToNoAddressOfTheWebIsLeft() throws Exception {
        for (String location : List.of("/again", "file:///etc/hosts")) {
            try (var there = new UnreliableServer(
                    request -> Reply.status("302 Found", "Location: " + location, "Content-Length: 0"))) {
                URI address = there.address("a.png");
                var failure = assertThrows(
                        IOException.class, () -> new HttpFetcher(TEXTS, web).fetch(address, new CancellationToken()));
                assertEquals(TEXTS.get("web.status", address.getHost(), 302), failure.getMessage());
            }
        }
    }

    @Test
    void picturesComeThroughTheProxyOfTheDownloads() throws Exception {
        byte[] picture = {1, 2, 3};
        try (var proxy = new UnreliableServer(request -> Reply.whole(picture));
                Web through =
                        web(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())))) {
            URI address = URI.create("http://pictures.example.org/a.png");
            byte[] bytes = new HttpFetcher(TEXTS, through).fetch(address, new CancellationToken());
            assertArrayEquals(picture, bytes);
            assertEquals(address.toString(), proxy.requests.getFirst().target());
        }
    }

    @Test
    void anAddressWithAnUmlautInItsHostIsAsked() throws Exception {
        byte[] picture = {1, 2, 3};
        try (var proxy = new UnreliableServer(request -> Reply.whole(picture));
                Web through =
                        web(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())))) {
            URI address = URI.create("http://müller.example.org:8080/a%20b.png?c=1%202");
            byte[] bytes = new HttpFetcher(TEXTS, through).fetch(address, new CancellationToken());
            assertArrayEquals(picture, bytes);
            assertEquals(
                    "http://xn--mller-kva.example.org:8080/a%20b.png?c=1%202",
                    proxy.requests.getFirst().target());
        }
    }

    @Test
    void lettersBeyondAsciiInAnAddressAreAskedForAsTheirBytes() throws Exception {
        try (var server = new UnreliableServer(request -> Reply.whole(new byte[] {1}))) {
            URI address = URI.create("http://localhost:" + server.port() + "/größe.png?c=ü");
            new HttpFetcher(TEXTS, web).fetch(address, new CancellationToken());
            assertEquals(
                    "/gr%C3%B6%C3%9Fe.png?c=%C3%BC", server.requests.getFirst().target());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://my_pictures.example.org/a.png, my_pictures.example.org",
        "https://straße.example.org/a.png, straße.example.org",
        "https://a..müller.example.org/a.png, a..müller.example.org",
        "https:/a.png, https:/a.png"
    })
    void anAddressThatCannotBeAskedIsToldInTheUsersLanguage(URI address, String named) {
        var fetcher = new HttpFetcher(Texts.load(Locale.GERMAN), web);
        var failure = assertThrows(IOException.class, () -> fetcher.fetch(address, new CancellationToken()));
        assertEquals(
                "„" + named
                        + "“ nennt keinen Server, der sich fragen lässt. Speichere das Bild als Datei und ziehe diese"
                        + " hierher.",
                failure.getMessage());
    }

    /** One that is to make a connection to a safe address, and answers with a status. */
    @ParameterizedTest
    @CsvSource({"403, Forbidden", "407, Proxy Authentication Required", "502, Bad Gateway"})
    void aProxyThatMakesNoConnectionIsNamed(int status, String words) throws Exception {
        try (var proxy = new UnreliableServer(request ->
                Reply.status(status + " " + words, "Proxy-Authenticate: Basic realm=\"gate\"", "Content-Length: 0"))) {
            var place = new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port());
            URI address = URI.create("https://pictures.example.org/a.png");
            try (Web through = web(ProxySelector.of(place))) {
                var fetcher = new HttpFetcher(TEXTS, through);
                var failure = assertThrows(IOException.class, () -> fetcher.fetch(address, new CancellationToken()));
                String named = place.getHostString() + ":" + place.getPort();
                assertEquals(
                        "The proxy " + named + " makes no connection to pictures.example.org (status " + status
                                + "). Save the picture to a file and drop that, or ask whoever runs your network.",
                        failure.getMessage());
            }
        }
    }
}
