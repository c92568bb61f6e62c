package dev.noisediffusion.ui.fx;

import dev.noisediffusion.ui.viewmodel.Texts;
import java.io.IOException;
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
        start(opener(System.getProperty("os.name"), file.toAbsolutePath()), "lab.noBrowser", file, texts);
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

    /** Marks the file where the platform can; elsewhere its folder is opened. */
    static List<String> command(String system, Path file) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return List.of("explorer.exe", "/select," + file);
        }
        return name.startsWith("mac")
                ? List.of("open", "-R", file.toString())
                : List.of("xdg-open", String.valueOf(file.getParent()));
    }
}
