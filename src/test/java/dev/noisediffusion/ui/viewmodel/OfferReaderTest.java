package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.ui.FakeWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OfferReaderTest {
    private static final Set<Thread.State> AT_REST = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final GatedPictures pictures = new GatedPictures();
    private final OfferReader reader = new OfferReader(
            pictures,
            (address, cancellation) -> {
                throw new UnsupportedOperationException();
            },
            Texts.load(Locale.ENGLISH));

    /** Pictures that come when the test lets them. */
    private static final class GatedPictures implements PictureReader {
        private final Semaphore gate = new Semaphore(0);
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        public Picture read(Path file) throws InterruptedException {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            gate.acquire();
            now.decrementAndGet();
            return FakeWorld.plain(2, 2, 0);
        }

        @Override
        public Picture read(byte[] bytes, String name) {
            throw new UnsupportedOperationException();
        }
    }

    private static PictureOffer offer(int number) {
        return new PictureOffer.File(Path.of("photograph-" + number + ".jpg"));
    }

    private Thread reading(int number, List<String> read) {
        return reading(number, read, new CancellationToken());
    }

    private Thread reading(int number, List<String> read, CancellationToken token) {
        return Thread.ofPlatform().start(() -> {
            try {
                read.add(reader.read(offer(number), token).name());
            } catch (Exception e) {
                read.add(e.toString());
            }
        });
    }

    private void awaitReads(int count, List<Thread> threads) {
        while (pictures.now.get() < count) {
            assertTrue(threads.stream().allMatch(Thread::isAlive));
            Thread.onSpinWait();
        }
    }

    /** Every reader has come as far as it comes by itself. */
    private static void awaitRest(List<Thread> threads) {
        for (Thread thread : threads) {
            while (!AT_REST.contains(thread.getState())) {
                assertTrue(thread.isAlive());
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void ofManyPhotographsTwoAreReadAtOnceAndAllInTheEnd() throws InterruptedException {
        List<String> read = Collections.synchronizedList(new ArrayList<>());
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 20; i++) {
            threads.add(reading(i, read));
        }
        awaitRest(threads);
        pictures.gate.release(20);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(2, pictures.most.get());
        assertEquals(20, read.stream().filter(name -> name.endsWith(".jpg")).count());
    }

    @Test
    void whoWaitsHearsThatItIsCancelled() throws InterruptedException {
        List<String> read = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = List.of(reading(0, read), reading(1, read));
        awaitReads(2, threads);
        var token = new CancellationToken();
        token.cancel();
        assertThrows(CancellationException.class, () -> reader.read(offer(2), token));
        pictures.gate.release(2);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(2, read.size());
    }

    @Test
    void aPictureThatIsGivenUpGivesItsTurnBackThoughItsDiskNeverAnswers() throws InterruptedException {
        List<String> read = Collections.synchronizedList(new ArrayList<>());
        var token = new CancellationToken();
        List<Thread> hung = List.of(reading(0, read, token), reading(1, read, token));
        awaitReads(2, hung);
        token.cancel();
        List<Thread> threads = List.of(reading(2, read), reading(3, read), reading(4, read));
        awaitReads(4, threads);
        awaitRest(threads);
        assertEquals(4, pictures.now.get());
        pictures.gate.release(5);
        for (Thread thread : Stream.concat(hung.stream(), threads.stream()).toList()) {
            thread.join();
        }
        assertEquals(3, read.stream().filter(name -> name.endsWith(".jpg")).count());
        assertEquals(4, pictures.most.get());
    }
}
