package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noisediffusion.job.CancellationToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a server that begins to answer; whether it ends is up to the test. */
@Timeout(20)
class HttpFetcherTest {
    private static final Texts TEXTS = Texts.load(Locale.ENGLISH);
    private static final Duration LONG = Duration.ofMinutes(2);

    private final ServerSocket server = open();
    private final CountDownLatch answering = new CountDownLatch(1);

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() throws IOException {
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
        byte[] bytes = new HttpFetcher(TEXTS).fetch(answer("abc"), new CancellationToken());
        assertArrayEquals("abc".getBytes(StandardCharsets.US_ASCII), bytes);
    }

    @Test
    void anAnswerThatNeverEndsCanBeCancelled() {
        var token = new CancellationToken();
        URI address = answer("a");
        Thread.ofVirtual().start(() -> {
            try {
                answering.await();
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            token.cancel();
        });
        assertThrows(CancellationException.class, () -> new HttpFetcher(TEXTS).fetch(address, token));
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() {
        var fetcher = new HttpFetcher(TEXTS, LONG, Duration.ofMillis(500));
        URI address = answer("a");
        var failure = assertThrows(IOException.class, () -> fetcher.fetch(address, new CancellationToken()));
        assertEquals(TEXTS.get("web.slow", address.getHost()), failure.getMessage());
    }

    @Test
    void anAnswerThatDoesNotBeginIsGivenUp() {
        var fetcher = new HttpFetcher(TEXTS, Duration.ofMillis(300), LONG);
        // The connection is made, and nobody takes it up.
        URI address = URI.create(
                "http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort() + "/a.png");
        var failure = assertThrows(IOException.class, () -> fetcher.fetch(address, new CancellationToken()));
        assertEquals(TEXTS.get("web.slow", address.getHost()), failure.getMessage());
    }
}
