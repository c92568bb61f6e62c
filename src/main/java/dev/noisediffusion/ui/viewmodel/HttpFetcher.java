package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Fetches over HTTP, only on the user's own drag or paste, and never more or longer than a limit. */
public final class HttpFetcher implements WebFetcher {
    private static final int LIMIT_BYTES = 64 << 20;
    /** Until there is a connection, and then until the answer begins. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** For all of it: a server may begin to answer and never end. */
    private static final Duration LIMIT_TIME = Duration.ofMinutes(2);

    private final Texts texts;
    private final Duration patience;
    private final Duration limit;

    public HttpFetcher(Texts texts) {
        this(texts, PATIENCE, LIMIT_TIME);
    }

    /**
     * A fetcher.
     *
     * @param patience until there is a connection, and then until the answer begins
     * @param limit that a whole fetch may take
     */
    HttpFetcher(Texts texts, Duration patience, Duration limit) {
        this.texts = texts;
        this.patience = patience;
        this.limit = limit;
    }

    @Override
    public byte[] fetch(URI address, CancellationToken cancellation) throws IOException, InterruptedException {
        var late = new AtomicBoolean();
        try (var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(patience)
                .build()) {
            cancellation.onCancel(client::shutdownNow);
            Thread.ofVirtual().name("fetch-limit").start(() -> watch(client, late));
            return fetch(address, client);
        } catch (IOException e) {
            cancellation.throwIfCancelled();
            if (late.get() || e instanceof HttpTimeoutException) {
                throw new IOException(texts.get("web.slow", address.getHost()), e);
            }
            throw e.getMessage() == null ? new IOException(texts.get("web.unreachable", address.getHost()), e) : e;
        }
    }

    /** Ends a fetch that takes too long; one that ends before ends the wait too. */
    private void watch(HttpClient client, AtomicBoolean late) {
        try {
            if (!client.awaitTermination(limit)) {
                late.set(true);
                client.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] fetch(URI address, HttpClient client) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                begin(HttpRequest.newBuilder(address).build(), client);
        try (var body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException(texts.get("web.status", address.getHost(), response.statusCode()));
            }
            byte[] bytes = body.readNBytes(LIMIT_BYTES + 1);
            if (bytes.length > LIMIT_BYTES) {
                throw new IOException(texts.get("web.tooLarge", address.getHost(), LIMIT_BYTES >> 20));
            }
            return bytes;
        }
    }

    /** Waits until the answer begins: the limit that a request can have covers the body too in newer versions of Java. */
    private HttpResponse<InputStream> begin(HttpRequest request, HttpClient client)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> coming =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        try {
            return coming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            client.shutdownNow();
            throw new HttpTimeoutException("No answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            coming.cancel(true);
        }
    }
}
