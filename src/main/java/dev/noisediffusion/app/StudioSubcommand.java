package dev.noisediffusion.app;

import dev.noisediffusion.job.ProgressListener;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every subcommand has: where it prints, and the command line that it was called by. */
abstract class StudioSubcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    final CommandLine commandLine() {
        return spec.commandLine();
    }

    /** For results, which other programs may read. */
    final PrintWriter out() {
        return commandLine().getOut();
    }

    /** For everything else. */
    final PrintWriter err() {
        return commandLine().getErr();
    }

    /** Progress on the error stream, or nowhere. */
    final ProgressListener progress(boolean quiet) {
        return quiet ? ProgressListener.NONE : ConsoleProgress.on(err());
    }
}
