package dev.noisediffusion.library;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks servers for files. Redirects are followed here and not by the client of the JDK, so that the user's token goes to
 * the host it belongs to and nowhere else: once a redirect has led to another origin, no token is sent any more.
 */
final class WebClient implements AutoCloseable {
    private static final int MAX_HOPS = 10;
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final long POLL_MILLIS = 100;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client;
    private final Tokens tokens;
    private final String userAgent;

    /**
     * A client.
     *
     * @param userAgent how it names itself to servers
     * @param proxies between here and there
     */
    WebClient(Tokens tokens, String userAgent, ProxySelector proxies) {
        this.tokens = tokens;
        this.userAgent = userAgent;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .proxy(proxies)
                .build();
    }

    /**
     * What a server said in the end.
     *
     * @param response whose body the caller closes
     * @param announcedSha256 what the first server said of the file before it sent us on; the hub does
     */
    record Answer(HttpResponse<InputStream> response, Optional<String> announcedSha256) {
        int status() {
            return response.statusCode();
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }
    }

    /**
     * Sends a GET.
     *
     * @param headers beside those that every request has
     * @param patience until the head of the answer is there
     * @throws DownloadException if redirects lead nowhere
     * @throws IOException if the server cannot be reached
     */
    Answer get(URI address, Map<String, String> headers, Duration patience, CancellationToken cancellation)
            throws IOException, InterruptedException, ModelException {
        URI at = address;
        boolean home = true;
        Optional<String> announced = Optional.empty();
        for (int hop = 0; hop < MAX_HOPS; hop++) {
            var request = HttpRequest.newBuilder(at);
            request.header("User-Agent", userAgent).header("Accept-Encoding", "identity");
            headers.forEach(request::header);
            if (home) {
                tokens.forAddress(at).ifPresent(token -> request.header("Authorization", "Bearer " + token));
            }
            HttpResponse<InputStream> response = send(request.build(), patience, cancellation);
            if (home && announced.isEmpty()) {
                announced = linkedSha256(response);
            }
            if (!REDIRECTS.contains(response.statusCode())) {
                return new Answer(response, announced);
            }
            response.body().close();
            URI next = target(at, response);
            home = home && sameOrigin(at, next);
            at = next;
        }
        throw new DownloadException(
                DownloadException.Kind.REFUSED,
                ModelRefusal.LED_ASTRAY.with(address.getHost()),
                address.getHost() + " sends from one address to the next without end.");
    }

    /** Waits for the head alone: the limit that a request can have covers the body too in newer versions of Java. */
    private HttpResponse<InputStream> send(HttpRequest request, Duration patience, CancellationToken cancellation)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        CompletableFuture<HttpResponse<InputStream>> coming =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        try {
            while (true) {
                cancellation.throwIfCancelled();
                try {
                    return coming.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException notYet) {
                    // Look whether the user has had enough, and go on waiting for a while.
                    if (System.nanoTime() - end > 0) {
                        throw new HttpTimeoutException("No answer within " + patience.toSeconds() + " s");
                    }
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
                }
            }
        } finally {
            coming.cancel(true);
        }
    }

    private static URI target(URI at, HttpResponse<InputStream> response) throws DownloadException {
        URI next;
        try {
            next = at.resolve(response.headers().firstValue("Location").orElse(""));
        } catch (IllegalArgumentException e) {
            throw new DownloadException(
                    DownloadException.Kind.REFUSED,
                    ModelRefusal.LED_ASTRAY.with(at.getHost()),
                    at.getHost() + " sends on to an address that is none.",
                    e);
        }
        String scheme = String.valueOf(next.getScheme()).toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("https") || (scheme.equals("http") && !"https".equalsIgnoreCase(at.getScheme()));
        if (!web || next.getHost() == null) {
            throw new DownloadException(
                    DownloadException.Kind.REFUSED,
                    ModelRefusal.LED_ASTRAY.with(at.getHost()),
                    at.getHost() + " sends on to an address that is not safe to follow.");
        }
        return next;
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }

    /** The hub gives the SHA-256 of a large file in {@code X-Linked-Etag}, with the redirect to its storage. */
    private static Optional<String> linkedSha256(HttpResponse<?> response) {
        return response.headers()
                .firstValue("X-Linked-Etag")
                .map(tag -> tag.replace("\"", "").toLowerCase(Locale.ROOT))
                .filter(tag -> tag.matches("[0-9a-f]{64}"));
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
