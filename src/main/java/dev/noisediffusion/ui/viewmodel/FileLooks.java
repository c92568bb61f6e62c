package dev.noisediffusion.ui.viewmodel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Looks at files without waiting for ever for a disk that does not answer. For background threads. */
final class FileLooks {
    /** Long for a disk that answers, and short for whoever saves. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** What was seen of one thing. */
    private record Answer<T>(T thing, boolean isTrue) {}

    private final Predicate<Path> isThere;
    private final Duration patience;

    FileLooks() {
        this(Files::isReadable, PATIENCE);
    }

    /**
     * Files whose presence is found out in a way of its own.
     *
     * @param isThere may take for ever
     * @param patience with the next answer, from whichever disk it comes
     */
    FileLooks(Predicate<Path> isThere, Duration patience) {
        this.isThere = isThere;
        this.patience = patience;
    }

    /** Those of some files that have gone; what nobody has heard of in time counts as there. */
    Set<Path> gone(List<Path> files) throws InterruptedException {
        return those(files, Function.identity(), isThere.negate());
    }

    /**
     * Those of some things of which something is true; what nobody has heard of in time is not among them.
     *
     * @param file that is looked at for a thing; those of one folder are looked at one after another
     * @param look whether it is true; may take for ever
     */
    <T> Set<T> those(List<T> things, Function<T, Path> file, Predicate<T> look) throws InterruptedException {
        var answers = new LinkedBlockingQueue<Answer<T>>();
        things.stream()
                .collect(Collectors.groupingBy(thing -> ProjectViewModel.folderOf(file.apply(thing))))
                .values()
                .forEach(together -> start(together, look, answers));
        var found = new HashSet<T>();
        for (int i = 0; i < things.size(); i++) {
            Answer<T> answer = answers.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (answer == null) {
                break;
            }
            if (answer.isTrue()) {
                found.add(answer.thing());
            }
        }
        return Set.copyOf(found);
    }

    /** Looks on a thread of its own, which nothing ends while it waits for a disk. */
    private static <T> void start(List<T> things, Predicate<T> look, BlockingQueue<Answer<T>> answers) {
        Thread.ofPlatform()
                .name("studio-look")
                .daemon()
                .start(() -> things.forEach(thing -> answers.add(new Answer<>(thing, look.test(thing)))));
    }
}
