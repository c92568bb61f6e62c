package dev.noisediffusion.export;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.FilmRefusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
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

    private final Process process;
    private final Path work;
    private final CancellationToken cancellation;

    /** Sends a film's frames. */
    @FunctionalInterface
    interface Feeder {
        void feed(OutputStream input) throws IOException;
    }

    private Ffmpeg(Process process, Path work, CancellationToken cancellation) {
        this.process = process;
        this.work = work;
        this.cancellation = cancellation;
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
        command.addAll(arguments);
        // A folder that is lost or full fails here, so that what fails below is the program.
        Path log = Files.write(work.resolve(LOG), new byte[0]);
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
     * @throws CancellationException if the film was cancelled
     * @throws IOException if it did not end well; the message is what it said
     */
    void run(Feeder feeder) throws IOException {
        IOException broken = null;
        try (OutputStream input = process.getOutputStream()) {
            feeder.feed(input);
        } catch (IOException e) {
            broken = e;
        }
        int code = await();
        cancellation.throwIfCancelled();
        if (code != 0 || broken != null) {
            throw new IOException("FFmpeg ended with code " + code + ": " + logTail(), broken);
        }
    }

    private int await() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("Interrupted").initCause(e);
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
    private static String executable() throws ExportException {
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
