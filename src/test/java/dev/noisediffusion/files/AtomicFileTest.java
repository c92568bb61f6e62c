package dev.noisediffusion.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void aNameMayBeAsLongAsTheFileSystemTakes() throws IOException {
        Path file = folder.resolve("a".repeat(255));
        AtomicFile.write(file, new byte[] {1});
        AtomicFile.writePrivate(file, new byte[] {2});
        assertArrayEquals(new byte[] {2}, Files.readAllBytes(file));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList());
        }
    }

    @Test
    void whatFailsAsItIsMadeLeavesTheFileAsItWas() throws IOException {
        Path file = folder.resolve("a");
        AtomicFile.write(file, new byte[] {1});
        assertThrows(
                IllegalStateException.class,
                () -> AtomicFile.write(file, stream -> {
                    stream.write(2);
                    throw new IllegalStateException("nothing more to write");
                }));
        assertArrayEquals(new byte[] {1}, Files.readAllBytes(file));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList());
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links there are for administrators")
    void whatIsWrittenToALinkGoesWhereItPointsTo() throws IOException {
        Path there = Files.createDirectories(folder.resolve("drive"));
        Path link = Files.createSymbolicLink(folder.resolve("a.morph"), Path.of("second"));
        Files.createSymbolicLink(folder.resolve("second"), Path.of("drive", "..", "drive", "a.morph"));
        assertThrows(IOException.class, () -> AtomicFile.write(link, new byte[1]), "it points to no file");
        assertTrue(Files.isSymbolicLink(link));
        Files.write(there.resolve("a.morph"), new byte[1]);
        byte[] content = {2};
        AtomicFile.write(link, content);
        assertTrue(Files.isSymbolicLink(link));
        assertArrayEquals(content, Files.readAllBytes(there.resolve("a.morph")));
        try (Stream<Path> left = Files.list(there)) {
            assertEquals(1, left.count());
        }
        Path round = Files.createSymbolicLink(folder.resolve("round"), Path.of("round"));
        assertThrows(IOException.class, () -> AtomicFile.write(round, new byte[1]));
        assertTrue(Files.isSymbolicLink(round));
        Path root = Files.createSymbolicLink(folder.resolve("root"), Path.of("/"));
        assertThrows(IOException.class, () -> AtomicFile.write(root, new byte[1]));
    }
}
