package dev.noisediffusion.remote;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.web.ProxyException;
import dev.noisediffusion.web.TooLargeException;
import dev.noisediffusion.web.Waits;
import dev.noisediffusion.web.Web;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Asks one server, and asks it again where the connection is lost or it is busy. Every wait ends soon after the
 * {@linkplain CancellationToken#current() current token} is cancelled or this is closed.
 */
final class RemoteClient implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RemoteClient.class.getName());
    private static final String USER_AGENT = "NoiseDiffusion-Studio";
    private static final long POLL_MILLIS = 20;

    /** Bytes that an answer may have which describes something. */
    private static final long MOST_OF_WORDS = 4 << 20;

    /** How many times as large as the call its answer may be: even as JSON numbers a prediction is far smaller. */
    private static final long MOST_GROWTH = 32;

    /** What both sides say of each other, beside what is wrong with a certificate. */
    private static final Pattern DISTRUST =
            Pattern.compile("(?i)certificate|protocol_version|handshake_failure|unrecognized SSL message");

    private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);

    private final Web web;
    private final URI server;
    private final RemotePolicy policy;
    private final Consumer<DeviceNotice> notices;
    /** Whether it was told that the server is lost and not yet that it is back, in whichever calls. */
    private final AtomicBoolean lost = new AtomicBoolean();

    private volatile boolean closed;

    RemoteClient(URI server, RemotePolicy policy, Consumer<DeviceNotice> notices) {
        this(server, policy, notices, Optional.empty());
    }

    /** @param proxies between here and there; empty for those that Java is told of */
    RemoteClient(URI server, RemotePolicy policy, Consumer<DeviceNotice> notices, Optional<ProxySelector> proxies) {
        this.notices = notices;
        this.server = server;
        this.policy = policy;
        this.web = new Web(new Web.Manner(USER_AGENT, proxies, policy.connecting()));
    }

    /** What comes back from a question that a person waits for: few attempts. */
    HttpResponse<byte[]> get(URI address) {
        return ask(web.request(address), policy.impatient(), MOST_OF_WORDS, notice -> {});
    }

    /**
     * What comes back from a call.
     *
     * @param headerLength how many bytes of the body are its JSON header
     */
    HttpResponse<byte[]> post(URI address, byte[] body, int headerLength) {
        HttpRequest.Builder request = web.request(address)
                .header("Content-Type", "application/octet-stream")
                .header(InferMessage.HEADER_LENGTH, Integer.toString(headerLength))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return ask(request, policy, MOST_OF_WORDS + MOST_GROWTH * body.length, notices);
    }

    /** @param most bytes that the answer may have */
    private HttpResponse<byte[]> ask(
            HttpRequest.Builder request, RemotePolicy patience, long most, Consumer<DeviceNotice> hearing) {
        for (int failures = 1; ; failures++) {
            RemoteException failure;
            Duration wait = patience.backOff(failures);
            requireWanted();
            try {
                HttpResponse<byte[]> answer = send(request.build(), patience.answer(), most);
                if (!BUSY.contains(answer.statusCode())) {
                    if (lost.getAndSet(false)) {
                        hearing.accept(new DeviceNotice.ServerBack(server.toString()));
                    }
                    return answer;
                }
                String status = answer.statusCode() + InferMessage.words(answer.body());
                failure = new RemoteException(
                        Trouble.Fault.BUSY,
                        server,
                        status,
                        server + " is busy or still starting (status " + status
                                + "): try again later, or choose another device.");
                wait = retryAfter(answer).map(patience::capped).orElse(wait);
            } catch (IOException e) {
                requireWanted();
                failure = failure(e, patience);
            }
            if (failures >= patience.attempts()) {
                throw failure;
            }
            LOG.log(System.Logger.Level.INFO, "Attempt {0}: {1}", failures, failure.getMessage());
            if (failures == 1) {
                // Told first: whoever finds it set tells that the server is back, and that must come after.
                hearing.accept(new DeviceNotice.ServerLost(server.toString()));
                lost.set(true);
            }
            pause(wait);
        }
    }

    /**
     * What an attempt has failed by.
     *
     * @throws RemoteException at once, where asking again would change nothing
     */
    private RemoteException failure(IOException e, RemotePolicy patience) {
        if (e instanceof ProxyException refused && !refused.mayPass()) {
            throw proxied(refused);
        }
        // A proxy that may let another attempt through says, as a rule, that it finds no server there.
        if (e instanceof ConnectException || e instanceof HttpConnectTimeoutException || e instanceof ProxyException) {
            return new RemoteException(
                    Trouble.Fault.UNREACHABLE,
                    server,
                    "",
                    server + " cannot be reached: start the server there, or check the address and the network.",
                    e);
        }
        if (e instanceof HttpTimeoutException) {
            long seconds = patience.answer().toSeconds();
            throw new RemoteException(
                    Trouble.Fault.SILENT,
                    server,
                    String.valueOf(seconds),
                    server + " has not answered within " + seconds
                            + " s: it may be overloaded or stuck; try again later, or"
                            + " choose another device.",
                    e);
        }
        if (e instanceof TooLargeException) {
            throw new RemoteException(
                    Trouble.Fault.NOT_THE_PROTOCOL,
                    server,
                    String.valueOf(e.getMessage()),
                    "The answer of " + server + " is not one by the Open Inference Protocol: it is far too large. Check"
                            + " that the server speaks version 2 of it.",
                    e);
        }
        requireTrust(e);
        return new RemoteException(
                Trouble.Fault.LOST,
                server,
                "",
                "The connection to " + server + " was lost and did not hold when it was made again: check the"
                        + " server and the network.",
                e);
    }

    private RemoteException proxied(ProxyException refused) {
        String details = refused.proxy() + ", " + refused.status();
        return new RemoteException(
                Trouble.Fault.PROXY,
                server,
                details,
                "A proxy does not let the studio through to " + server + " (" + details
                        + "): ask whoever runs your network, or choose another device.",
                refused);
    }

    /**
     * Refuses a server that is not to be trusted, or speaks no TLS that we do: asking again would change nothing. A
     * handshake that the network has cut says neither.
     */
    private void requireTrust(IOException failure) {
        if (!(failure instanceof SSLException) || !isDistrust(failure)) {
            return;
        }
        String reason = String.valueOf(failure.getMessage());
        throw new RemoteException(
                Trouble.Fault.UNSAFE,
                server,
                reason,
                "The connection to " + server + " is not safe (" + reason + "): check the address and the clock of your"
                        + " computer, and whether Java trusts the server's certificate.",
                failure);
    }

    private static boolean isDistrust(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException) {
                return true;
            }
        }
        return DISTRUST.matcher(String.valueOf(failure.getMessage())).find();
    }

    private HttpResponse<byte[]> send(HttpRequest request, Duration limit, long most) throws IOException {
        try {
            return web.whole(request, limit, most, CancellationToken.current());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private void pause(Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        try {
            while (System.nanoTime() - end < 0) {
                requireWanted();
                Thread.sleep(Math.min(POLL_MILLIS, wait.toMillis() + 1));
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private void requireWanted() {
        CancellationToken.current().throwIfCancelled();
        if (closed) {
            throw new IllegalStateException("The model has been closed and computes no more.");
        }
    }

    private static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("Cancelled");
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .flatMap(asked -> Waits.retryAfter(asked, InstantSource.system()));
    }

    @Override
    public void close() {
        closed = true;
        web.close();
    }
}
