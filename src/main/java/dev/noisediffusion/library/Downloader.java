package dev.noisediffusion.library;

import dev.noisediffusion.files.Turns;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.library.DownloadException.Kind;
import dev.noisediffusion.model.ContentHash;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.model.StudioManifest;
import dev.noisediffusion.web.Web;
import java.io.IOException;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Fetches models of the catalogue. A model grows in a folder beside the others under {@code .downloads} and moves into
 * place when it is whole, verified and recognised; what has arrived is kept when a download ends before that.
 * Files come one after another, and no more than two models at a time.
 */
public final class Downloader implements AutoCloseable {
    static final int AT_A_TIME = 2;
    private static final Duration CONNECTING = Duration.ofSeconds(20);

    private final Path root;
    private final Staging staging;
    private final Supplier<Connection> connection;
    private final Web web;
    private final FileTransfer transfer;
    private final Semaphore places = new Semaphore(AT_A_TIME, true);

    /**
     * How to go about it.
     *
     * @param library that models come into
     * @param tokens for models whose owners ask for one
     * @param userAgent how the studio names itself to servers
     * @param proxies between here and there
     * @param connection whether anything may be fetched; asked before each download, by the thread that makes it
     */
    public record Setup(
            ModelLibrary library,
            Tokens tokens,
            String userAgent,
            ProxySelector proxies,
            Supplier<Connection> connection) {}

    public Downloader(Setup setup) {
        this(setup, RetryPolicy.POLITE, Pause.real(), InstantSource.system());
    }

    Downloader(Setup setup, RetryPolicy policy, Pause pause, InstantSource clock) {
        root = setup.library().root();
        staging = setup.library().staging();
        connection = setup.connection();
        web = new Web(new Web.Manner(setup.userAgent(), Optional.of(setup.proxies()), CONNECTING));
        transfer = new FileTransfer(new WebClient(setup.tokens(), web), policy, pause, clock);
    }

    /** How servers are asked, for whatever else comes over the same line; closed with this. */
    public Web web() {
        return web;
    }

    /**
     * Fetches a model, or what is missing of it.
     *
     * @return its folder
     * @throws DownloadException with a sentence, if it cannot be fetched
     * @throws ModelException if it cannot be kept, or what came is not what was published
     */
    @SuppressWarnings("try") // held, not used
    public Path download(CatalogueEntry entry, ProgressListener progress, CancellationToken cancellation)
            throws DownloadException, ModelException, InterruptedException {
        Path target = root.resolve(entry.id());
        requirePossible(target);
        var meter = new TransferMeter(entry.bytes(), progress, System::nanoTime);
        waitForPlace(entry, meter, cancellation);
        try (Turns.Turn ignored = staging.lock(entry)) {
            // Another window or command may have fetched it while this one waited.
            if (!Files.exists(target)) {
                Files.move(grown(entry, meter, cancellation), target, StandardCopyOption.ATOMIC_MOVE);
                staging.arrivals(entry).delete();
            }
            meter.finish(new Activity.Named(entry.name()));
            return target;
        } catch (DownloadException e) {
            throw e;
        } catch (IOException e) {
            throw new ModelException(ModelRefusal.UNWRITABLE.with(target), target + " could not be written.", e);
        } finally {
            places.release();
        }
    }

    private void requirePossible(Path target) throws DownloadException, ModelException {
        Connection now = connection.get();
        if (now != Connection.ONLINE) {
            throw new DownloadException(
                    Kind.TRY_AGAIN,
                    (now == Connection.OFFLINE ? ModelRefusal.OFFLINE : ModelRefusal.OFFLINE_BY_ENVIRONMENT).with(),
                    "The studio is set to work offline, so nothing is downloaded. " + now.remedy());
        }
        if (Files.exists(target)) {
            throw new ModelException(
                    ModelRefusal.ALREADY_THERE.with(target),
                    target + " is there already; remove it first to download it again.",
                    null);
        }
    }

    private void waitForPlace(CatalogueEntry entry, TransferMeter meter, CancellationToken cancellation)
            throws InterruptedException {
        // tryAcquire() without a time ignores the fairness of the semaphore and would go before those who wait already.
        if (places.tryAcquire(0, TimeUnit.MILLISECONDS)) {
            return;
        }
        meter.still(staging.arrived(entry), Activity.Work.WAITING);
        cancellation.throwIfCancelled();
        cancellation.await(places::tryAcquire);
    }

    /** The folder with the whole model, once it is verified and recognised. */
    private Path grown(CatalogueEntry entry, TransferMeter meter, CancellationToken cancellation)
            throws IOException, ModelException, InterruptedException {
        Map<String, String> checksums = kept(entry, meter, cancellation);
        Room.require(entry.name(), entry.bytes() - staging.arrived(entry), root);
        Path growing = staging.folder(entry);
        fetchMissing(entry, checksums, meter, cancellation);
        if (!checksums.containsKey(StudioManifest.FILE_NAME)) {
            Manifests.write(entry, checksums, growing.resolve(StudioManifest.FILE_NAME));
        }
        requireModel(entry, growing);
        return growing;
    }

    /**
     * Looks whether what came is a model. Where it is none, the configurations that nobody vouches for are deleted, so that they are
     * fetched anew the next time: in place of one a network may have sent a page of its own, or its owner may mend it.
     */
    private static void requireModel(CatalogueEntry entry, Path growing) throws IOException, ModelException {
        try {
            ModelLayout.read(growing);
        } catch (ModelException e) {
            for (CatalogueFile file : entry.files()) {
                if (file.checksum().isEmpty() && file.path().matches(".*\\.(json|txt)")) {
                    Files.deleteIfExists(growing.resolve(file.path()));
                }
            }
            throw e;
        }
    }

    /**
     * Deletes whole files that are not what is to come: they would count as arrived, and need room beside what takes their place.
     *
     * @return the checksums of the others, by their names
     */
    private Map<String, String> kept(CatalogueEntry entry, TransferMeter meter, CancellationToken cancellation)
            throws IOException, ModelException {
        var checksums = new TreeMap<String, String>();
        Arrivals arrivals = staging.arrivals(entry);
        long before = 0;
        for (CatalogueFile file : entry.files()) {
            Path whole = staging.folder(entry).resolve(file.path());
            if (Files.exists(whole)) {
                meter.still(before, Activity.Work.CHECKING_FILES);
                String found = ContentHash.ofFile(whole, count -> cancellation.throwIfCancelled());
                if (isToCome(file, whole.toFile().length(), found, arrivals)) {
                    checksums.put(file.path(), found);
                    before += whole.toFile().length();
                } else {
                    Files.delete(whole);
                }
            }
        }
        return checksums;
    }

    /** Whether a file with that length and checksum is what the catalogue means, or what came from where it is to come from. */
    private static boolean isToCome(CatalogueFile file, long length, String found, Arrivals arrivals) {
        Long bytes = file.bytes();
        return (bytes == null || bytes == length)
                && found.equals(
                        file.checksum().or(() -> arrivals.checksum(file)).orElse(""));
    }

    /** @param checksums of the files that are there; gets those of the others */
    private void fetchMissing(
            CatalogueEntry entry, Map<String, String> checksums, TransferMeter meter, CancellationToken cancellation)
            throws DownloadException, ModelException, InterruptedException {
        Arrivals arrivals = staging.arrivals(entry);
        for (CatalogueFile file : entry.files()) {
            if (!checksums.containsKey(file.path())) {
                var part = new PartFile(staging.folder(entry).resolve(file.path()));
                long others = staging.arrived(entry) - part.length();
                checksums.put(file.path(), fetch(file, part, arrivals, meter, others, cancellation));
            }
        }
    }

    /**
     * Fetches a file that is not there yet, once more where what has come in parts does not fit together.
     *
     * @param others bytes of the other files that are there
     * @return its checksum
     */
    private String fetch(
            CatalogueFile file,
            PartFile part,
            Arrivals arrivals,
            TransferMeter meter,
            long others,
            CancellationToken cancellation)
            throws DownloadException, ModelException, InterruptedException {
        boolean resumed = part.version().isPresent() || FileTransfer.hasArrived(file, part);
        var watch = new FileTransfer.Watch(
                length -> meter.at(others + length, new Activity.Named(file.path())),
                length -> meter.still(others + length, Activity.Work.WAITING));
        while (true) {
            Optional<String> announced = transfer.fetch(file, part, watch, cancellation);
            if (part.length() == 0) {
                part.append(new byte[0], 0);
            }
            meter.still(others + part.length(), Activity.Work.CHECKING_FILES);
            String found = ContentHash.ofFile(part.path(), count -> cancellation.throwIfCancelled());
            String expected = file.checksum().or(() -> announced).orElse(found);
            if (found.equals(expected)) {
                arrivals.add(file, found);
                part.finish();
                return found;
            }
            part.restart(Optional.empty());
            if (!resumed) {
                throw new ModelException(
                        ModelRefusal.DAMAGED_DOWNLOAD.with(file.path(), file.host()),
                        file.path() + " came from " + file.host() + " with the SHA-256 " + found + " in place of "
                                + expected + ": it is damaged or not the file that was published, so it was not kept.",
                        null);
            }
            resumed = false;
        }
    }

    @Override
    public void close() {
        web.close();
    }
}
