package dev.noisediffusion.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.model.ModelException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
    @TempDir
    private Path folder;

    private static CatalogueFile file(String path) {
        return new CatalogueFile(path, URI.create("https://example.org/x"), null, null);
    }

    @Test
    void everyModelOfTheStudioSaysItsLicenceAndComesSafely() {
        Catalogue catalogue = Catalogue.ofStudio();
        assertFalse(catalogue.models().isEmpty());
        for (CatalogueEntry entry : catalogue.models()) {
            assertFalse(entry.licence().isBlank(), entry.id());
            assertEquals("https", entry.licencePage().getScheme(), entry.id());
            assertTrue(entry.files().stream().anyMatch(file -> file.path().endsWith(".safetensors")), entry.id());
            for (CatalogueFile file : entry.files()) {
                assertEquals("https", file.source().getScheme(), file.path());
                assertTrue(file.source().getPath().endsWith("/resolve/main/" + file.path()), file.path());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../evil",
                "unet/../../evil",
                "/etc/passwd",
                "C:/evil",
                "C:evil",
                "unet\\evil",
                "unet//config.json",
                "unet/",
                "./config.json",
                ".hidden",
                "unet/con.json",
                "NUL",
                "name.",
                "name ",
                "a\u0000b",
                "a\nb",
                "what?"
            })
    void aNameThatWouldLeaveTheFolderIsRefused(String path) {
        assertThrows(IllegalArgumentException.class, () -> file(path));
    }

    @Test
    void plainNamesAreTaken() {
        assertEquals(
                "unet/diffusion_pytorch_model-00001-of-00002.safetensors",
                file("unet/diffusion_pytorch_model-00001-of-00002.safetensors").path());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../models", "a/b", "", ".downloads", "con", "a b"})
    void anIdThatIsNoFolderNameIsRefused(String id) throws IOException {
        Path file = folder.resolve("catalogue.json");
        Files.writeString(file, DOCUMENT.replace("\"tiny\"", "\"" + id + "\""));
        assertThrows(ModelException.class, () -> Catalogue.read(file));
    }

    private static final String DOCUMENT = """
            {"version": 1, "models": [{
              "id": "tiny", "name": "Tiny", "goodFor": "Tests", "licence": "MIT", "licencePage": "https://example.org/l",
              "attribution": "Me", "page": "https://example.org/p", "gated": false, "bytes": 10, "later": "unknown",
              "files": [{"path": "config.json", "source": "https://example.org/config.json"}]}]}
            """;

    @Test
    void aFileWithoutAChecksumIsReadAndNotVerifiable() throws Exception {
        Path file = folder.resolve("catalogue.json");
        Files.writeString(file, DOCUMENT);
        CatalogueEntry entry = Catalogue.read(file).find("tiny").orElseThrow();
        assertTrue(entry.files().getFirst().checksum().isEmpty());
        assertFalse(entry.verifiable());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "version": 1          | "version": 7           | version
            "config.json", "so    | "../config.json", "so  | refused
            https://example.org/c | ftp://example.org/c    | address
            "licence": "MIT"      | "licence": ""          | licence
            "bytes": 10           | "bytes": "many"        | unsound
            {"version"            | {"version              | unsound
            """)
    void anUnsoundCatalogueIsOneSentence(String sound, String unsound, String says) throws IOException {
        Path file = folder.resolve("catalogue.json");
        assertTrue(DOCUMENT.contains(sound), sound);
        Files.writeString(file, DOCUMENT.replace(sound, unsound));
        var failure = assertThrows(ModelException.class, () -> Catalogue.read(file));
        assertTrue(failure.toString().contains(says), failure.toString());
    }

    @ParameterizedTest
    @CsvSource({"0,0 B", "999,999 B", "1000,1.0 kB", "454700000,455 MB", "999600,1.0 MB", "3400000000,3.4 GB"})
    void bytesAreRounded(long bytes, String text) {
        assertEquals(text, Bytes.text(bytes));
    }
}
