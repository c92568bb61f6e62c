package dev.noisediffusion.app;

import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.lab.Experiment;
import dev.noisediffusion.lab.ExperimentRunner;
import dev.noisediffusion.lab.Experiments;
import dev.noisediffusion.lab.LabException;
import dev.noisediffusion.lab.LabReport;
import dev.noisediffusion.lab.PictureSet;
import dev.noisediffusion.lab.Shard;
import dev.noisediffusion.measure.PixelRange;
import dev.noisediffusion.model.ModelLayout;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs an experiment on the command line. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs an experiment, or a part of one, and writes the report of a whole one.",
            "Ended half-way, the same command goes on where it stopped."
        })
final class LabRunCommand extends StudioSubcommand implements Callable<Integer> {
    private final Installation installation;
    private final UserFolders user;

    @Parameters(paramLabel = "EXPERIMENT", description = "A name as 'lab list' has it, or a file")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String name;

    @Option(
            names = "--photos",
            paramLabel = "DIR",
            description = "Photographs that pairs are made of; folders in it count")
    private @Nullable Path photos;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "DIR",
            description = "Folder of the results")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(names = "--pairs", paramLabel = "N", description = "So many pairs instead of the experiment's own")
    private @Nullable Integer pairs;

    @Option(names = "--shard", paramLabel = "I/N", description = "Only part I of N, for N machines")
    private @Nullable String shard;

    @Option(
            names = "--model",
            paramLabel = "DIR|ID",
            description = Library.NAMES + ". Default: the experiment's own, else the starter model")
    private @Nullable String model;

    @Option(
            names = "--lpips",
            paramLabel = "FILE",
            description = "ONNX network for LPIPS: takes two pictures of values -1 to 1, or of bytes")
    private @Nullable Path lpips;

    @Option(
            names = "--inception",
            paramLabel = "FILE",
            description = "ONNX network for FID and KID: takes a picture, says its features")
    private @Nullable Path inception;

    @Option(
            names = "--inception-range",
            paramLabel = "BLACK:WHITE",
            defaultValue = "0:1",
            description = "Pixel values that network takes. Default: ${DEFAULT-VALUE}; 0:255 where it takes bytes")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String inceptionRange;

    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "WHERE",
            description = "Where the network runs: " + DeviceChoice.FORMS + ". Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    @Option(names = "--quiet", description = "No progress on the error stream")
    private boolean quiet;

    LabRunCommand(Installation installation, UserFolders user) {
        this.installation = installation;
        this.user = user;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter err = err();
        Shard part = shard == null ? Shard.WHOLE : Shard.parse(shard);
        Experiment declared = Experiment.read(new Experiments(installation.experiments()).file(name));
        Experiment experiment =
                pairs == null ? declared : declared.withPairs(declared.pairs().of(pairs));
        PictureSet pictures = pictures(experiment);
        DeviceChoice where = DeviceChoice.parse(device);
        var files = new LabNetworks.Files(lpips, inception, PixelRange.parse(inceptionRange));
        ProgressListener progress = progress(quiet);
        Path used = Library.modelFolder(installation, user, model == null ? experiment.model() : model);
        var resources = Models.Resources.ofUser();
        Path file;
        try (var ctrlC = new CtrlC()) {
            CancellationToken token = ctrlC.token();
            file = token.<Path, Exception>during(() -> {
                try (Models.Opened opened = Models.open(ModelLayout.read(used), where, resources, err);
                        LabNetworks networks = LabNetworks.open(opened, used, files)) {
                    return new ExperimentRunner(opened.model(), experiment, pictures, networks.instruments())
                            .run(folder, part, progress, token);
                }
            });
        } catch (CancellationException e) {
            err.println("Cancelled; what was measured is kept, and the same command goes on from there.");
            return ExitCode.CANCELLED;
        }
        out().println(part.count() == 1 ? LabReport.write(file, folder) : file);
        return ExitCode.OK;
    }

    private PictureSet pictures(Experiment experiment) throws LabException {
        if (experiment.pairs().natural() == 0) {
            return PictureSet.none();
        }
        if (photos == null) {
            throw new IllegalArgumentException(
                    "The experiment " + experiment.name() + " needs photographs: give their folder with --photos.");
        }
        return PictureSet.below(photos, err()::println);
    }
}
