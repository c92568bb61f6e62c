package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at files without waiting for ever for a disk that does not answer, and no longer than the work on its thread is
 * wanted. For background threads.
 */
final class FileLooks {
    /** Long for a disk that answers, and short for whoever saves. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Long for a large picture on a machine that is busy. */
    private static final Duration READING_PATIENCE = Duration.ofMinutes(2);
    /** A picture takes many times the room of its file while it is read. */
    private static final int MOST_READ_AT_ONCE = 2;

    /** What was seen of one thing. */
    private record Answer<T>(T thing, boolean isTrue) {}

    /**
     * How looks are taken.
     *
     * @param patience with the next answer, from whichever disk it comes
     * @param turns at them
     */
    private record Manner(Duration patience, ReadingTurns turns) {}

    /** Looks of which none begins any more once nobody waits for their answers. */
    private record Round<T>(
            Predicate<T> look, Manner manner, BlockingQueue<Answer<T>> answers, CancellationToken wanted) {
        Round(Predicate<T> look, Manner manner) {
            this(look, manner, new LinkedBlockingQueue<>(), new CancellationToken());
        }

        /** Looks on a thread of its own, which nothing ends while it waits for a disk. */
        void start(List<T> things) {
            Thread.ofPlatform().name("studio-look").daemon().start(() -> {
                try {
                    for (T thing : things) {
                        boolean isTrue = manner.turns().take(() -> look.test(thing), wanted);
                        answers.add(new Answer<>(thing, isTrue));
                    }
                } catch (CancellationException e) {
                    // Nobody waits any more.
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        /** The next answer, null where none comes in time. */
        @Nullable
        Answer<T> next() throws InterruptedException {
            long begun = System.nanoTime();
            var next = new AtomicReference<@Nullable Answer<T>>();
            CancellationToken.current().await((time, unit) -> {
                next.set(answers.poll(time, unit));
                return next.get() != null
                        || System.nanoTime() - begun >= manner.patience().toNanos();
            });
            return next.get();
        }
    }

    private final Predicate<Path> isThere;
    private final Manner glances;
    private final Manner reads;

    FileLooks() {
        this(Files::isReadable, PATIENCE, READING_PATIENCE);
    }

    /**
     * Files whose presence is found out in a way of its own.
     *
     * @param isThere may take for ever
     * @param patience with the next answer to whether a file is there, from whichever disk it comes
     * @param readingPatience with the next file to be read
     */
    FileLooks(Predicate<Path> isThere, Duration patience, Duration readingPatience) {
        this.isThere = isThere;
        this.glances = new Manner(patience, new ReadingTurns(Integer.MAX_VALUE));
        this.reads = new Manner(readingPatience, new ReadingTurns(MOST_READ_AT_ONCE));
    }

    /**
     * Those of some files that have gone; what nobody has heard of in time counts as there.
     *
     * @throws CancellationException soon after the work on this thread was cancelled
     */
    Set<Path> gone(List<Path> files) throws InterruptedException {
        return those(files, Function.identity(), isThere.negate(), glances);
    }

    /**
     * Those of some things of which something is true that their files tell once they are read, no more than
     * {@value #MOST_READ_AT_ONCE} at once; what nobody has heard of in time is not among them.
     *
     * @param file that is read for a thing, if it is there; those of one folder are read one after another
     * @param reading whether it is true; may take for ever
     * @throws CancellationException soon after the work on this thread was cancelled
     */
    <T> Set<T> those(List<T> things, Function<T, Path> file, Predicate<T> reading) throws InterruptedException {
        // A disk that does not answer keeps nobody waiting for as long as a picture that is read.
        Set<T> there = those(things, file, thing -> isThere.test(file.apply(thing)), glances);
        return those(things.stream().filter(there::contains).toList(), file, reading, reads);
    }

    private static <T> Set<T> those(List<T> things, Function<T, Path> file, Predicate<T> look, Manner manner)
            throws InterruptedException {
        var round = new Round<>(look, manner);
        things.stream()
                .collect(Collectors.groupingBy(thing -> ProjectViewModel.folderOf(file.apply(thing))))
                .values()
                .forEach(round::start);
        var found = new HashSet<T>();
        try {
            for (int i = 0; i < things.size(); i++) {
                Answer<T> answer = round.next();
                if (answer == null) {
                    break;
                }
                if (answer.isTrue()) {
                    found.add(answer.thing());
                }
            }
        } finally {
            round.wanted().cancel();
        }
        return Set.copyOf(found);
    }
}
