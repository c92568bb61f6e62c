package dev.noisediffusion.app;

import dev.noisediffusion.files.UserFolders;

/** Where the program starts. */
public final class Launcher {
    private Launcher() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] args) {
        Logs.start(UserFolders.ofUser().logs());
        // Films are written by a child process and pictures read by ImageIO: neither needs AWT's screen.
        System.setProperty("java.awt.headless", "true");
        var commandLine = StudioCommand.commandLine(Installation.locate());
        System.exit(commandLine.execute(args));
    }
}
