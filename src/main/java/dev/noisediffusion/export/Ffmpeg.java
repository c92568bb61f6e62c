package dev.noisediffusion.export;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.FilmRefusal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;

/**
 * One run of the bundled FFmpeg as a child process, which cannot take the window down with it. What it says goes to a
 * file in its work folder, so that it never waits for a reader. It ends with its owner: on cancel, on close, and, as
 * its input then ends, with the virtual machine.
 */
final class Ffmpeg implements AutoCloseable {
    private static final String LOG = "ffmpeg.log";
    private static final int LOG_TAIL = 4000;
    /** What it tells of its progress, a few lines at a time. */
    private static final String NEWS = "progress.log";

    private static final String NEWS_SECONDS = "0.2";
    private static final int NEWS_TAIL = 1000;
    private static final Pattern ENCODED = Pattern.compile("frame=\\s*(\\d{1,9})");
    private static final long LOOK_MILLIS = 100;

    private final Process process;
    private final Path work;
    private final CancellationToken cancellation;
    private int told;
    private long looked = System.nanoTime();

    /** Finds the program. */
    @FunctionalInterface
    interface Program {
        /** Where it lies. */
        String path() throws ExportException;
    }

    /** Sends a film's frames. */
    @FunctionalInterface
    interface Feeder {
        /**
         * Sends them, in their order.
         *
         * @param sent to be run after each
         */
        void feed(OutputStream input, Runnable sent) throws IOException;
    }

    private Ffmpeg(Process process, Path work, CancellationToken cancellation) {
        this.process = process;
        this.work = work;
        this.cancellation = cancellation;
    }

    /**
     * Has the program say its version, so that one that cannot be started is known before there is anything to encode.
     *
     * @throws CancellationException if the film was cancelled
     * @throws ExportException if it does not start, or lacks what it needs
     */
    static void requireStarts(String program, CancellationToken cancellation) throws ExportException {
        cancellation.throwIfCancelled();
        Process process =
                started(new ProcessBuilder(program, "-version").redirectOutput(ProcessBuilder.Redirect.DISCARD));
        Runnable end = process::destroyForcibly;
        cancellation.onCancel(end);
        String said;
        int code;
        try {
            said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            code = process.waitFor();
        } catch (IOException e) {
            cancellation.throwIfCancelled();
            throw unusable(e);
        } catch (InterruptedException e) {
            throw interrupted(process, e);
        } finally {
            cancellation.forget(end);
        }
        cancellation.throwIfCancelled();
        if (code != 0) {
            throw unusable(new IOException("FFmpeg ended with code " + code + ": " + said.strip()));
        }
    }

    private static CancellationException interrupted(Process process, InterruptedException cause) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        return (CancellationException) new CancellationException("Interrupted").initCause(cause);
    }

    /**
     * Starts FFmpeg.
     *
     * @param work its current folder; arguments name files relative to it, so that no name can be mistaken for an option
     */
    static Ffmpeg start(Path work, List<String> arguments, CancellationToken cancellation) throws IOException {
        return start(executable(), work, arguments, cancellation);
    }

    /** The same with another program, which takes the same arguments. */
    static Ffmpeg start(String program, Path work, List<String> arguments, CancellationToken cancellation)
            throws IOException {
        cancellation.throwIfCancelled();
        var command = new ArrayList<String>();
        command.add(program);
        command.addAll(List.of("-hide_banner", "-nostdin", "-loglevel", "error", "-y"));
        command.addAll(List.of("-stats_period", NEWS_SECONDS, "-progress", NEWS));
        command.addAll(arguments);
        // A folder that is lost or full fails here, so that what fails below is the program.
        Path log = Files.write(work.resolve(LOG), new byte[0]);
        Files.write(work.resolve(NEWS), new byte[0]);
        var builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(log.toFile());
        Process process = started(builder);
        cancellation.onCancel(process::destroyForcibly);
        return new Ffmpeg(process, work, cancellation);
    }

    private static Process started(ProcessBuilder builder) throws ExportException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /**
     * Feeds the process and waits for its end.
     *
     * @param encoded hears how many more frames are encoded, which lie dozens behind those that were sent
     * @throws CancellationException if the film was cancelled
     * @throws IOException if it did not end well; the message is what it said
     */
    void run(Feeder feeder, IntConsumer encoded) throws IOException {
        IOException broken = null;
        try (OutputStream input = process.getOutputStream()) {
            feeder.feed(input, () -> tellNowAndThen(encoded));
        } catch (IOException e) {
            broken = e;
        }
        int code = await(() -> tell(encoded));
        cancellation.throwIfCancelled();
        if (code != 0 || broken != null) {
            throw new IOException("FFmpeg ended with code " + code + ": " + logTail(), broken);
        }
    }

    private int await(Runnable look) {
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                look.run();
            }
            look.run();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(process, e);
        }
    }

    /** A look may cost as much as a frame, where the folder lies on a network. */
    private void tellNowAndThen(IntConsumer encoded) {
        if (System.nanoTime() - looked >= TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
            tell(encoded);
        }
    }

    private void tell(IntConsumer encoded) {
        int now = encodedFrames();
        looked = System.nanoTime();
        if (now > told) {
            encoded.accept(now - told);
            told = now;
        }
    }

    private int encodedFrames() {
        try (var news = new RandomAccessFile(work.resolve(NEWS).toFile(), "r")) {
            var tail = new byte[(int) Math.min(news.length(), NEWS_TAIL)];
            news.seek(news.length() - tail.length);
            news.readFully(tail);
            return ENCODED.matcher(new String(tail, StandardCharsets.US_ASCII))
                    .results()
                    .mapToInt(frames -> Integer.parseInt(frames.group(1)))
                    .max()
                    .orElse(0);
        } catch (IOException noNews) {
            return told;
        }
    }

    private String logTail() throws IOException {
        String log = new String(Files.readAllBytes(work.resolve(LOG)), StandardCharsets.UTF_8).strip();
        return log.substring(Math.max(0, log.length() - LOG_TAIL));
    }

    /** Ends the process if it still runs, and waits until its files are free. */
    @Override
    public void close() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where the bundled program lies; JavaCPP unpacks it once per user. */
    static String executable() throws ExportException {
        try {
            return Optional.ofNullable(Loader.load(ffmpeg.class))
                    .orElseThrow(() -> new ExportException(
                            FilmRefusal.NO_ENCODER.with(),
                            "This build has no video encoder (FFmpeg) for this kind of computer.",
                            null));
        } catch (LinkageError | RuntimeException e) {
            throw unusable(e);
        }
    }

    private static ExportException unusable(Throwable cause) {
        return new ExportException(
                FilmRefusal.ENCODER_UNUSABLE.with(),
                "The video encoder (FFmpeg) could not be started on this computer: save a PNG sequence instead.",
                cause);
    }
}
