package dev.noisediffusion.ui.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileManagerTest {
    @Test
    void aFileIsMarkedInItsFolderWhereThePlatformCan(@TempDir Path folder) throws IOException {
        Path film = Files.createFile(folder.resolve("a film.mp4"));
        assertEquals(
                List.of("explorer.exe", "/select,", '"' + film.toString() + '"'),
                FileManager.command("Windows 11", film));
        assertEquals(List.of("open", "-R", film.toString()), FileManager.command("Mac OS X", film));
        assertEquals(List.of("xdg-open", folder.toString()), FileManager.command("Linux", film));
    }

    @Test
    void ofAFileThatIsNotThereTheNearestFolderIsOpened(@TempDir Path folder) {
        Path report = folder.resolve("run").resolve("report.html");
        assertEquals(List.of("explorer.exe", '"' + folder.toString() + '"'), FileManager.command("Windows 11", report));
        assertEquals(List.of("open", folder.toString()), FileManager.command("Mac OS X", report));
        assertEquals(List.of("xdg-open", folder.toString()), FileManager.command("Linux", report));
    }

    @Test
    void aReportIsOpenedWithTheProgramOfEachPlatform() {
        Path report = Path.of("run", "report.html");
        assertEquals(
                List.of("rundll32.exe", "url.dll,FileProtocolHandler", report.toString()),
                FileManager.opener("Windows 11", report));
        assertEquals(List.of("open", report.toString()), FileManager.opener("Mac OS X", report));
        assertEquals(List.of("xdg-open", report.toString()), FileManager.opener("Linux", report));
    }

    @Test
    void whereNoProgramOpensAFileOnlyAPageIsForABrowser() {
        assertEquals("lab.noBrowser", FileManager.complaint(Path.of("run", "report.html")));
        assertEquals("queue.noProgram", FileManager.complaint(Path.of("film.mp4")));
        assertEquals("queue.noProgram", FileManager.complaint(Path.of("frames")));
    }

    @Test
    void theExplorerIsGivenAFolderWithACommaInQuotationMarksToo(@TempDir Path folder) throws IOException {
        Path films = Files.createDirectories(folder.resolve("Films,2024"));
        assertEquals(
                List.of("explorer.exe", '"' + films.toString() + '"'),
                FileManager.command("Windows 11", films.resolve("gone.mp4")));
        assertEquals("D:\\", FileManager.quoted("D:\\"), "a backslash would take the mark with it");
    }
}
