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

    /** Of a folder that counts as something else as well. */
    private static BasicFileAttributes folderAndOther() {
        return (BasicFileAttributes) Proxy.newProxyInstance(
                BasicFileAttributes.class.getClassLoader(),
                new Class<?>[] {BasicFileAttributes.class},
                (proxy, asked, none) -> Set.of("isDirectory", "isOther").contains(asked.getName()));
    }

    @Test
    void whatAJunctionOfWindowsLeadsToStays() {
        var removed = new ArrayList<Path>();
        assertEquals(
                FileVisitResult.SKIP_SUBTREE,
                new Folders.Deletion(removed::add).preVisitDirectory(folder, folderAndOther()));
        assertEquals(List.of(folder), removed);
    }

    @Test
    void aJunctionThatCannotBeRemovedIsNotEntered() {
        var deletion = new Folders.Deletion(path -> {
            throw new AccessDeniedException(path.toString());
        });
        assertEquals(FileVisitResult.SKIP_SUBTREE, deletion.preVisitDirectory(folder, folderAndOther()));
        assertThrows(AccessDeniedException.class, deletion::throwFirst);
    }

    @Test
    void aFolderThatCountsAsSomethingElseAndIsNotEmptyGoesWithWhatIsInIt() throws IOException {
        Path cloud = Files.createDirectory(folder.resolve("cloud"));
        Files.createFile(cloud.resolve("frame"));
        var deletion = new Folders.Deletion(Files::delete);
        assertEquals(FileVisitResult.CONTINUE, deletion.preVisitDirectory(cloud, folderAndOther()));
        Files.walkFileTree(cloud, deletion);
        deletion.throwFirst();
        assertFalse(Files.exists(cloud));
    }
}
