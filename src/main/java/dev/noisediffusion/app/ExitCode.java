package dev.noisediffusion.app;

/** What the process says when it ends; listed in {@code noisediffusion --help}. */
final class ExitCode {
    static final int OK = 0;
    /** {@code check-model}, {@code models verify}: a value, a file or a model differs from what was expected. */
    static final int CHECK_FAILED = 1;
    /** The command line is wrong; picocli's own choice. */
    static final int USAGE = 2;
    /** A picture, a model, an experiment or the user's presets cannot be read. */
    static final int BAD_INPUT = 3;
    /** The result, or what is to be kept for later, cannot be written; or a model cannot be removed. */
    static final int BAD_TARGET = 4;
    /** No window can be opened: there is no display, or GTK is not installed. */
    static final int NO_DISPLAY = 5;
    /** A model could not be downloaded; what has arrived is kept. */
    static final int DOWNLOAD_FAILED = 6;
    /** What was to run the network failed: a server, or the computer's memory; or the network's numbers overflowed. */
    static final int DEVICE_FAILED = 7;
    /** A fault of the program. */
    static final int INTERNAL = 70;
    /** Ended by Ctrl+C, as shells count, or by another order to end. */
    static final int CANCELLED = 130;

    private ExitCode() {}
}
