package dev.noisediffusion.model;

import dev.noisediffusion.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Hashes of files that are large and rarely change, remembered under the file's path as long as its size and its time of
 * modification stay the same. Memory that cannot be read or written only costs time. Safe for any thread and several processes.
 */
final class FileHashes {
    private static final System.Logger LOG = System.getLogger(FileHashes.class.getName());

    /** A file younger than this may change again without another time: clocks of file systems tick up to every two seconds. */
    private static final Duration TICK = Duration.ofSeconds(3);

    private final Path folder;
    private final Clock clock;

    /**
     * A memory of hashes.
     *
     * @param folder for one small file a hash; it is made when it is needed
     */
    FileHashes(Path folder) {
        this(folder, Clock.systemUTC());
    }

    FileHashes(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * The SHA-256 of a file's bytes in hexadecimal.
     *
     * @throws ModelException if the file cannot be read
     * @throws java.util.concurrent.CancellationException soon after the current token was cancelled
     */
    String of(Path file) throws ModelException {
        State before = state(file);
        Path memory = folder.resolve(ContentHash.ofTexts(before.path()));
        Optional<String> known = recall(memory, before);
        if (known.isPresent()) {
            return known.get();
        }
        String hash = ContentHash.ofFile(file);
        if (before.equals(state(file)) && before.isOlderThan(TICK, clock)) {
            remember(memory, before, hash);
        }
        return hash;
    }

    /**
     * Takes over the hash of a file that the caller has just written whole and that nobody writes to again.
     *
     * @param hash SHA-256 of its bytes in hexadecimal
     * @throws ModelException if the file cannot be read
     */
    void know(Path file, String hash) throws ModelException {
        State now = state(file);
        remember(folder.resolve(ContentHash.ofTexts(now.path())), now, hash);
    }

    /** Forgets everything. */
    void clear() throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
                for (Path memory : all) {
                    Files.deleteIfExists(memory);
                }
            }
        }
    }

    /** What decides whether a file is the one that was read. */
    private record State(String path, long size, Instant modified) {
        boolean isOlderThan(Duration age, Clock clock) {
            return modified.isBefore(clock.instant().minus(age));
        }

        String line(String hash) {
            return size + " " + modified + " " + hash;
        }
    }

    private static State state(Path file) throws ModelException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new State(
                    file.toRealPath().toString(),
                    attributes.size(),
                    attributes.lastModifiedTime().toInstant());
        } catch (IOException e) {
            throw ModelException.failed(file, "read", e);
        }
    }

    private static Optional<String> recall(Path memory, State state) {
        if (!Files.exists(memory)) {
            return Optional.empty();
        }
        try {
            String line = new String(Files.readAllBytes(memory), StandardCharsets.UTF_8);
            String hash = line.substring(line.lastIndexOf(' ') + 1);
            return Optional.of(hash)
                    .filter(found -> found.matches("[0-9a-f]{64}"))
                    .filter(found -> state.line(found).equals(line));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "A hash could not be recalled from " + memory, e);
            return Optional.empty();
        }
    }

    private void remember(Path memory, State state, String hash) {
        try {
            AtomicFile.write(memory, state.line(hash).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "A hash could not be kept in " + memory, e);
        }
    }
}
