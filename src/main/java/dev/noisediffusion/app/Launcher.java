package dev.noisediffusion.app;

import dev.noisediffusion.files.UserFolders;
import picocli.CommandLine;

/** Where the program starts. */
public final class Launcher {
    private Launcher() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] args) {
        Logs.start(UserFolders.ofUser().logs());
        // Films are written by a child process and pictures read by ImageIO: neither needs AWT's screen.
        System.setProperty("java.awt.headless", "true");
        var commandLine = StudioCommand.commandLine(Installation.locate());
        System.exit(execute(commandLine, args));
    }

    /** Errors, such as natives that are missing or memory that has run out, are told as exceptions are; picocli lets them go. */
    static int execute(CommandLine commandLine, String... args) {
        try {
            return commandLine.execute(args);
        } catch (Error e) {
            return Failures.report(e, commandLine.getErr(), false);
        }
    }
}
