package dev.noisediffusion.library;

import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.library.DownloadException.Kind;
import dev.noisediffusion.web.Waits;
import java.time.InstantSource;
import java.util.Locale;

/** What the status of an answer means. */
final class Answers {
    private Answers() {}

    static void requireSuccess(CatalogueFile file, WebClient.Answer answer, InstantSource clock)
            throws RetryException, DownloadException {
        String server = file.host();
        switch (answer.status()) {
            case 200, 206 -> requireFile(file, answer);
            case 401, 403 -> throw unknown(file, answer);
            case 404, 410 ->
                throw new DownloadException(
                        Kind.REFUSED,
                        ModelRefusal.GONE.with(server, file.path(), answer.status()),
                        server + " has no " + file.path() + " of this model any more (status " + answer.status()
                                + ").");
            case 408, 425, 429, 500, 502, 503, 504 ->
                throw new RetryException(
                        ModelRefusal.SERVER_UNABLE.with(file.path(), server, answer.status()),
                        answer.status() == 429
                                ? "the server asks for fewer requests (status 429)"
                                : "the server is not able to answer (status " + answer.status() + ")",
                        answer.header("Retry-After").flatMap(value -> Waits.retryAfter(value, clock)),
                        null);
            default ->
                throw new DownloadException(
                        Kind.REFUSED,
                        ModelRefusal.UNEXPECTED_ANSWER.with(server, file.path(), answer.status()),
                        server + " answered for " + file.path() + " with the unexpected status " + answer.status()
                                + ".");
        }
    }

    private static DownloadException unknown(CatalogueFile file, WebClient.Answer answer) {
        String knows = file.path() + " only to those it knows (status " + answer.status() + "): ";
        return answer.refusedToken()
                .map(origin -> new DownloadException(
                        Kind.NEEDS_TOKEN,
                        ModelRefusal.TOKEN_REFUSED.with(file.host(), file.path(), answer.status(), origin),
                        file.host() + " refuses the access token in " + origin + " and gives " + knows
                                + "give a new token, and accept the model's conditions on its page."))
                .or(() -> answer.unusableToken()
                        .map(origin -> new DownloadException(
                                Kind.NEEDS_TOKEN,
                                ModelRefusal.TOKEN_UNUSABLE.with(file.host(), file.path(), answer.status(), origin),
                                file.host() + " gives " + knows + origin + " is set but is no token (a single word), so"
                                        + " none was sent. Set it anew or give an access token of yours, and accept"
                                        + " the model's conditions on its page.")))
                .orElseGet(() -> new DownloadException(
                        Kind.NEEDS_TOKEN,
                        ModelRefusal.NEEDS_TOKEN.with(file.host(), file.path(), answer.status()),
                        file.host() + " gives " + knows
                                + "accept the model's conditions on its page and give an access token of yours."));
    }

    private static void requireFile(CatalogueFile file, WebClient.Answer answer) throws DownloadException {
        String encoding = answer.header("Content-Encoding").orElse("identity");
        String type = answer.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("text/html") || !encoding.equalsIgnoreCase("identity")) {
            throw new DownloadException(
                    Kind.TRY_AGAIN,
                    ModelRefusal.WEB_PAGE.with(file.host(), file.path()),
                    file.host() + " sent a web page in place of " + file.path()
                            + ": perhaps your network asks you to sign in first. Open a page in your browser, then"
                            + " try again.");
        }
    }
}
