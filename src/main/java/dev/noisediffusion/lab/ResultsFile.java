package dev.noisediffusion.lab;

import dev.noisediffusion.export.ExportException;
import dev.noisediffusion.files.Turns;
import dev.noisediffusion.job.LabRefusal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Results on their way: a header line, then a line for each piece of work, written and forced to the disk when it is done.
 * A line counts when its end is there: what an interrupted run left of one is cut off when the file is opened again.
 */
final class ResultsFile implements AutoCloseable {
    /** Of the whole results. */
    static final String NAME = "results.jsonl";

    /** What a file holds. */
    record Content(Header header, List<Row> rows) {}

    private final Path file;
    private final FileChannel channel;
    private final Turns.Turn turn;
    private int next;

    private ResultsFile(Path file, FileChannel channel, Turns.Turn turn, int next) {
        this.file = file;
        this.channel = channel;
        this.turn = turn;
        this.next = next;
    }

    /**
     * Opens a file to go on with it, or to begin it.
     *
     * @param first item of its first line
     * @throws LabException if it holds results of something else, is damaged, or another process writes it
     * @throws ExportException if it cannot be written
     */
    static ResultsFile open(Path file, Header header, int first) throws LabException, ExportException {
        Turns.Turn turn = null;
        FileChannel channel = null;
        try {
            turn = turn(file);
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            byte[] whole = wholeLines(Files.readAllBytes(file));
            int next = first;
            if (whole.length > 0) {
                next = first + rowsOf(file, whole, header, first);
            }
            channel.truncate(whole.length);
            channel.position(whole.length);
            if (whole.length == 0) {
                append(channel, LabJson.MAPPER.writeValueAsString(header));
            }
            return new ResultsFile(file, channel, turn, next);
        } catch (IOException e) {
            close(channel, e);
            close(turn, e);
            if (e instanceof LabException sentence) {
                throw sentence;
            }
            throw new ExportException(
                    LabRefusal.NOT_WRITTEN.with(file), file + " cannot be written; choose another folder.", e);
        }
    }

    private static void close(@Nullable Closeable open, IOException reason) {
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                reason.addSuppressed(e);
            }
        }
    }

    /**
     * Takes the turn at writing results. It is that of a file of its own beside them: the results are read while they are written,
     * and on POSIX systems a reader's {@code close} would end a lock that lay on them. One process runs one experiment in a
     * folder at a time; where files cannot be locked, that is left to whoever starts them.
     *
     * @throws LabException if another run has it
     */
    static Turns.Turn turn(Path results) throws IOException {
        return turn(results, new Turns());
    }

    /** @param turns at the file beside the results */
    static Turns.Turn turn(Path results, Turns turns) throws IOException {
        Path folder = Files.createDirectories(results.toAbsolutePath().getParent());
        return turns.bestEffort()
                .tryTake(folder.resolve("." + results.getFileName() + ".lock"))
                .orElseThrow(() -> LabException.about(
                        results,
                        LabRefusal.IN_USE,
                        " is being written by another run; wait for it, or choose another folder.",
                        null));
    }

    private static int rowsOf(Path file, byte[] whole, Header header, int first) throws LabException {
        Content content = parse(file, whole);
        requireHeader(file, content, header);
        requireOrder(file, content.rows(), first);
        return content.rows().size();
    }

    /** Results must be those of one run. */
    static void requireHeader(Path file, Content content, Header header) throws LabException {
        if (!content.header().isOfSameRunAs(header)) {
            throw LabException.about(
                    file,
                    LabRefusal.OTHER_RUN,
                    " holds the results of another experiment, model, version, device or set of pictures;"
                            + " choose another folder, or delete it.",
                    null);
        }
    }

    /** Rows must be those of a run from its first item on. */
    static void requireOrder(Path file, List<Row> rows, int first) throws LabException {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).item() != first + i) {
                throw damaged(file, null);
            }
        }
    }

    private static LabException damaged(Path file, @Nullable Throwable cause) {
        return LabException.about(
                file, LabRefusal.DAMAGED, " is damaged; delete it and run the experiment again.", cause);
    }

    private static byte[] wholeLines(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    /**
     * Reads what is there, also while it is being written.
     *
     * @throws LabException if it cannot be read or is damaged
     */
    static Content read(Path file) throws LabException {
        try {
            return parse(file, wholeLines(Files.readAllBytes(file)));
        } catch (LabException e) {
            throw e;
        } catch (IOException e) {
            throw LabException.about(file, LabRefusal.UNREADABLE, " cannot be read; is the path right?", e);
        }
    }

    private static Content parse(Path file, byte[] bytes) throws LabException {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        if (lines.isEmpty()) {
            throw LabException.about(file, LabRefusal.EMPTY, " is empty; run the experiment again.", null);
        }
        Header header = LabJson.read(
                lines.getFirst(),
                Header.class,
                (reason, cause) -> LabException.about(
                        file,
                        LabRefusal.OTHER_VERSION,
                        " does not hold results of this version: " + reason
                                + "; run the experiment again in another folder.",
                        cause));
        var rows = new ArrayList<Row>();
        for (String line : lines.subList(1, lines.size())) {
            rows.add(LabJson.read(line, Row.class, (reason, cause) -> damaged(file, cause)));
        }
        return new Content(header, List.copyOf(rows));
    }

    /** The item of the line that comes next. */
    int next() {
        return next;
    }

    void append(Row row) throws ExportException {
        if (row.item() != next) {
            throw new IllegalArgumentException("Expected item " + next + ", found " + row.item());
        }
        try {
            append(channel, LabJson.MAPPER.writeValueAsString(row));
        } catch (IOException e) {
            throw new ExportException(
                    LabRefusal.NOT_WRITTEN_ANY_MORE.with(file),
                    file + " cannot be written any more; free some space, then the same command goes on from here.",
                    e);
        }
        next++;
    }

    private static void append(FileChannel channel, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        try (turn) {
            channel.close();
        }
    }
}
