package dev.noisediffusion.web;

import dev.noisediffusion.job.CancellationToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks servers over HTTP/1.1; nobody else in the studio does. Redirects are left to whoever asks, who knows what may go where.
 * Every wait for an answer ends when its token is cancelled, when its time is over, or when this is closed. Safe for any thread.
 */
public final class Web implements AutoCloseable {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** How Java says that a proxy makes no connection to a safe address. */
    private static final Pattern NO_TUNNEL = Pattern.compile("Tunnel failed, got: (\\d{3})");

    /** What no address has in it as it is, such as a space, and percent signs before no number. */
    private static final Pattern UNFIT = Pattern.compile("[^!#-;=?-\\[\\]_a-z~]|%(?![0-9A-Fa-f]{2})");

    private static final HexFormat PERCENT = HexFormat.of().withUpperCase().withPrefix("%");

    private final HttpClient client;
    private final String userAgent;

    /**
     * How servers are asked.
     *
     * @param userAgent how the studio names itself to them
     * @param proxies between here and there; empty for those that Java is told of
     * @param connecting how long a connection may take to be made
     */
    public record Manner(String userAgent, Optional<ProxySelector> proxies, Duration connecting) {}

    public Web(Manner manner) {
        userAgent = manner.userAgent();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(manner.connecting());
        manner.proxies().ifPresent(builder::proxy);
        client = builder.build();
    }

    /**
     * A question that says who asks, to be completed; a GET if nothing else is said.
     *
     * @throws IllegalArgumentException if the address is not one of the web
     */
    public HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).header("User-Agent", userAgent);
    }

    /**
     * An answer that has begun.
     *
     * <p>The limit that a request itself can have covers the body too in newer versions of Java, so it has none.
     *
     * @param patience until it begins
     * @return with a body that the caller closes
     * @throws java.util.concurrent.CancellationException if the token was cancelled
     * @throws HttpTimeoutException if it does not begin in time
     * @throws ProxyException if a proxy does not let the request through
     * @throws IOException if the server cannot be reached
     */
    public HttpResponse<InputStream> open(HttpRequest request, Duration patience, CancellationToken token)
            throws IOException, InterruptedException {
        return ask(request, HttpResponse.BodyHandlers.ofInputStream(), patience, token);
    }

    /**
     * An answer that is there as a whole.
     *
     * @param patience until it has come
     * @param most bytes that its body may have
     * @throws java.util.concurrent.CancellationException if the token was cancelled
     * @throws HttpTimeoutException if it does not come in time
     * @throws TooLargeException if its body is larger
     * @throws ProxyException if a proxy does not let the request through
     * @throws IOException if the server cannot be reached or the connection breaks
     */
    public HttpResponse<byte[]> whole(HttpRequest request, Duration patience, long most, CancellationToken token)
            throws IOException, InterruptedException {
        return ask(request, head -> new BoundedBody(most), patience, token);
    }

    /** The proxy that an address is asked through, as {@code host:port}; empty where it is asked itself. */
    private Optional<String> proxyTo(URI address) {
        return client.proxy()
                .or(() -> Optional.ofNullable(ProxySelector.getDefault()))
                .flatMap(selector -> selector.select(address).stream().findFirst())
                .filter(proxy -> proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress)
                .map(proxy -> (InetSocketAddress) proxy.address())
                .map(place -> place.getHostString() + ":" + place.getPort());
    }

    /** What to say of a status if it is a proxy's: empty where the address is asked itself. */
    private Optional<IOException> refusal(URI address, int status, @Nullable IOException cause) {
        return proxyTo(address).map(proxy -> new ProxyException(proxy, address.getHost(), status, cause));
    }

    private <T> HttpResponse<T> ask(
            HttpRequest request, HttpResponse.BodyHandler<T> bodies, Duration patience, CancellationToken token)
            throws IOException, InterruptedException {
        token.throwIfCancelled();
        HttpResponse<T> answer;
        try {
            answer = await(client.sendAsync(request, bodies), patience, token);
        } catch (IOException e) {
            Matcher refused = NO_TUNNEL.matcher(String.valueOf(e.getMessage()));
            throw refused.find()
                    ? refusal(request.uri(), Integer.parseInt(refused.group(1)), e)
                            .orElse(e)
                    : e;
        }
        if (answer.statusCode() == ProxyException.PASSWORD_WANTED) {
            Optional<IOException> refusal = refusal(request.uri(), answer.statusCode(), null);
            if (refusal.isPresent()) {
                closeBody(answer);
                throw refusal.get();
            }
        }
        return answer;
    }

    /** Waits for an answer. One that nobody wants any more is ended, or its body closed where it has just come. */
    private static <T> HttpResponse<T> await(
            CompletableFuture<HttpResponse<T>> coming, Duration patience, CancellationToken token)
            throws IOException, InterruptedException {
        Runnable end = () -> coming.cancel(true);
        token.onCancel(end);
        boolean taken = false;
        try {
            HttpResponse<T> answer = coming.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            token.throwIfCancelled();
            taken = true;
            return answer;
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("No answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            token.throwIfCancelled();
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            token.forget(end);
            if (!taken) {
                letGo(coming);
            }
        }
    }

    private static void letGo(CompletableFuture<? extends HttpResponse<?>> coming) {
        coming.cancel(true);
        if (coming.state() == Future.State.SUCCESS) {
            closeBody(coming.resultNow());
        }
    }

    /** There is no body where a proxy made no connection. */
    private static void closeBody(HttpResponse<?> answer) {
        if (answer.body() instanceof InputStream body) {
            try {
                body.close();
            } catch (IOException e) {
                // Nobody reads it any more.
            }
        }
    }

    /** Whether an answer sends on to another address. */
    public static boolean sendsOn(HttpResponse<?> answer) {
        return REDIRECTS.contains(answer.statusCode());
    }

    /**
     * Where an answer sends on to.
     *
     * @return empty where that is no address of the web, or one that leaves a safe connection for an open one
     */
    public static Optional<URI> next(HttpResponse<?> answer) {
        URI at = answer.uri();
        try {
            return answer.headers()
                    .firstValue("Location")
                    .map(location -> resolved(at, location))
                    .filter(next -> next.getHost() != null && isSafe(at, next));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As browsers do: Java takes a query alone for one of the folder, and refuses what is not written as it should be. */
    private static URI resolved(URI at, String location) {
        // Headers come as bytes, one in a letter.
        String fit = UNFIT.matcher(location)
                .replaceAll(unfit -> PERCENT.formatHex(unfit.group().getBytes(StandardCharsets.ISO_8859_1)));
        return fit.startsWith("?")
                ? URI.create(at.getScheme() + "://" + at.getRawAuthority() + at.getRawPath() + fit)
                : at.resolve(fit);
    }

    private static boolean isSafe(URI at, URI next) {
        String scheme = String.valueOf(next.getScheme()).toLowerCase(Locale.ROOT);
        return scheme.equals("https") || (scheme.equals("http") && !"https".equalsIgnoreCase(at.getScheme()));
    }

    /** Ends all waits; nothing can be asked any more. */
    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
