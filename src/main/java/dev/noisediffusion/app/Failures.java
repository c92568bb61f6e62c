package dev.noisediffusion.app;

import dev.noisediffusion.critic.CriticException;
import dev.noisediffusion.export.ExportException;
import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.image.ImageException;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.Refusal;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.lab.LabException;
import dev.noisediffusion.library.DownloadException;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.project.ProjectException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Turns exceptions into a sentence for the user, an exit code, and a line in the log. */
final class Failures {
    private static final System.Logger LOG = System.getLogger(Failures.class.getName());

    /** Of what cannot be written or deleted, whichever exception tells of it. */
    private static final Set<Refusal> UNWRITTEN = Set.of(
            ModelRefusal.UNWRITABLE,
            ModelRefusal.NOT_DELETED,
            ModelRefusal.NO_ROOM,
            ModelRefusal.DISK_FULL,
            ModelRefusal.DISK_FILLED,
            ModelRefusal.CRITIC_UNWRITABLE);

    private Failures() {}

    /** Says what went wrong, once, and gives the exit code. */
    static int report(Throwable error, PrintWriter err, boolean verbose) {
        if (error instanceof CancellationException) {
            err.println("Cancelled; nothing was left behind.");
            return ExitCode.CANCELLED;
        }
        LOG.log(Level.ERROR, "Command failed", error);
        int code = switch (error) {
            case Trouble.Carrier e
            when e.trouble() instanceof Trouble.Refused refused && UNWRITTEN.contains(refused.refusal()) ->
                ExitCode.BAD_TARGET;
            case ImageException e -> ExitCode.BAD_INPUT;
            case ModelException e -> ExitCode.BAD_INPUT;
            case CriticException e
            when e.trouble().equals(ModelRefusal.CRITIC_OVERFLOWED.with()) -> ExitCode.DEVICE_FAILED;
            case CriticException e -> ExitCode.BAD_INPUT;
            case LabException e -> ExitCode.BAD_INPUT;
            case ProjectException e -> ExitCode.BAD_INPUT;
            case DownloadException e -> ExitCode.DOWNLOAD_FAILED;
            case ExportException e -> ExitCode.BAD_TARGET;
            // What is left of what has a sentence is of the device: a server that failed, numbers that overflowed,
            // no memory, or a network that could not move to the processor.
            case Trouble.Carrier e -> ExitCode.DEVICE_FAILED;
            case IllegalArgumentException e -> ExitCode.USAGE;
            default -> ExitCode.INTERNAL;
        };
        err.println(code == ExitCode.INTERNAL ? "Something went wrong: " + error : error.getMessage());
        if (verbose) {
            error.printStackTrace(err);
        } else if (code == ExitCode.INTERNAL) {
            err.println("The log in " + UserFolders.ofUser().logs() + " has the details; --verbose shows them.");
        }
        return code;
    }
}
