package dev.noisediffusion.app;

import dev.noisediffusion.files.UserFolders;
import java.io.PrintWriter;
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
        commandLine.setErr(new PrintWriter(new OverwrittenLine(commandLine.getErr()), true));
        System.exit(written(commandLine, execute(commandLine, args)));
    }

    /** Standard output keeps its errors to itself: work whose results were lost there is not done. */
    private static int written(CommandLine commandLine, int code) {
        if (!System.out.checkError() || code != ExitCode.OK) {
            return code;
        }
        commandLine
                .getErr()
                .println("Not all that was printed has arrived: the disk is full, or the program that reads it has"
                        + " ended. To have all of it, free some space or let that program read to the end.");
        return ExitCode.BAD_TARGET;
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
