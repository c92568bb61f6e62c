package dev.noisediffusion.app;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.ui.viewmodel.WebFetcher;
import dev.noisediffusion.web.ProxyException;
import dev.noisediffusion.web.TooLargeException;
import dev.noisediffusion.web.Web;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** Fetches over HTTP what the user has dropped or pasted the address of, and never more or longer than a limit. */
public final class HttpFetcher implements WebFetcher {
    private static final int LIMIT_BYTES = 64 << 20;
    private static final int MAX_HOPS = 5;
    private static final int OK = 200;

    /** A server may begin to answer and never end. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Texts texts;
    private final Web web;
    private final Duration patience;

    /** @param web not closed here */
    public HttpFetcher(Texts texts, Web web) {
        this(texts, web, PATIENCE);
    }

    /** @param patience for a whole fetch with all that it is sent on to */
    HttpFetcher(Texts texts, Web web, Duration patience) {
        this.texts = texts;
        this.web = web;
        this.patience = patience;
    }

    @Override
    public byte[] fetch(URI address, CancellationToken cancellation) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer;
        try {
            answer = ask(address, cancellation);
        } catch (HttpTimeoutException e) {
            throw new IOException(texts.get("web.slow", address.getHost()), e);
        } catch (TooLargeException e) {
            throw new IOException(texts.get("web.tooLarge", address.getHost(), LIMIT_BYTES >> 20), e);
        } catch (ProxyException e) {
            throw new IOException(texts.get("web.proxy", e.proxy(), e.server(), e.status()), e);
        } catch (IOException e) {
            throw e.getMessage() == null ? new IOException(texts.get("web.unreachable", address.getHost()), e) : e;
        }
        if (answer.statusCode() != OK) {
            throw new IOException(texts.get("web.status", address.getHost(), answer.statusCode()));
        }
        return answer.body();
    }

    /** The last of the answers, which may send on to where nobody should go. */
    private HttpResponse<byte[]> ask(URI address, CancellationToken cancellation)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        URI at = address;
        for (int hop = 0; ; hop++) {
            Duration left = patience.minusNanos(System.nanoTime() - begun);
            HttpResponse<byte[]> answer = web.whole(web.request(at).build(), left, LIMIT_BYTES, cancellation);
            Optional<URI> next = Web.sendsOn(answer) && hop < MAX_HOPS ? Web.next(answer) : Optional.empty();
            if (next.isEmpty()) {
                return answer;
            }
            at = next.get();
        }
    }
}
