package dev.noisediffusion.ui.fx;

import dev.noisediffusion.ui.viewmodel.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The platform's own window onto files. */
final class FileManager {
    private FileManager() {}

    /**
     * Shows a file in its folder.
     *
     * @throws IOException with a sentence for the user, if there is nothing to show it with
     */
    static void show(Path file, Texts texts) throws IOException {
        start(command(System.getProperty("os.name"), file.toAbsolutePath()), "queue.noFileManager", file, texts);
    }

    /**
     * Opens a file with the program that the user has for its kind.
     *
     * @throws IOException with a sentence for the user, if there is none
     */
    static void open(Path file, Texts texts) throws IOException {
        start(opener(System.getProperty("os.name"), file.toAbsolutePath()), complaint(file), file, texts);
    }

    /** What to tell where no program opens a file: a page can be read in a browser. */
    static String complaint(Path file) {
        return file.toString().endsWith(".html") ? "lab.noBrowser" : "queue.noProgram";
    }

    private static void start(List<String> command, String sentence, Path file, Texts texts) throws IOException {
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IOException(texts.get(sentence, file.toAbsolutePath()), e);
        }
    }

    static List<String> opener(String system, Path file) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return List.of("rundll32.exe", "url.dll,FileProtocolHandler", file.toString());
        }
        return List.of(name.startsWith("mac") ? "open" : "xdg-open", file.toString());
    }

    /**
     * Marks the file where the platform can; elsewhere its folder is opened. Of a file that is not there, the folder that it
     * would lie in is opened, or the nearest one above that is there.
     */
    static List<String> command(String system, Path file) {
        String name = system.toLowerCase(Locale.ROOT);
        boolean windows = name.startsWith("windows");
        boolean mac = name.startsWith("mac");
        if (Files.exists(file) && windows) {
            // The path alone in quotation marks: the Explorer does not read them around both.
            return List.of("explorer.exe", "/select,", quoted(file.toString()));
        }
        if (Files.exists(file) && mac) {
            return List.of("open", "-R", file.toString());
        }
        String folder = folderAbove(file).toString();
        return windows ? List.of("explorer.exe", quoted(folder)) : List.of(mac ? "open" : "xdg-open", folder);
    }

    /**
     * A path as the Explorer reads it, which ends one at a comma outside of quotation marks. The root of a drive stays as it
     * is: it has none, and the backslash at its end would take the closing mark with it.
     */
    static String quoted(String path) {
        return path.endsWith("\\") ? path : '"' + path + '"';
    }

    private static Path folderAbove(Path file) {
        Path folder = file;
        for (Path above = file.getParent(); above != null; above = above.getParent()) {
            folder = above;
            if (Files.isDirectory(above)) {
                break;
            }
        }
        return folder;
    }
}
