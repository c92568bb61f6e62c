package dev.noisediffusion.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {
    @TempDir
    private Path folder;

    private void write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
    }

    @Test
    void picturesOfAllDepthsAreFoundByTheirEndingsInTheOrderOfTheirNames() throws IOException {
        write("roses/2/b.JPEG");
        write("tulip.gif");
        write("roses/a.webp");
        write("notes.txt");
        write("png");
        assertEquals(List.of("roses/2/b.JPEG", "roses/a.webp", "tulip.gif"), PictureFolder.names(folder));
    }

    @Test
    void whatIsHiddenIsLeftOutButTheFolderItselfMayBe() throws IOException {
        write(".shown/a.png");
        write(".shown/._a.png");
        write(".shown/.thumbnails/a.png");
        assertEquals(List.of("a.png"), PictureFolder.names(folder.resolve(".shown")));
        assertEquals(List.of(), PictureFolder.names(folder));
    }

    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a backslash there parts folders")
    @Test
    void aBackslashInANameStaysOne() throws IOException {
        write("photos\\a.jpg");
        assertEquals(List.of("photos\\a.jpg"), PictureFolder.names(folder));
    }

    /** On Windows only some users may make links. */
    @DisabledOnOs(OS.WINDOWS)
    @Test
    void linksAreFollowedAndMayLeadBack() throws IOException {
        write("here/a.png");
        write("elsewhere/b.png");
        Files.createSymbolicLink(folder.resolve("here/more"), folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("here/back"), folder.resolve("here"));
        Files.createSymbolicLink(folder.resolve("here/gone.png"), folder.resolve("nowhere"));
        assertEquals(List.of("a.png", "more/b.png"), PictureFolder.names(folder.resolve("here")));
    }

    @Test
    void whatIsNoFolderIsRefused() throws IOException {
        write("a.png");
        assertThrows(NotDirectoryException.class, () -> PictureFolder.names(folder.resolve("a.png")));
        assertThrows(NoSuchFileException.class, () -> PictureFolder.names(folder.resolve("none")));
    }
}
