package dev.noisediffusion.library;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.library.DownloadException.Kind;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.web.ProxyException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one file over one connection, in as many attempts as it takes. What has arrived stays on disk: the next attempt,
 * also of another session, goes on from there where the server still has the same version (RFC 9110, {@code If-Range}).
 */
final class FileTransfer {
    private static final System.Logger LOG = System.getLogger(FileTransfer.class.getName());
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
    private static final int CHUNK = 1 << 17;

    private final WebClient web;
    private final RetryPolicy policy;
    private final Pause pause;
    private final InstantSource clock;

    FileTransfer(WebClient web, RetryPolicy policy, Pause pause, InstantSource clock) {
        this.web = web;
        this.policy = policy;
        this.pause = pause;
        this.clock = clock;
    }

    /**
     * Hears how a file comes.
     *
     * @param onLength how many bytes are there, whenever there are more, or fewer because it begins anew
     * @param onWait how many bytes are there when an attempt has failed and the next has to wait
     */
    record Watch(LongConsumer onLength, LongConsumer onWait) {}

    /** Whether all of a file is there already and can be told from another by its checksum, so that nobody need be asked. */
    static boolean hasArrived(CatalogueFile file, PartFile part) throws ModelException {
        Long bytes = file.bytes();
        return bytes != null
                && bytes > 0
                && bytes == part.length()
                && file.checksum().isPresent();
    }

    /**
     * Fetches a file into its part.
     *
     * @return the checksum that the server announced, if it did
     * @throws DownloadException with a sentence, if the file cannot be had
     * @throws ModelException if it cannot be written
     */
    Optional<String> fetch(CatalogueFile file, PartFile part, Watch watch, CancellationToken cancellation)
            throws DownloadException, ModelException, InterruptedException {
        var open = new AtomicReference<@Nullable InputStream>();
        cancellation.onCancel(() -> closeQuietly(open.get()));
        long best = part.length();
        int failures = 0;
        while (true) {
            cancellation.throwIfCancelled();
            if (hasArrived(file, part)) {
                return Optional.empty();
            }
            try {
                return attempt(file, part, watch.onLength(), open, cancellation);
            } catch (RetryException again) {
                cancellation.throwIfCancelled();
                failures = part.length() > best ? 1 : failures + 1;
                best = Math.max(best, part.length());
                LOG.log(System.Logger.Level.INFO, "{0}: {1}", file.path(), again.getMessage());
                if (failures >= policy.attempts()) {
                    throw new DownloadException(Kind.TRY_AGAIN, again.trouble(), givenUp(file, again), again);
                }
                Duration wait = waitFor(file, again, failures);
                watch.onWait().accept(part.length());
                pause.wait(wait, cancellation);
            }
        }
    }

    private Duration waitFor(CatalogueFile file, RetryException again, int failures) throws DownloadException {
        Duration asked = again.asked().orElse(policy.backoff(failures));
        if (asked.compareTo(policy.longest()) > 0) {
            throw new DownloadException(
                    Kind.TRY_AGAIN,
                    ModelRefusal.SERVER_BUSY.with(file.host(), asked.toMinutes()),
                    file.host() + " is busy and asks to come back in " + asked.toMinutes()
                            + " minutes. Go on then; what has arrived is kept.");
        }
        return asked;
    }

    private static String givenUp(CatalogueFile file, RetryException last) {
        return file.path() + " could not be fetched from " + file.host() + ": " + last.getMessage()
                + ". Try again later; what has arrived is kept.";
    }

    private Optional<String> attempt(
            CatalogueFile file,
            PartFile part,
            LongConsumer onLength,
            AtomicReference<@Nullable InputStream> open,
            CancellationToken cancellation)
            throws RetryException, DownloadException, ModelException, InterruptedException {
        Optional<String> version = part.version();
        long have = version.isPresent() ? part.length() : 0;
        Map<String, String> headers =
                version.isPresent() ? Map.of("Range", "bytes=" + have + "-", "If-Range", version.get()) : Map.of();
        try {
            WebClient.Answer answer = web.get(file.source(), headers, policy.silence(), cancellation);
            try (InputStream body = answer.response().body()) {
                open.set(body);
                cancellation.throwIfCancelled();
                if (!isComplete(file, answer, part, have)) {
                    long total = begin(file, part, answer, have);
                    onLength.accept(part.length());
                    receive(file, part, body, total, onLength);
                }
                return answer.announcedSha256();
            }
        } catch (DownloadException e) {
            throw e;
        } catch (ProxyException e) {
            throw refused(file, e);
        } catch (IOException e) {
            throw broken(file, e);
        } finally {
            open.set(null);
        }
    }

    /** Whether the server says that there is nothing after what we have. */
    private static boolean isComplete(CatalogueFile file, WebClient.Answer answer, PartFile part, long have)
            throws RetryException, ModelException {
        if (answer.status() != 416) {
            return false;
        }
        Long bytes = file.bytes();
        String known = bytes == null ? "" : "bytes */" + bytes;
        if (have > 0 && answer.header("Content-Range").orElse(known).equals("bytes */" + have)) {
            return true;
        }
        part.restart(Optional.empty());
        throw new RetryException(
                lost(file), "the server no longer has the rest of it", Optional.of(Duration.ZERO), null);
    }

    /**
     * Judges the head of an answer and makes the part ready for its body.
     *
     * @return the length the file will have; -1 where the server does not say
     */
    private long begin(CatalogueFile file, PartFile part, WebClient.Answer answer, long have)
            throws RetryException, DownloadException, ModelException {
        Answers.requireSuccess(file, answer, clock);
        long length =
                answer.response().headers().firstValueAsLong("Content-Length").orElse(-1);
        long total = length;
        if (answer.status() == 206) {
            Matcher range = RANGE.matcher(answer.header("Content-Range").orElse(""));
            if (!range.matches()
                    || Long.parseLong(range.group(1)) != have
                    || (have > 0 && !isOfVersion(answer, part.version().orElse("")))) {
                part.restart(Optional.empty());
                throw new RetryException(
                        lost(file), "the server sent another part than was asked for", Optional.empty(), null);
            }
            if (have == 0) {
                // Nobody asked for a part, but this one begins where the file does.
                part.restart(version(answer));
            }
            total = range.group(3).equals("*") ? -1 : Long.parseLong(range.group(3));
        } else {
            part.restart(version(answer));
        }
        Long bytes = file.bytes();
        if (bytes != null && total >= 0 && total != bytes) {
            part.restart(Optional.empty());
            throw new DownloadException(
                    Kind.REFUSED,
                    ModelRefusal.CHANGED_SINCE.with(file.host(), file.path()),
                    file.host() + " offers " + total + " bytes of " + file.path() + ", the catalogue says " + bytes
                            + ": the file has been changed since, so it was not fetched.");
        }
        return bytes == null ? total : bytes;
    }

    private void receive(CatalogueFile file, PartFile part, InputStream body, long total, LongConsumer onLength)
            throws RetryException, ModelException, DownloadException {
        long have = part.length();
        boolean tooMuch = false;
        var chunk = new byte[CHUNK];
        try (var guard = new StallGuard(body, policy.silence());
                PartFile.Tail tail = part.tail()) {
            for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
                guard.heard();
                tooMuch = total >= 0 && have + count > total;
                if (tooMuch) {
                    break;
                }
                tail.append(chunk, count);
                have += count;
                onLength.accept(have);
            }
        } catch (IOException e) {
            throw broken(file, e);
        }
        if (tooMuch) {
            part.restart(Optional.empty());
            throw new DownloadException(
                    Kind.REFUSED,
                    ModelRefusal.CHANGED_SINCE.with(file.host(), file.path()),
                    file.host() + " sends more of " + file.path() + " than the " + total
                            + " bytes it should have, so it was not kept.");
        }
        if (total >= 0 && have < total) {
            throw new RetryException(
                    lost(file),
                    "the connection ended after " + have + " of " + total + " bytes",
                    Optional.empty(),
                    null);
        }
    }

    /** Whether an answer with a part does not say that it is of another version than the mark is. */
    private static boolean isOfVersion(WebClient.Answer answer, String mark) {
        return answer.header(mark.startsWith("\"") ? "ETag" : "Last-Modified")
                .map(mark::equals)
                .orElse(true);
    }

    /** A strong entity tag, or else the date of the last change; with neither the file cannot be resumed. */
    private static Optional<String> version(WebClient.Answer answer) {
        return answer.header("ETag")
                .filter(tag -> tag.startsWith("\""))
                .or(() -> answer.header("Last-Modified"))
                .filter(mark -> mark.chars().allMatch(c -> c >= ' ' && c < 127));
    }

    private static Trouble lost(CatalogueFile file) {
        return ModelRefusal.CONNECTION_LOST.with(file.path(), file.host());
    }

    private static DownloadException refused(CatalogueFile file, ProxyException e) throws RetryException {
        if (e.wantsPassword()) {
            return new DownloadException(
                    Kind.REFUSED,
                    ModelRefusal.PROXY_ASKS_PASSWORD.with(e.proxy(), file.path()),
                    "The proxy " + e.proxy() + " asks for a password, which the studio cannot give, so " + file.path()
                            + " was not fetched. Ask whoever runs your network for a proxy without one.",
                    e);
        }
        Trouble trouble = ModelRefusal.PROXY_REFUSES.with(e.proxy(), file.path(), e.status(), e.server());
        if (e.mayPass()) {
            throw new RetryException(
                    trouble,
                    "the proxy " + e.proxy() + " makes no connection (status " + e.status() + ")",
                    Optional.empty(),
                    e);
        }
        return new DownloadException(
                Kind.REFUSED,
                trouble,
                "The proxy " + e.proxy() + " makes no connection to " + e.server() + " (status " + e.status() + "), so "
                        + file.path() + " was not fetched. Ask whoever runs your network.",
                e);
    }

    private static RetryException broken(CatalogueFile file, IOException e) {
        Trouble trouble = lost(file);
        String reason = "the connection was lost";
        String message = String.valueOf(e.getMessage());
        if (e instanceof HttpTimeoutException) {
            trouble = ModelRefusal.SERVER_SILENT.with(file.path(), file.host());
            reason = "the server does not answer";
        } else if (e instanceof ConnectException) {
            trouble = ModelRefusal.NO_CONNECTION.with(file.path(), file.host());
            reason = "there is no connection";
        } else if (message.toLowerCase(Locale.ROOT).matches("(?s).*(certificate|ssl).*")) {
            trouble = ModelRefusal.CONNECTION_UNSAFE.with(file.path(), file.host(), message);
            reason = "the connection is not safe (" + message + ")";
        }
        return new RetryException(trouble, reason, Optional.empty(), e);
    }

    private static void closeQuietly(@Nullable InputStream body) {
        if (body == null) {
            return;
        }
        try {
            body.close();
        } catch (IOException e) {
            throw new CancellationException("Cancelled");
        }
    }
}
