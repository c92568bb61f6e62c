package dev.noisediffusion.library;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.Refusals;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {
    @TempDir
    private Path folder;

    @Test
    void whatADiskHasNoRoomForIsRefused() throws Exception {
        Path root = folder.resolve("models");
        Room.require("SDXL", 1, root);
        String sentence = Refusals.sentence(ModelException.class, () -> Room.require("SDXL", Long.MAX_VALUE, root));
        assertTrue(sentence.startsWith("SDXL needs ") && sentence.contains("and the disk has"), sentence);
    }

    @Test
    void whereTheRoomIsNotToldNothingIsRefused() throws Exception {
        Path untold = Path.of("/proc/self");
        boolean isThere = Files.isDirectory(untold) && untold.toFile().getTotalSpace() == 0;
        Assumptions.assumeTrue(isThere, "Linux has such a place");
        Room.require("SDXL", Long.MAX_VALUE, untold);
    }
}
