package dev.noisediffusion.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.Latches;
import dev.noisediffusion.files.Lockless;
import dev.noisediffusion.files.Turns;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.model.Refusals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutosavesTest {
    @TempDir
    private Path folder;

    private static ProjectDocument document() {
        return document("the studio 1");
    }

    private static ProjectDocument document(String application) {
        return new ProjectDocument(
                ProjectDocument.FORMAT,
                ProjectDocument.VERSION,
                application,
                null,
                List.of(),
                ParameterValues.NONE,
                Map.of(),
                null,
                null,
                false,
                null,
                null);
    }

    @Test
    void whatCannotBeWrittenIsNotKeptAndThatIsTold() throws Exception {
        try (var full = new Autosaves(folder)) {
            full.keep(document(), Map.of());
            Path work = session().resolve("work.morph");
            Files.delete(work);
            Files.createDirectories(work.resolve("in the way"));
            String refused = Refusals.sentence(ProjectException.class, () -> full.keep(document(), Map.of()));
            assertTrue(refused.startsWith("The work cannot be kept in “" + folder + "”"), refused);
        }
    }

    private Path session() throws IOException {
        try (Stream<Path> sessions = Files.list(folder)) {
            return sessions.findFirst().orElseThrow();
        }
    }

    @Test
    void whereNothingCanBeLockedNothingIsKeptAndThatIsTold() throws Exception {
        try (var without = new Autosaves(folder, Lockless.turns(), Duration.ofMinutes(1))) {
            String refused = Refusals.sentence(ProjectException.class, () -> without.keep(document(), Map.of()));
            assertTrue(refused.startsWith("The work cannot be kept in “" + folder + "”"), refused);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void workThatIsForgottenIsGoneBeforeAnybodyElseCanTakeIt() throws Exception {
        var ending = new Autosaves(folder);
        ending.keep(document(), Map.of());
        Path session = session();
        for (int i = 0; i < 1000; i++) {
            Files.createFile(session.resolve(i + ".png"));
        }
        Thread forgetting = Thread.ofPlatform().start(ending::forget);
        try (var beginning = new Autosaves(folder)) {
            while (forgetting.isAlive()) {
                assertEquals(Optional.empty(), beginning.recover());
            }
        }
    }

    /** Pictures that come only once the test lets them, as on a disk that does not answer. */
    private static final class SlowPictures extends AbstractMap<String, Picture> {
        private final CountDownLatch wanted = new CountDownLatch(1);
        private final CountDownLatch there = new CountDownLatch(1);

        @Override
        public Set<Map.Entry<String, Picture>> entrySet() {
            wanted.countDown();
            Latches.await(there);
            return Set.of();
        }
    }

    private static void keep(Autosaves autosaves, Map<String, Picture> pictures) {
        try {
            autosaves.keep(document(), pictures);
        } catch (ProjectException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closingDoesNotWaitForEverForWorkThatIsBeingKept() throws Exception {
        var autosaves = new Autosaves(folder, new Turns(), Duration.ofMillis(10));
        var pictures = new SlowPictures();
        Thread keeping = Thread.ofPlatform().daemon().start(() -> keep(autosaves, pictures));
        pictures.wanted.await();
        autosaves.forget();
        autosaves.close();
        assertTrue(keeping.isAlive());
        pictures.there.countDown();
        keeping.join();
        assertTrue(Files.exists(session().resolve("work.morph")));
        autosaves.close();
    }

    @Test
    void whatIsKeptTakesThePlaceOfOldWorkOnlyOnceThatIsAdopted() throws Exception {
        try (var cutOff = new Autosaves(folder)) {
            cutOff.keep(document("old"), Map.of());
        }
        try (var autosaves = new Autosaves(folder)) {
            assertTrue(autosaves.recover().isPresent());
            autosaves.keep(document("new"), Map.of());
            assertEquals(List.of("new", "old"), kept());
            autosaves.adopt();
            autosaves.keep(document("newer"), Map.of());
            assertEquals(List.of("new", "newer"), kept());
        }
    }

    /** The applications that have written what is kept, by name. */
    private List<String> kept() throws Exception {
        var applications = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path work : files.filter(file -> file.endsWith("work.morph")).toList()) {
                applications.add(ProjectFiles.open(work).document().application());
            }
        }
        return applications.stream().sorted().toList();
    }
}
