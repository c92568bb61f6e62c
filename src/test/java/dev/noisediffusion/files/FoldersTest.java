package dev.noisediffusion.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir
    private Path folder;

    @Test
    void whatCannotBeDeletedKeepsNothingElse() throws IOException {
        Path root = folder.resolve("root");
        for (String name : List.of("a/one", "a/stuck", "a/two", "b/three", "four")) {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
        Path stuck = root.resolve("a").resolve("stuck");
        var fault = assertThrows(
                IOException.class,
                () -> Folders.delete(root, path -> {
                    if (path.equals(stuck)) {
                        throw new AccessDeniedException(path.toString());
                    }
                    Files.delete(path);
                }));
        assertEquals(stuck.toString(), fault.getMessage());
        try (Stream<Path> left = Files.walk(root)) {
            assertEquals(List.of(root, root.resolve("a"), stuck), left.toList());
        }
        Folders.delete(root);
        assertFalse(Files.exists(root));
    }

    @Test
    void whatAJunctionOfWindowsLeadsToStays() {
        var removed = new ArrayList<Path>();
        var junction = (BasicFileAttributes) Proxy.newProxyInstance(
                BasicFileAttributes.class.getClassLoader(),
                new Class<?>[] {BasicFileAttributes.class},
                (proxy, asked, none) -> Set.of("isDirectory", "isOther").contains(asked.getName()));
        assertEquals(
                FileVisitResult.SKIP_SUBTREE, new Folders.Deletion(removed::add).preVisitDirectory(folder, junction));
        assertEquals(List.of(folder), removed);
    }
}
