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
        List<String> command = command(System.getProperty("os.name"), file.toAbsolutePath());
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IOException(texts.get("queue.noFileManager", file.toAbsolutePath()), e);
        }
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
