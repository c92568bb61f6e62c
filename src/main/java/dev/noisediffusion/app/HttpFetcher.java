package dev.noisediffusion.app;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.ui.viewmodel.WebFetcher;
import dev.noisediffusion.web.ProxyException;
import dev.noisediffusion.web.TooLargeException;
import dev.noisediffusion.web.Web;
import java.io.IOException;
import java.net.IDN;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fetches over HTTP what the user has dropped or pasted the address of, and never more or longer than a limit. */
public final class HttpFetcher implements WebFetcher {
    private static final int LIMIT_BYTES = 64 << 20;
    private static final int MAX_HOPS = 5;
    private static final int OK = 200;

    /** A name and perhaps a port. */
    private static final Pattern SERVER = Pattern.compile("([^@:]+)((?::\\d*)?)");

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
        URI asked = askable(address);
        String host = asked.getHost();
        HttpResponse<byte[]> answer;
        try {
            answer = ask(asked, cancellation);
        } catch (HttpTimeoutException e) {
            throw new IOException(texts.get("web.slow", host), e);
        } catch (TooLargeException e) {
            throw new IOException(texts.get("web.tooLarge", host, LIMIT_BYTES >> 20), e);
        } catch (ProxyException e) {
            throw new IOException(texts.get("web.proxy", e.proxy(), e.server(), e.status()), e);
        } catch (IOException e) {
            throw new IOException(texts.get("web.unreachable", host), e);
        }
        if (answer.statusCode() != OK) {
            throw new IOException(texts.get("web.status", host, answer.statusCode()));
        }
        return answer.body();
    }

    /** The address as servers are asked for it, in which there are no letters beyond ASCII. */
    private URI askable(URI address) throws IOException {
        Optional<URI> asked = address.getHost() == null ? withHostInAscii(address) : Optional.of(address);
        String named = Objects.requireNonNullElse(address.getRawAuthority(), address.toString());
        return asked.map(whole -> URI.create(whole.toASCIIString()))
                .orElseThrow(() -> new IOException(texts.get("web.noServer", named)));
    }

    /** A host whose name has letters beyond ASCII has one without as well. */
    private static Optional<URI> withHostInAscii(URI address) {
        Matcher server = SERVER.matcher(Objects.requireNonNullElse(address.getRawAuthority(), ""));
        if (!server.matches()) {
            return Optional.empty();
        }
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        try {
            String host = IDN.toASCII(server.group(1));
            URI asked = URI.create(address.getScheme() + "://" + host + server.group(2) + address.getRawPath() + query);
            return Optional.of(asked).filter(made -> made.getHost() != null && isNameOf(host, server.group(1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A few letters, as the sharp s, had other names in the rules that Java knows: those of another server by now. */
    private static boolean isNameOf(String ascii, String host) {
        return IDN.toUnicode(ascii).equalsIgnoreCase(Normalizer.normalize(host, Normalizer.Form.NFC));
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
