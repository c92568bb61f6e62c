package dev.noisediffusion.app;

import picocli.CommandLine.ParameterException;

/** A command that does nothing by itself: it has commands of its own, and one of them has to be named. */
abstract class CommandGroup extends StudioSubcommand implements Runnable {
    @Override
    public final void run() {
        throw new ParameterException(commandLine(), "Which command? See below.");
    }
}
