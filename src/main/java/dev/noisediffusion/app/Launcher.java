package dev.noisediffusion.app;

import dev.noisediffusion.files.UserFolders;
import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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
        Charset systems = Charset.forName(System.getProperty("native.encoding"), StandardCharsets.UTF_8);
        print(commandLine, isInTerminal(), systems, System.out, System.err);
        System.exit(written(commandLine, execute(commandLine, args)));
    }

    /** Whether the program was started in a terminal, and both reads and prints there. */
    @SuppressWarnings("SystemConsoleNull") // it is asked whether it is a terminal, too
    static boolean isInTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /**
     * Has a command print results and errors as their readers understand them.
     *
     * @param terminal whether the program was started in a terminal, and both reads and prints there
     * @param systems the encoding of the system, {@code native.encoding}
     */
    static void print(CommandLine commandLine, boolean terminal, Charset systems, PrintStream out, PrintStream err) {
        commandLine.setOut(writer(terminal, systems, out));
        // Java does not say whether errors are printed in a terminal, too: where all else is, they nearly always are.
        // Their encoding alone does not tell, since many consoles of Windows have that of the system.
        commandLine.setErr(new PrintWriter(new OverwrittenLine(writer(terminal, systems, err)), true));
    }

    /** A writer of what the stream's reader understands, by {@link #charset}. */
    static PrintWriter writer(boolean terminal, Charset systems, PrintStream stream) {
        return new PrintWriter(stream, true, charset(terminal, systems, stream.charset()));
    }

    /**
     * A terminal may read other bytes than UTF-8; files and programs get UTF-8, so that nothing is lost. Java gives a stream
     * another encoding than the system's only where a console reads it, or where it was told to. A stream that is said to be
     * ASCII is one of which the system knows nothing.
     *
     * @param terminal whether the stream is taken to be printed in a terminal
     * @param systems the encoding of the system, {@code native.encoding}
     * @param streams the encoding of the stream
     */
    static Charset charset(boolean terminal, Charset systems, Charset streams) {
        boolean shown = terminal || !streams.equals(systems);
        return shown && !streams.equals(StandardCharsets.US_ASCII) ? streams : StandardCharsets.UTF_8;
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
