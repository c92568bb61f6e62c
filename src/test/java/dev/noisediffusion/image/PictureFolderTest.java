package dev.noisediffusion.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
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

    /** Where all can be read. */
    private static List<String> names(Path folder) throws IOException {
        return PictureFolder.names(folder, Assertions::fail);
    }

    @Test
    void picturesOfAllDepthsAreFoundByTheirEndingsInTheOrderOfTheirNames() throws IOException {
        write("roses/2/b.JPEG");
        write("tulip.gif");
        write("roses/a.webp");
        write("notes.txt");
        write("png");
        assertEquals(List.of("roses/2/b.JPEG", "roses/a.webp", "tulip.gif"), names(folder));
    }

    @Test
    void whatIsHiddenIsLeftOutButTheFolderItselfMayBe() throws IOException {
        write(".shown/a.png");
        write(".shown/._a.png");
        write(".shown/.thumbnails/a.png");
        assertEquals(List.of("a.png"), names(folder.resolve(".shown")));
        assertEquals(List.of(), names(folder));
    }

    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a backslash there parts folders")
    @Test
    void aBackslashInANameStaysOne() throws IOException {
        write("photos\\a.jpg");
        assertEquals(List.of("photos\\a.jpg"), names(folder));
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
        assertEquals(List.of("a.png", "more/b.png"), names(folder.resolve("here")));
    }

    @Test
    void whatIsNoFolderIsRefused() throws IOException {
        write("a.png");
        assertThrows(NotDirectoryException.class, () -> names(folder.resolve("a.png")));
        assertThrows(NoSuchFileException.class, () -> names(folder.resolve("none")));
    }

    /** A user who may read everything, as in containers, cannot make such a folder. */
    @Test
    void whatCannotBeReadBelowIsLeftOutAndNamedButTheFolderItselfIsRefused() throws IOException {
        var said = new ArrayList<String>();
        var collector = new PictureFolder.Collector(folder, new ArrayList<>(), said::add);
        var denied = new AccessDeniedException("denied");
        Path closed = folder.resolve("roses").resolve("closed");
        assertEquals(FileVisitResult.CONTINUE, collector.visitFileFailed(closed, denied));
        assertEquals(FileVisitResult.CONTINUE, collector.visitFileFailed(folder.resolve(".trash"), denied));
        assertEquals(FileVisitResult.CONTINUE, collector.postVisitDirectory(folder.resolve("half"), denied));
        assertEquals(FileVisitResult.CONTINUE, collector.postVisitDirectory(folder.resolve("whole"), null));
        String then = " cannot be read, so pictures may be missing: check that you may read it.";
        assertEquals(List.of("\"roses/closed\"" + then, "\"half\"" + then), said);
        assertThrows(AccessDeniedException.class, () -> collector.visitFileFailed(folder, denied));
        assertThrows(AccessDeniedException.class, () -> collector.postVisitDirectory(folder, denied));
    }
}
