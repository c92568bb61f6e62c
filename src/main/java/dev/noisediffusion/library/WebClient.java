package dev.noisediffusion.library;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.web.Web;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Asks servers for files. Redirects are followed here, so that the user's token goes to the host it belongs to and nowhere
 * else: once a redirect has led to another origin, no token is sent any more.
 */
final class WebClient {
    private static final int MAX_HOPS = 10;
    private static final int UNAUTHORIZED = 401;

    private final Tokens tokens;
    private final Web web;

    /** @param web stays the caller's to close */
    WebClient(Tokens tokens, Web web) {
        this.tokens = tokens;
        this.web = web;
    }

    /**
     * What a server said in the end.
     *
     * @param response whose body the caller closes
     * @param announcedSha256 what the first server said of the file before it sent us on; the hub does
     * @param refusedToken the source of the last token that a server refused, and was asked again without
     * @param unusableToken the source of what can be no token, where one is wanted and none was sent for that reason
     */
    record Answer(
            HttpResponse<InputStream> response,
            Optional<String> announcedSha256,
            Optional<String> refusedToken,
            Optional<String> unusableToken) {
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
     * @throws dev.noisediffusion.web.ProxyException if a proxy does not let it through
     * @throws IOException if the server cannot be reached
     */
    Answer get(URI address, Map<String, String> headers, Duration patience, CancellationToken cancellation)
            throws IOException, InterruptedException, ModelException {
        URI at = address;
        boolean home = true;
        Optional<String> announced = Optional.empty();
        Optional<String> refused = Optional.empty();
        for (int hop = 0; hop < MAX_HOPS; hop++) {
            String host = at.getHost();
            Optional<String> token = home && refused.isEmpty() ? tokens.forAddress(at) : Optional.empty();
            HttpResponse<InputStream> response = web.open(request(at, headers, token), patience, cancellation);
            while (response.statusCode() == UNAUTHORIZED && token.isPresent()) {
                // A dead token is refused for what everybody may have, too.
                response.body().close();
                refused = Optional.of(tokens.origin(host));
                token = tokens.insteadOf(token.get(), at);
                if (token.isPresent()) {
                    tokens.passOverEnvironment(at);
                }
                response = web.open(request(at, headers, token), patience, cancellation);
            }
            if (token.isPresent()) {
                refused = Optional.empty();
            }
            if (home && announced.isEmpty()) {
                announced = linkedSha256(response);
            }
            if (!Web.sendsOn(response)) {
                boolean wanted = home && refused.isEmpty() && response.statusCode() == UNAUTHORIZED;
                return new Answer(response, announced, refused, wanted ? tokens.unusable(at) : Optional.empty());
            }
            response.body().close();
            URI next = Web.next(response)
                    .orElseThrow(() -> astray(host, "redirects to an address that is not safe to follow."));
            home = home && sameOrigin(at, next);
            at = next;
        }
        throw astray(address.getHost(), "sends from one address to the next without end.");
    }

    private HttpRequest request(URI at, Map<String, String> headers, Optional<String> token) {
        HttpRequest.Builder request = web.request(at).header("Accept-Encoding", "identity");
        headers.forEach(request::header);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request.build();
    }

    private static DownloadException astray(String host, String how) {
        return new DownloadException(
                DownloadException.Kind.REFUSED, ModelRefusal.LED_ASTRAY.with(host), host + " " + how);
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
}
