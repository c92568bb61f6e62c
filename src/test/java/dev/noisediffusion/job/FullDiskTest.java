package dev.noisediffusion.job;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    private final IOException inGerman = new IOException("Auf dem Gerät ist kein Speicherplatz mehr verfügbar");

    @TempDir
    private Path folder;

    @Test
    void aFullDiskIsKnownByItsWordsInEnglish() {
        Path file = folder.resolve("film.mp4");
        assertTrue(FullDisk.caused(new IOException("No space left on device"), file));
        assertTrue(FullDisk.caused(new IOException("There is not enough space on the disk"), file));
        assertFalse(FullDisk.caused(new IOException("Permission denied"), file));
        assertFalse(FullDisk.caused(
                new IOException("Permission denied"), folder.resolve("gone").resolve("film.mp4")));
    }

    /** A place without any room stands for a full disk. */
    @Test
    void aFullDiskIsKnownByItsRoomInOtherLanguages() throws IOException {
        Path full = Path.of("/proc/self");
        Assumptions.assumeTrue(Files.isDirectory(full), "Linux has such a place");
        Assumptions.assumeTrue(Files.getFileStore(full).getUsableSpace() == 0, "Linux has such a place");
        assertTrue(FullDisk.caused(inGerman, full.resolve("film.mp4")));
        assertFalse(FullDisk.caused(inGerman, folder.resolve("film.mp4")));
    }
}
