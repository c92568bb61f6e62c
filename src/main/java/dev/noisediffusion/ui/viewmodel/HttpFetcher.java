package dev.noisediffusion.ui.viewmodel;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Fetches over HTTP, only on the user's own drag or paste, and never more than a limit. */
public final class HttpFetcher implements WebFetcher {
    private static final int LIMIT_BYTES = 64 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Texts texts;

    public HttpFetcher(Texts texts) {
        this.texts = texts;
    }

    @Override
    public byte[] fetch(URI address) throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(PATIENCE)
                .build()) {
            var request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
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
        } catch (IOException e) {
            throw e.getMessage() == null ? new IOException(texts.get("web.unreachable", address.getHost()), e) : e;
        }
    }
}
