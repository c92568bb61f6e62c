package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.library.Catalogue;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryTest {
    @TempDir
    private Path folder;

    /** As one that {@code lab run ID -o ID --model ID} has made. */
    @Test
    void aFolderThatHasTheNameOfAnIdDoesNotHideTheModel() throws Exception {
        var user = new UserFolders("Linux", folder, Map.of());
        Library library = Library.of(Installation.locate(), user, Catalogue.ofStudio());
        Path model = Fixtures.copy("unet2d-modern", Files.createDirectory(folder.resolve("assets")));
        library.models().link(model);
        assertEquals(model, library.folder("assets"));
        assertEquals(Path.of("./assets"), library.folder("./assets"));
        assertEquals(Path.of("assets"), library.folder("assets/"));
        assertEquals(Path.of("docs"), library.folder("docs"));
    }

    @Test
    void aLibraryThatIsDamagedKeepsNobodyFromAFolder() throws Exception {
        var user = new UserFolders("Linux", folder, Map.of());
        Library library = Library.of(Installation.locate(), user, Catalogue.ofStudio());
        Files.createDirectories(library.models().root());
        Files.writeString(library.models().root().resolve("folders.json"), "damaged");
        assertEquals(Path.of("docs"), library.folder("docs"));
        assertThrows(ModelException.class, () -> library.folder("nowhere"));
    }
}
