package dev.noisediffusion.library;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.Latches;
import dev.noisediffusion.RecordedLog;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.library.DownloadException.Kind;
import dev.noisediffusion.library.UnreliableServer.Reply;
import dev.noisediffusion.library.UnreliableServer.Request;
import dev.noisediffusion.model.ContentHash;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.web.Web;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloaderTest {
    private static final Path FIXTURE = Path.of("src/test/resources/fixtures/unet2d-modern");
    private static final String WEIGHTS = "unet/diffusion_pytorch_model.safetensors";
    private static final List<String> FILES =
            List.of("model_index.json", "scheduler/scheduler_config.json", "unet/config.json", WEIGHTS);
    private static final RetryPolicy POLICY =
            new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofSeconds(60));
    /** For tests of silence alone: a machine that is busy with other things may be as slow itself. */
    private static final RetryPolicy IMPATIENT =
            new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofMillis(400));

    @TempDir
    private Path folder;

    private final List<Duration> pauses = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Progress> progress = new ArrayList<>();
    private RetryPolicy policy = POLICY;
    private Map<String, String> environment = Map.of();
    private byte[] weights = new byte[0];
    private CancellationToken cancellation = new CancellationToken();

    @BeforeEach
    void readWeights() throws IOException {
        weights = Files.readAllBytes(FIXTURE.resolve(WEIGHTS));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : open.reversed()) {
            resource.close();
        }
    }

    /** A server that is good with the small files and whatever the test says with the weights. */
    private UnreliableServer server(Function<Request, Reply> manners) throws IOException {
        var server = new UnreliableServer(request -> {
            String path = request.target().replaceFirst("^/", "");
            if (path.equals(WEIGHTS) || !FILES.contains(path)) {
                return manners.apply(request);
            }
            try {
                return Reply.rest(Files.readAllBytes(FIXTURE.resolve(path)), request);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        open.add(server);
        return server;
    }

    private CatalogueEntry entry(UnreliableServer server) throws ModelException {
        return entry(server, Optional.of(ContentHash.ofFile(FIXTURE.resolve(WEIGHTS))), null);
    }

    private CatalogueEntry entry(UnreliableServer server, Optional<String> checksum, @Nullable Long bytes) {
        return new CatalogueEntry(
                "tiny",
                "Tiny",
                "Tests",
                "Apache-2.0",
                URI.create("https://example.org/licence"),
                "The tests",
                URI.create("https://example.org/tiny"),
                false,
                weights.length + 2000,
                FILES.stream()
                        .map(path -> new CatalogueFile(
                                path,
                                server.address(path),
                                path.equals(WEIGHTS) ? bytes : null,
                                path.equals(WEIGHTS) ? checksum.orElse(null) : null))
                        .toList());
    }

    private Downloader downloader() {
        return downloader(ProxySelector.of(null), false);
    }

    private Downloader downloader(ProxySelector proxies, boolean offline) {
        var setup = new Downloader.Setup(
                library(), tokens(), "Studio-Test", proxies, () -> offline ? Connection.OFFLINE : Connection.ONLINE);
        var downloader = new Downloader(
                setup,
                policy,
                (duration, token) -> {
                    pauses.add(duration);
                    token.throwIfCancelled();
                },
                InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
        open.add(downloader);
        return downloader;
    }

    private ModelLibrary library() {
        return new ModelLibrary(
                new ModelLibrary.Places(root(), folder.resolve("none"), folder.resolve("hub")), Catalogue.ofStudio());
    }

    private Tokens tokens() {
        return new Tokens(folder.resolve("tokens.json"), environment, "127.0.0.1");
    }

    private Path root() {
        return folder.resolve("models");
    }

    private Path download(CatalogueEntry entry) throws Exception {
        return downloader().download(entry, progress::add, cancellation);
    }

    private DownloadException failed(CatalogueEntry entry) {
        return assertThrows(DownloadException.class, () -> download(entry));
    }

    private void assertArrived(Path model) throws IOException {
        assertEquals(root().resolve("tiny"), model);
        assertArrayEquals(weights, Files.readAllBytes(model.resolve(WEIGHTS)));
    }

    private static void assertSays(String words, Exception failure) {
        assertTrue(String.valueOf(failure.getMessage()).contains(words), failure.toString());
    }

    private static void assertRefused(ModelRefusal refusal, Trouble.Carrier failure) {
        assertEquals(
                refusal,
                assertInstanceOf(Trouble.Refused.class, failure.trouble()).refusal());
    }

    private static List<Request> forWeights(UnreliableServer server) {
        return server.requests.stream()
                .filter(request -> request.target().endsWith(WEIGHTS))
                .toList();
    }

    @Test
    void aModelArrivesWholeAndSaysWhoMadeItAndUnderWhichLicence() throws Exception {
        UnreliableServer server = server(request -> Reply.whole(weights));
        Path model = download(entry(server));
        assertArrived(model);
        var manifest = ModelLayout.read(model).manifest();
        assertEquals("Tiny", manifest.name());
        assertEquals("Apache-2.0", manifest.licence());
        assertEquals("The tests", manifest.attribution());
        assertEquals(FILES.size(), manifest.sha256().size());
        assertFalse(Files.exists(root().resolve(".downloads/tiny")));
        assertEquals(
                "Studio-Test", server.requests.getFirst().header("User-Agent").orElseThrow());
        assertEquals(1, server.mostOpen.get(), "connections at a time");
        for (int i = 1; i < progress.size(); i++) {
            assertTrue(progress.get(i).fraction() >= progress.get(i - 1).fraction());
        }
        assertEquals(1, progress.getLast().fraction());
    }

    @Test
    void aCutConnectionGoesOnWhereItEnded() throws Exception {
        var count = new AtomicInteger();
        UnreliableServer server = server(request -> count.getAndIncrement() < 3
                ? Reply.rest(weights, request).cutAfter(weights.length / 4)
                : Reply.rest(weights, request));
        assertArrived(download(entry(server)));
        List<Request> requests = forWeights(server);
        assertEquals(4, requests.size());
        assertTrue(requests.getFirst().header("Range").isEmpty());
        assertEquals("\"one\"", requests.get(1).header("If-Range").orElseThrow());
        for (int i = 1; i < 4; i++) {
            assertTrue(requests.get(i).from() > requests.get(i - 1).from());
        }
    }

    @Test
    void aLaterSessionGoesOnWhereAnEarlierOneEnded() throws Exception {
        var healthy = new AtomicBoolean();
        UnreliableServer server = server(request -> healthy.get()
                ? Reply.rest(weights, request)
                : request.from() == 0
                        ? Reply.whole(weights).cutAfter(weights.length / 2)
                        : Reply.status("503 Busy", "Content-Length: 0"));
        DownloadException failure = failed(entry(server));
        assertEquals(Kind.TRY_AGAIN, failure.kind());
        assertFalse(Files.exists(root().resolve("tiny")));
        Path part = library().staging().folder(entry(server)).resolve(WEIGHTS + ".part");
        long kept = Files.size(part); // the client may drop what a cut connection still held
        assertTrue(kept > 0);
        healthy.set(true);
        assertArrived(download(entry(server)));
        assertEquals(kept, forWeights(server).getLast().from());
        assertEquals(
                1,
                server.requests.stream()
                        .filter(request -> request.target().endsWith("unet/config.json"))
                        .count());
    }

    /** A model whose small files have come, and the weights not. */
    private CatalogueEntry begun() throws Exception {
        var healthy = new AtomicBoolean();
        UnreliableServer server = server(request ->
                healthy.get() ? Reply.rest(weights, request) : Reply.status("404 Not Found", "Content-Length: 0"));
        CatalogueEntry entry = entry(server);
        failed(entry);
        healthy.set(true);
        return entry;
    }

    @Test
    void wholeFilesThatCameFromElsewhereAreFetchedAnew() throws Exception {
        begun();
        UnreliableServer other = server(request -> Reply.whole(weights));
        assertArrived(download(entry(other)));
        assertEquals(FILES.size(), other.requests.size());
        assertEquals(List.of("tiny.lock"), inDownloads());
    }

    private List<String> inDownloads() throws IOException {
        try (Stream<Path> left = Files.list(root().resolve(".downloads"))) {
            return left.map(Path::getFileName).map(String::valueOf).toList();
        }
    }

    @Test
    void aWholeFileOfAnotherLengthThanTheCataloguesIsNotTaken() throws Exception {
        CatalogueEntry before = begun();
        long longer = Files.size(FIXTURE.resolve("unet/config.json")) + 1;
        CatalogueEntry now = withFiles(
                before,
                before.files().stream()
                        .map(file -> file.path().equals("unet/config.json")
                                ? new CatalogueFile(file.path(), file.source(), longer, null)
                                : file)
                        .toList());
        assertRefused(ModelRefusal.CHANGED_SINCE, failed(now));
    }

    @Test
    void aWholeFileThatIsNotWhatCameIsFetchedAnew() throws Exception {
        CatalogueEntry entry = begun();
        Path config = library().staging().folder(entry).resolve("unet/config.json");
        byte[] come = Files.readAllBytes(config);
        Files.write(config, new byte[come.length]);
        assertArrayEquals(come, Files.readAllBytes(download(entry).resolve("unet/config.json")));
    }

    /** Else its room would count as that of what has arrived. */
    @Test
    void aWholeFileThatIsNotTakenIsGoneBeforeRoomIsAskedFor() throws Exception {
        CatalogueEntry entry = begun();
        Path growing = library().staging().folder(entry);
        Path config = growing.resolve("unet/config.json");
        Files.write(config, new byte[Files.readAllBytes(config).length]);
        CatalogueEntry huge = like(entry, entry.id(), Long.MAX_VALUE, entry.files());
        var failure = assertThrows(ModelException.class, () -> download(huge));
        assertRefused(ModelRefusal.NO_ROOM, failure);
        long kept = Files.size(growing.resolve("model_index.json"))
                + Files.size(growing.resolve("scheduler/scheduler_config.json"));
        List<String> details =
                assertInstanceOf(Trouble.Refused.class, failure.trouble()).details();
        assertEquals(String.valueOf(Long.MAX_VALUE - kept), details.get(1));
        assertFalse(Files.exists(config));
        assertArrived(download(entry));
    }

    @Test
    void aPausedDownloadEndsAtOnceAndGoesOnLater() throws Exception {
        UnreliableServer server = server(request -> request.from() == 0
                ? Reply.whole(weights).cutAfter(weights.length / 3).thenSilentFor(600_000)
                : Reply.rest(weights, request));
        var patient = new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofHours(1));
        var setup = new Downloader.Setup(
                library(), tokens(), "Studio-Test", ProxySelector.of(null), () -> Connection.ONLINE);
        var downloader = new Downloader(setup, patient, Pause.real(), InstantSource.system());
        open.add(downloader);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var running =
                    executor.submit(() -> downloader.download(entry(server), ProgressListener.NONE, cancellation));
            while (library().staging().arrived(entry(server)) < weights.length / 3) {
                assertFalse(running.isDone(), "It ended by itself");
                Thread.sleep(5);
            }
            cancellation.cancel();
            var failure = assertThrows(ExecutionException.class, running::get);
            assertTrue(failure.getCause() instanceof CancellationException, String.valueOf(failure.getCause()));
        }
        cancellation = new CancellationToken();
        assertArrived(downloader.download(entry(server), ProgressListener.NONE, cancellation));
    }

    @Test
    void aFileThatChangedMeanwhileBeginsAnew() throws Exception {
        byte[] older = weights.clone();
        older[older.length - 1]++;
        var count = new AtomicInteger();
        UnreliableServer server = server(request -> count.getAndIncrement() == 0
                ? Reply.of("200 OK", older, "Content-Length: " + older.length, "ETag: \"old\"")
                        .cutAfter(older.length / 2)
                : Reply.whole(weights));
        assertArrived(download(entry(server)));
        assertEquals("\"old\"", forWeights(server).get(1).header("If-Range").orElseThrow());
    }

    @Test
    void aServerThatIgnoresRangesAndAlwaysCutsIsGivenUp() throws Exception {
        UnreliableServer server = server(request -> Reply.whole(weights).cutAfter(weights.length / 2));
        assertEquals(Kind.TRY_AGAIN, failed(entry(server)).kind());
        assertTrue(
                forWeights(server).size() <= 2 * POLICY.attempts(),
                "requests: " + forWeights(server).size());
    }

    @Test
    void withoutAVersionMarkNothingIsGluedTogether() throws Exception {
        var count = new AtomicInteger();
        UnreliableServer server = server(request -> {
            Reply whole = Reply.of("200 OK", weights, "Content-Length: " + weights.length, "ETag: W/\"weak\"");
            return count.getAndIncrement() == 0 ? whole.cutAfter(1000) : whole;
        });
        assertArrived(download(entry(server)));
        assertTrue(forWeights(server).get(1).header("Range").isEmpty());
    }

    @Test
    void anotherPartThanAskedForIsNotUsed() throws Exception {
        var count = new AtomicInteger();
        UnreliableServer server = server(request -> switch (count.getAndIncrement()) {
            case 0 -> Reply.whole(weights).cutAfter(1000);
            case 1 ->
                Reply.of(
                        "206 Partial Content",
                        weights,
                        "Content-Length: " + weights.length,
                        "Content-Range: bytes 0-" + (weights.length - 1) + "/" + weights.length);
            default -> Reply.whole(weights);
        });
        assertArrived(download(entry(server)));
    }

    @Test
    void aFileThatWasWholeAlreadyIsTaken() throws Exception {
        UnreliableServer server = server(request -> request.from() == weights.length
                ? Reply.status(
                        "416 Range Not Satisfiable", "Content-Range: bytes */" + weights.length, "Content-Length: 0")
                : Reply.status("500 Oops", "Content-Length: 0"));
        var part = new PartFile(library().staging().folder(entry(server)).resolve(WEIGHTS));
        part.restart(Optional.of("\"one\""));
        part.append(weights, weights.length);
        assertArrived(download(entry(server)));
    }

    @Test
    void aLengthThatIsNeverReachedIsGivenUp() throws Exception {
        UnreliableServer server = server(request -> {
            byte[] rest = Arrays.copyOfRange(weights, request.from(), weights.length);
            String range = "Content-Range: bytes " + request.from() + "-" + (weights.length + 99) + "/"
                    + (weights.length + 100);
            return Reply.of(
                    request.from() == 0 ? "200 OK" : "206 Partial Content",
                    rest,
                    "Content-Length: " + (rest.length + 100),
                    "ETag: \"one\"",
                    request.from() == 0 ? "X-None: 0" : range);
        });
        DownloadException failure = failed(entry(server));
        assertEquals(Kind.TRY_AGAIN, failure.kind());
        assertSays("could not be fetched", failure);
    }

    @Test
    void anotherLengthThanTheCataloguesIsRefusedBeforeItComes() throws Exception {
        UnreliableServer server = server(request -> Reply.whole(weights));
        DownloadException failure = failed(entry(server, Optional.empty(), weights.length + 1L));
        assertEquals(Kind.REFUSED, failure.kind());
        assertEquals(1, forWeights(server).size());
        assertSays(String.valueOf(weights.length), failure);
        assertRefused(ModelRefusal.CHANGED_SINCE, failure);
    }

    @Test
    void moreThanTheCatalogueSaysIsNotKept() throws Exception {
        UnreliableServer server = server(request -> Reply.of("200 OK", weights, "ETag: \"one\""));
        DownloadException failure = failed(entry(server, Optional.empty(), weights.length - 10L));
        assertEquals(Kind.REFUSED, failure.kind());
        assertEquals(0, new PartFile(library().staging().folder(entry(server)).resolve(WEIGHTS)).length());
    }

    @Test
    void wrongBytesAreNotKept() throws Exception {
        byte[] wrong = weights.clone();
        wrong[wrong.length / 2] ^= 1;
        UnreliableServer server = server(request -> Reply.whole(wrong));
        var failure = assertThrows(ModelException.class, () -> download(entry(server)));
        assertSays("SHA-256", failure);
        assertRefused(ModelRefusal.DAMAGED_DOWNLOAD, failure);
        assertFalse(Files.exists(root().resolve("tiny")));
        assertEquals(0, new PartFile(library().staging().folder(entry(server)).resolve(WEIGHTS)).length());
    }

    @Test
    void partsThatDoNotFitTogetherAreFetchedOnceMore() throws Exception {
        byte[] wrong = weights.clone();
        wrong[10] ^= 1;
        var part = new PartFile(root().resolve(".downloads/tiny").resolve(WEIGHTS));
        part.restart(Optional.of("\"one\""));
        part.append(wrong, 5000);
        UnreliableServer server = server(request -> Reply.rest(weights, request));
        assertArrived(download(entry(server)));
        assertEquals(
                List.of(5000, 0), forWeights(server).stream().map(Request::from).toList());
    }

    @Test
    void theChecksumThatTheHubAnnouncesIsHeldAgainstTheFile() throws Exception {
        UnreliableServer storage = server(request -> Reply.whole(weights));
        UnreliableServer hub = server(request -> Reply.status(
                "302 Found",
                "Location: " + storage.address(WEIGHTS),
                "X-Linked-Etag: \"" + "ab".repeat(32) + "\"",
                "Content-Length: 0"));
        var failure = assertThrows(ModelException.class, () -> download(entry(hub, Optional.empty(), null)));
        assertSays("abab", failure);
    }

    @Test
    void theTokenStaysWithItsHostThroughRedirects() throws Exception {
        tokens().save("127.0.0.1", "secret-of-mine");
        UnreliableServer storage = server(request -> Reply.whole(weights));
        String elsewhere = "http://localhost:" + storage.port() + "/" + WEIGHTS;
        UnreliableServer hub = server(request -> request.target().startsWith("/moved")
                ? Reply.status("307 Temporary Redirect", "Location: " + elsewhere, "Content-Length: 0")
                : Reply.status("302 Found", "Location: /moved/" + WEIGHTS, "Content-Length: 0"));
        assertArrived(download(entry(hub)));
        for (Request request : hub.requests) {
            assertEquals(
                    "Bearer secret-of-mine", request.header("Authorization").orElseThrow());
        }
        assertEquals(1, storage.requests.size());
        assertTrue(storage.requests.getFirst().header("Authorization").isEmpty());
    }

    @Test
    void theTokenIsNotSentAgainToItsHostAfterAnother() throws Exception {
        tokens().save("127.0.0.1", "secret-of-mine");
        var hub = new AtomicReference<UnreliableServer>();
        UnreliableServer middle = server(request ->
                Reply.status("302 Found", "Location: " + hub.get().address("back/" + WEIGHTS), "Content-Length: 0"));
        hub.set(server(request -> request.target().startsWith("/back")
                ? Reply.whole(weights)
                : Reply.status(
                        "302 Found",
                        "Location: http://localhost:" + middle.port() + "/" + WEIGHTS,
                        "Content-Length: 0")));
        assertArrived(download(entry(hub.get())));
        assertTrue(hub.get().requests.getLast().header("Authorization").isEmpty());
    }

    @Test
    void noMessageAndNoLogCarriesTheToken() throws Exception {
        tokens().save("127.0.0.1", "secret-of-mine");
        try (var log = new RecordedLog()) {
            UnreliableServer server = server(request -> Reply.status("503 Busy", "Content-Length: 0"));
            DownloadException failure = failed(entry(server));
            assertFalse(failure.toString().contains("secret"));
            String logged = log.entries().stream()
                    .map(entry -> entry.getMessage() + Arrays.toString(entry.getParameters()))
                    .collect(Collectors.joining("\n"));
            assertFalse(logged.isEmpty());
            assertFalse(logged.contains("secret"), logged);
        }
    }

    @ParameterizedTest
    @CsvSource({"file:///etc/hosts", "ftp://127.0.0.1/x", "/again"})
    void redirectsThatLeadNowhereAreNotFollowed(String location) throws Exception {
        UnreliableServer server =
                server(request -> Reply.status("302 Found", "Location: " + location, "Content-Length: 0"));
        assertEquals(Kind.REFUSED, failed(entry(server)).kind());
    }

    @ParameterizedTest
    @CsvSource({
        "401 Unauthorized,NEEDS_TOKEN,NEEDS_TOKEN",
        "403 Forbidden,NEEDS_TOKEN,NEEDS_TOKEN",
        "404 Not Found,REFUSED,GONE",
        "418 Teapot,REFUSED,UNEXPECTED_ANSWER"
    })
    void aDecidedNoIsNotAskedTwice(String status, Kind kind, ModelRefusal refusal) throws Exception {
        UnreliableServer server = server(request -> Reply.status(status, "Content-Length: 0"));
        DownloadException failure = failed(entry(server));
        assertEquals(kind, failure.kind());
        assertEquals(1, forWeights(server).size());
        assertSays(status.substring(0, 3), failure);
        assertRefused(refusal, failure);
    }

    @Test
    void aBusyServerIsGivenTheTimeItAsksFor() throws Exception {
        var count = new AtomicInteger();
        UnreliableServer server = server(request -> switch (count.getAndIncrement()) {
            case 0 -> Reply.status("429 Too Many Requests", "Retry-After: 7", "Content-Length: 0");
            case 1 -> Reply.status("503 Busy", "Retry-After: Thu, 01 Jan 2026 00:00:42 GMT", "Content-Length: 0");
            case 2 -> Reply.status("503 Busy", "Content-Length: 0");
            default -> Reply.whole(weights);
        });
        assertArrived(download(entry(server)));
        assertEquals(List.of(Duration.ofSeconds(7), Duration.ofSeconds(42), Duration.ofSeconds(4)), pauses);
    }

    @Test
    void aServerThatAsksForTooMuchTimeIsLeft() throws Exception {
        UnreliableServer server = server(request -> Reply.status("503 Busy", "Retry-After: 7200", "Content-Length: 0"));
        DownloadException failure = failed(entry(server));
        assertEquals(Kind.TRY_AGAIN, failure.kind());
        assertSays("120 minutes", failure);
        assertRefused(ModelRefusal.SERVER_BUSY, failure);
        assertEquals(List.of(), pauses);
    }

    @Test
    void aSilentConnectionIsTakenAsDead() throws Exception {
        policy = IMPATIENT;
        var count = new AtomicInteger();
        UnreliableServer server = server(request -> count.getAndIncrement() == 0
                ? Reply.whole(weights).cutAfter(2000).thenSilentFor(3_600_000)
                : Reply.rest(weights, request));
        assertArrived(download(entry(server)));
    }

    @Test
    void aServerThatDoesNotBeginToAnswerIsGivenUp() throws Exception {
        policy = IMPATIENT;
        UnreliableServer server = server(request -> {
            LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
            return Reply.whole(weights);
        });
        DownloadException failure = failed(entry(server));
        assertEquals(Kind.TRY_AGAIN, failure.kind());
        assertSays("the server does not answer", failure);
        assertRefused(ModelRefusal.SERVER_SILENT, failure);
        assertEquals(POLICY.attempts(), forWeights(server).size());
    }

    /** The limit of a request is one for the head of the answer or for all of it, as the version of Java has it. */
    @Test
    void aRequestHasNoLimitThatCouldCutALongBody() throws Exception {
        UnreliableServer server = server(request -> Reply.whole(weights));
        var manner = new Web.Manner("Studio-Test", Optional.of(ProxySelector.of(null)), Duration.ofSeconds(20));
        try (var web = new Web(manner)) {
            WebClient.Answer answer = new WebClient(tokens(), web)
                    .get(server.address(WEIGHTS), Map.of(), Duration.ofSeconds(20), cancellation);
            answer.response().body().close();
            assertEquals(Optional.empty(), answer.response().request().timeout());
        }
    }

    /** As docs/models.md has it. */
    @Test
    void theStudioAsksSixTimesWithinHalfAMinuteAndForTwoModelsAtATime() {
        RetryPolicy polite = RetryPolicy.POLITE;
        assertEquals(6, polite.attempts());
        assertEquals(Duration.ofMinutes(5), polite.longest());
        assertEquals(Duration.ofSeconds(60), polite.silence());
        var waits = new ArrayList<Duration>();
        for (int failures = 1; failures < polite.attempts(); failures++) {
            waits.add(polite.backoff(failures));
        }
        assertEquals(
                Duration.ofSeconds(1 + 2 + 4 + 8 + 16),
                waits.stream().reduce(Duration::plus).orElseThrow());
        assertEquals(2, Downloader.AT_A_TIME);
    }

    @Test
    void noServerIsASentenceAfterTheLastAttempt() throws Exception {
        UnreliableServer server = server(request -> Reply.whole(weights));
        CatalogueEntry entry = entry(server);
        server.close();
        DownloadException failure = failed(entry);
        assertEquals(Kind.TRY_AGAIN, failure.kind());
        assertSays("there is no connection", failure);
        assertRefused(ModelRefusal.NO_CONNECTION, failure);
        assertEquals(POLICY.attempts() - 1, pauses.size());
    }

    @ParameterizedTest
    @CsvSource({"text/html; charset=utf-8", "Text/HTML"})
    void theSignInPageOfANetworkIsNoModel(String type) throws Exception {
        UnreliableServer server = server(request -> Reply.of(
                "200 OK", "<html>".getBytes(StandardCharsets.UTF_8), "Content-Type: " + type, "Content-Length: 6"));
        DownloadException failure = failed(entry(server));
        assertSays("sign in", failure);
        assertRefused(ModelRefusal.WEB_PAGE, failure);
    }

    /** The page does not say that it is one. */
    @Test
    void aConfigurationThatIsNoneIsFetchedAnewTheNextTime() throws Exception {
        var asked = new AtomicInteger();
        UnreliableServer server = new UnreliableServer(request -> {
            String path = request.target().substring(1);
            if (path.equals("unet/config.json") && asked.getAndIncrement() == 0) {
                return Reply.whole("Sign in first".getBytes(StandardCharsets.UTF_8));
            }
            try {
                return Reply.rest(Files.readAllBytes(FIXTURE.resolve(path)), request);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        open.add(server);
        CatalogueEntry entry = entry(server, Optional.empty(), null);
        assertThrows(ModelException.class, () -> download(entry));
        assertArrived(download(entry));
        assertEquals(2, asked.get());
        assertEquals(1, forWeights(server).size(), "weights are kept");
    }

    @Test
    void offlineNothingIsAsked() throws Exception {
        UnreliableServer server = server(request -> Reply.whole(weights));
        var failure = assertThrows(
                DownloadException.class,
                () -> downloader(ProxySelector.of(null), true)
                        .download(entry(server), ProgressListener.NONE, cancellation));
        assertSays("offline", failure);
        assertRefused(ModelRefusal.OFFLINE, failure);
        assertEquals(0, server.requests.size());
    }

    @Test
    void requestsGoThroughTheProxy() throws Exception {
        UnreliableServer origin = server(request -> Reply.status("500 Oops", "Content-Length: 0"));
        var asked = new CopyOnWriteArrayList<String>();
        UnreliableServer proxy = new UnreliableServer(request -> {
            asked.add(request.target());
            String path = URI.create(request.target()).getPath().substring(1);
            try {
                return Reply.whole(Files.readAllBytes(FIXTURE.resolve(path)));
            } catch (IOException e) {
                return Reply.status("404 Not Found", "Content-Length: 0");
            }
        });
        open.add(proxy);
        var selector = ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
        assertArrived(downloader(selector, false).download(entry(origin), ProgressListener.NONE, cancellation));
        assertEquals(FILES.size(), asked.size());
        assertEquals(0, origin.requests.size());
    }

    /** One that is to make a connection to a safe address, and answers with a status. */
    @ParameterizedTest
    @CsvSource({
        "407 Proxy Authentication Required,PROXY_ASKS_PASSWORD,REFUSED,1",
        "403 Forbidden,PROXY_REFUSES,REFUSED,1",
        "503 Service Unavailable,PROXY_REFUSES,TRY_AGAIN,4"
    })
    void aProxyThatSaysNoIsNamed(String status, ModelRefusal refusal, Kind kind, int attempts) throws Exception {
        UnreliableServer proxy = new UnreliableServer(
                request -> Reply.status(status, "Proxy-Authenticate: Basic realm=\"gate\"", "Content-Length: 0"));
        open.add(proxy);
        var selector = ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
        CatalogueEntry safe = withFiles(
                entry(proxy),
                FILES.stream()
                        .map(path -> new CatalogueFile(path, URI.create("https://hub.example.org/" + path), null, null))
                        .toList());
        var failure = assertThrows(
                DownloadException.class,
                () -> downloader(selector, false).download(safe, ProgressListener.NONE, cancellation));
        assertEquals(kind, failure.kind());
        assertRefused(refusal, failure);
        assertSays(":" + proxy.port(), failure);
        assertEquals(
                Collections.nCopies(attempts, "hub.example.org:443"),
                proxy.requests.stream().map(Request::target).toList());
    }

    private static CatalogueEntry withFiles(CatalogueEntry entry, List<CatalogueFile> files) {
        return like(entry, entry.id(), entry.bytes(), files);
    }

    private static CatalogueEntry like(CatalogueEntry entry, String id, long bytes, List<CatalogueFile> files) {
        return new CatalogueEntry(
                id,
                entry.name(),
                entry.goodFor(),
                entry.licence(),
                entry.licencePage(),
                entry.attribution(),
                entry.page(),
                false,
                bytes,
                files);
    }

    @Test
    void whatIsNoModelDoesNotMoveIntoPlace() throws Exception {
        UnreliableServer server = server(request -> Reply.whole(weights));
        CatalogueEntry whole = entry(server);
        CatalogueEntry partial = withFiles(whole, whole.files().subList(0, 2));
        assertThrows(ModelException.class, () -> download(partial));
        assertFalse(Files.exists(root().resolve("tiny")));
    }

    @Test
    void aDownloadWhoseManifestCannotBeWrittenEndsAsWhatCannotBeWritten() throws Exception {
        CatalogueEntry entry = entry(server(request -> Reply.whole(weights)));
        Path manifest =
                Files.createDirectories(library().staging().folder(entry).resolve("studio.json"));
        var failure = assertThrows(ModelException.class, () -> download(entry));
        assertEquals(ModelRefusal.UNWRITABLE.with(manifest), failure.trouble());
    }

    @Test
    @SuppressWarnings("try") // held, not used
    void twoProgramsDoNotFetchTheSameModel() throws Exception {
        UnreliableServer server = server(request -> Reply.whole(weights));
        try (var ignored = library().staging().lock(entry(server))) {
            var failure = assertThrows(ModelException.class, () -> download(entry(server)));
            assertSays("already", failure);
        }
        assertArrived(download(entry(server)));
        assertThrows(ModelException.class, () -> download(entry(server)), "it is there");
    }

    private static List<Boolean> withToken(UnreliableServer server) {
        return forWeights(server).stream()
                .map(request -> request.header("Authorization").isPresent())
                .toList();
    }

    /** The hub refuses a dead token for what everybody may have, too. */
    @Test
    void aDeadTokenDoesNotKeepFromWhatEverybodyMayHave() throws Exception {
        tokens().save("127.0.0.1", "dead-one");
        UnreliableServer server =
                server(request -> request.header("Authorization").isPresent()
                        ? Reply.status("401 Unauthorized", "Content-Length: 0")
                        : Reply.whole(weights));
        assertArrived(download(entry(server)));
        assertEquals(List.of(true, false), withToken(server));
    }

    @Test
    void aTokenThatIsRefusedIsNamedAndNotRepeated() throws Exception {
        tokens().save("127.0.0.1", "dead-one");
        UnreliableServer server = server(request -> Reply.status("401 Unauthorized", "Content-Length: 0"));
        DownloadException failure = failed(entry(server));
        assertEquals(Kind.NEEDS_TOKEN, failure.kind());
        assertRefused(ModelRefusal.TOKEN_REFUSED, failure);
        assertSays(tokens().file().toString(), failure);
        assertFalse(failure.toString().contains("dead-one"));
        assertEquals(List.of(true, false), withToken(server));
    }

    @Test
    void aVariableThatCanBeNoTokenIsNamedWhereOneIsWanted() throws Exception {
        environment = Map.of("HF_TOKEN", "two words");
        UnreliableServer server = server(request -> Reply.status("401 Unauthorized", "Content-Length: 0"));
        DownloadException failure = failed(entry(server));
        assertEquals(Kind.NEEDS_TOKEN, failure.kind());
        assertRefused(ModelRefusal.TOKEN_UNUSABLE, failure);
        assertSays("HF_TOKEN is set but is no token", failure);
        assertFalse(failure.toString().contains("refuses"));
        assertFalse(failure.toString().contains("two words"));
        assertEquals(List.of(false), withToken(server));
    }

    /** An old variable must not hide what the user has given since. */
    @Test
    void whereTheTokenOfTheEnvironmentIsDeadThatOfTheFileIsTaken() throws Exception {
        tokens().save("127.0.0.1", "good-one");
        environment = Map.of("HF_TOKEN", "dead-one");
        var answers = new AtomicInteger();
        UnreliableServer server = server(request -> {
            if (!request.header("Authorization").orElse("").equals("Bearer good-one")) {
                return Reply.status("401 Unauthorized", "Content-Length: 0");
            }
            Reply rest = Reply.rest(weights, request);
            return answers.getAndIncrement() == 0 ? rest.cutAfter(weights.length / 2) : rest;
        });
        assertArrived(download(entry(server)));
        assertEquals(
                List.of("Bearer dead-one", "Bearer good-one", "Bearer good-one"),
                forWeights(server).stream()
                        .map(request -> request.header("Authorization").orElse(""))
                        .toList());
    }

    @Test
    void whereBothTokensAreDeadNoneIsSent() throws Exception {
        tokens().save("127.0.0.1", "other-dead-one");
        environment = Map.of("HF_TOKEN", "dead-one");
        UnreliableServer server =
                server(request -> request.header("Authorization").isPresent()
                        ? Reply.status("401 Unauthorized", "Content-Length: 0")
                        : Reply.whole(weights));
        assertArrived(download(entry(server)));
        assertEquals(List.of(true, true, false), withToken(server));
    }

    private CatalogueEntry entryOfKnownLength(UnreliableServer server) throws ModelException {
        return entry(server, Optional.of(ContentHash.ofFile(FIXTURE.resolve(WEIGHTS))), (long) weights.length);
    }

    private PartFile part(UnreliableServer server, Optional<String> mark, byte[] bytes) throws ModelException {
        var part = new PartFile(library().staging().folder(entry(server)).resolve(WEIGHTS));
        part.restart(mark);
        part.append(bytes, bytes.length);
        return part;
    }

    @Test
    void ofAFileThatHasArrivedNobodyIsAsked() throws Exception {
        UnreliableServer server = server(request -> Reply.status("416 Range Not Satisfiable", "Content-Length: 0"));
        part(server, Optional.empty(), weights);
        assertArrived(download(entryOfKnownLength(server)));
        assertEquals(List.of(), forWeights(server));
    }

    @Test
    void whatIsOnlyAsLongIsFetchedAnew() throws Exception {
        UnreliableServer server = server(request -> Reply.rest(weights, request));
        part(server, Optional.empty(), new byte[weights.length]);
        assertArrived(download(entryOfKnownLength(server)));
        assertEquals(1, forWeights(server).size());
    }

    @Test
    void aServerNeedNotSayHowLongTheFileIsThatHasArrived() throws Exception {
        UnreliableServer server = server(request -> Reply.status("416 Range Not Satisfiable", "Content-Length: 0"));
        part(server, Optional.of("\"one\""), weights);
        assertArrived(download(entry(server, Optional.empty(), (long) weights.length)));
        assertEquals(1, forWeights(server).size());
    }

    @Test
    void aPartOfAnotherVersionIsNotGluedOn() throws Exception {
        UnreliableServer server = server(request -> Reply.rest(weights, request));
        part(server, Optional.of("\"another\""), new byte[5000]);
        assertArrived(download(entry(server, Optional.empty(), null)));
        assertEquals(
                List.of(5000, 0), forWeights(server).stream().map(Request::from).toList());
    }

    /** One from the first byte on is as good as the whole. */
    @ParameterizedTest
    @CsvSource({"0,1", "10,2", "1000,2"})
    void aPartThatNobodyAskedForIsNotGluedOn(int from, int requests) throws Exception {
        var count = new AtomicInteger();
        byte[] rest = Arrays.copyOfRange(weights, from, weights.length);
        UnreliableServer server = server(request -> count.getAndIncrement() > 0
                ? Reply.whole(weights)
                : Reply.of(
                        "206 Partial Content",
                        rest,
                        "Content-Length: " + rest.length,
                        "Content-Range: bytes " + from + "-" + (weights.length - 1) + "/" + weights.length));
        part(server, Optional.empty(), new byte[1000]);
        assertArrived(download(entry(server, Optional.empty(), null)));
        assertEquals(requests, forWeights(server).size());
    }

    @Test
    void aSpoiltVersionMarkIsNone() throws Exception {
        var part = new PartFile(folder.resolve("x"));
        part.restart(Optional.of("\"one\""));
        part.append(new byte[1], 1);
        assertEquals(Optional.of("\"one\""), part.version());
        for (String spoilt : List.of("", "\"cut", "a\u0007b", "\u00e9")) {
            Files.writeString(folder.resolve("x.part.version"), spoilt, StandardCharsets.ISO_8859_1);
            assertEquals(Optional.empty(), part.version());
        }
    }

    private List<Progress> of(Activity.Work work) {
        return progress.stream().filter(said -> said.activity().equals(work)).toList();
    }

    @Test
    void whileNothingComesNoTimeIsPromised() throws Exception {
        var count = new AtomicInteger();
        UnreliableServer server = server(request -> count.getAndIncrement() == 0
                ? Reply.status("503 Busy", "Retry-After: 7", "Content-Length: 0")
                : Reply.whole(weights));
        assertArrived(download(entry(server)));
        assertEquals(1, of(Activity.Work.WAITING).size());
        assertEquals(FILES.size(), of(Activity.Work.CHECKING_FILES).size());
        for (Progress said : progress) {
            assertTrue(
                    !(said.activity() instanceof Activity.Work)
                            || said.remaining().isEmpty(),
                    said::toString);
        }
    }

    private static CatalogueEntry named(String id, CatalogueEntry entry) {
        return like(entry, id, entry.bytes(), entry.files());
    }

    /** Asks for a model while two others have the places, which they keep until the latch is down. */
    @FunctionalInterface
    private interface Third {
        void ask(Downloader downloader, CatalogueEntry entry, CountDownLatch over) throws Exception;
    }

    private UnreliableServer askWhileTwoCome(Third third) throws Exception {
        var begun = new CountDownLatch(2);
        var over = new CountDownLatch(1);
        UnreliableServer server = server(request -> {
            begun.countDown();
            Latches.await(over);
            return Reply.rest(weights, request);
        });
        CatalogueEntry entry = entry(server);
        Downloader downloader = downloader();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Path>> two = Stream.of("one", "two")
                    .map(id -> threads.submit(() ->
                            downloader.download(named(id, entry), ProgressListener.NONE, new CancellationToken())))
                    .toList();
            try {
                begun.await();
                third.ask(downloader, named("three", entry), over);
            } finally {
                over.countDown();
            }
            for (Future<Path> each : two) {
                assertTrue(Files.exists(each.get().resolve(WEIGHTS)));
            }
        }
        return server;
    }

    @Test
    void aThirdModelWaitsForItsPlaceAndSaysSo() throws Exception {
        askWhileTwoCome((downloader, entry, over) -> assertThrows(
                CancellationException.class,
                () -> downloader.download(
                        entry,
                        said -> {
                            progress.add(said);
                            cancellation.cancel();
                        },
                        cancellation)));
        assertEquals(
                List.of(Activity.Work.WAITING),
                progress.stream().map(Progress::activity).toList());
    }

    @Test
    void aModelThatAnotherProgramHasInstalledWhileItWaitedIsNotFetchedAgain() throws Exception {
        UnreliableServer server = askWhileTwoCome((downloader, entry, over) -> {
            Path installed = root().resolve(entry.id());
            ProgressListener installs = said -> {
                if (said.activity().equals(Activity.Work.WAITING)) {
                    assertTrue(installed.toFile().mkdir());
                    over.countDown();
                }
            };
            assertEquals(installed, downloader.download(entry, installs, cancellation));
        });
        assertEquals(2 * FILES.size(), server.requests.size());
    }
}
