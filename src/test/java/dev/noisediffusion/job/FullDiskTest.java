package dev.noisediffusion.job;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.IIOException;
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
        assertTrue(FullDisk.caused(new IOException("Disc quota exceeded"), file));
        assertTrue(FullDisk.caused(
                new IOException("The requested file operation failed because the storage quota was exceeded"), file));
        assertFalse(FullDisk.caused(new IOException("Permission denied"), file));
        assertFalse(FullDisk.caused(
                new IOException("Permission denied"), folder.resolve("gone").resolve("film.mp4")));
    }

    @Test
    void aFullDiskIsKnownBehindTheWordsOfWhoeverWrites() {
        Path file = folder.resolve("sheet.png");
        var quota = new IOException("Disk quota exceeded");
        assertTrue(FullDisk.caused(new IIOException("I/O error writing PNG file!", quota), file));
        assertTrue(FullDisk.refusedSize(
                new IIOException("I/O error writing PNG file!", new IOException("File too large"))));
        assertFalse(FullDisk.caused(
                new IIOException("I/O error writing PNG file!", new IOException("Permission denied")), file));
    }

    @Test
    void aFullDiskIsKnownByItsRoomInOtherLanguages() {
        Path file = folder.resolve("film.mp4");
        assertTrue(FullDisk.caused(inGerman, file, Long.MAX_VALUE));
        assertFalse(FullDisk.caused(inGerman, file));
    }

    @Test
    void aDiskIsFullThatHasLessRoomThanIsNeeded() {
        assertTrue(FullDisk.isFull(folder, Long.MAX_VALUE));
        assertFalse(FullDisk.isFull(folder, 0));
    }

    /** As those of some networks and clouds; a folder that is not there tells none either. */
    @Test
    void aPlaceThatDoesNotTellItsRoomIsNotTakenForFull() {
        Path untold = folder.resolve("gone");
        assertFalse(FullDisk.isFull(untold, Long.MAX_VALUE));
        assertFalse(FullDisk.caused(inGerman, untold.resolve("film.mp4"), Long.MAX_VALUE));
    }
}
