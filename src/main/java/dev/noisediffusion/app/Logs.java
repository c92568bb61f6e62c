package dev.noisediffusion.app;

import dev.noisediffusion.files.UserFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends what the program logs to a file of the user, and nothing to the console. */
final class Logs {
    private static final int LIMIT_BYTES = 1 << 20;
    private static final int FILES = 3;

    private Logs() {}

    /** Starts logging; where no file can be written, logging is off and work goes on. */
    static void start(Path folder) {
        Logger root = LogManager.getLogManager().getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        try {
            Files.createDirectories(folder);
            var file = new FileHandler(UserFolders.log(folder, "%g").toString(), LIMIT_BYTES, FILES, true);
            file.setFormatter(new SimpleFormatter());
            file.setLevel(Level.ALL);
            root.addHandler(file);
        } catch (IOException e) {
            root.setLevel(Level.OFF);
        }
    }
}
