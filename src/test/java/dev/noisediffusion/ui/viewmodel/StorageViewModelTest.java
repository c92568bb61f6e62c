package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageViewModelTest {
    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();
    private StorageViewModel storage;

    @BeforeEach
    void open() {
        world.graphs = folder.resolve("graphs");
        world.sessions = folder.resolve("sessions");
        storage = world.studio().storage();
    }

    private void graph(String name) throws IOException {
        Path graph = Files.createDirectories(world.graphs.resolve(name));
        Files.write(graph.resolve("weights"), new byte[1_500_000]);
        Files.createFile(world.graphs.resolve(name + ".lock"));
    }

    @Test
    void theCacheIsMeasuredAndClearedAway() throws IOException {
        graph("a");
        storage.measure();
        assertEquals("1.5 MB", storage.cacheTextProperty().get());
        assertTrue(storage.clearableProperty().get());
        storage.clear();
        assertEquals("0.0 MB", storage.cacheTextProperty().get());
        assertFalse(storage.clearableProperty().get());
        assertFalse(Files.exists(world.graphs.resolve("a")));
    }

    @Test
    void whatWasMeasuredBeforeTheCacheWasClearedAwayIsNotToldAfterIt() throws IOException {
        var jobs = new SwitchedJobRunner();
        storage = world.studio(jobs, new InlineJobRunner(), world.rest).storage();
        jobs.holdBack();
        storage.clear();
        storage.measure();
        jobs.runNext();
        assertEquals("0.0 MB", storage.cacheTextProperty().get());
        graph("a");
        jobs.runAll();
        assertEquals("0.0 MB", storage.cacheTextProperty().get());
        assertFalse(storage.clearableProperty().get());
    }

    @Test
    void aGraphInTheMakingStays() throws IOException {
        graph("a");
        graph("b");
        try (var making = FileChannel.open(world.graphs.resolve("b.lock"), StandardOpenOption.WRITE)) {
            assertTrue(making.lock().isValid());
            storage.clear();
        }
        assertEquals("1.5 MB", storage.cacheTextProperty().get());
        assertTrue(Files.exists(world.graphs.resolve("b")));
    }

    @Test
    void withoutACacheThereIsNothingToClear() {
        storage.measure();
        assertEquals("0.0 MB", storage.cacheTextProperty().get());
        assertFalse(storage.clearableProperty().get());
    }

    @Test
    void theLogIsShownWhereItLies() {
        storage.showLog();
        assertEquals(List.of(UserFolders.ofUser().logs().resolve("studio.0.log")), world.shown);
        assertEquals("", storage.logTroubleProperty().get());
    }

    @Test
    void thePlaceOfUnsavedWorkIsShown() {
        assertEquals(world.sessions.toString(), storage.autosavePlace());
        storage.showAutosaves();
        assertEquals(List.of(world.sessions), world.shown);
    }
}
