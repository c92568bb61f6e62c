package dev.noisediffusion.app;

import dev.noisediffusion.diffusion.Bottleneck;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.lab.BottleneckGauge;
import dev.noisediffusion.lab.Experiment;
import dev.noisediffusion.lab.ExperimentRunner;
import dev.noisediffusion.lab.Gauge;
import dev.noisediffusion.lab.Gauges;
import dev.noisediffusion.lab.LabException;
import dev.noisediffusion.lab.LabReport;
import dev.noisediffusion.lab.PictureSet;
import dev.noisediffusion.lab.Shard;
import dev.noisediffusion.lab.ShardMerge;
import dev.noisediffusion.measure.BottleneckFeatures;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.project.UserFolders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Experiments on the command line: run, split over machines, put together and told in a report. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {"Measures morphs: runs experiments on your photographs and writes reports.", ""},
        footer = {
            "",
            "Examples:",
            "  noisediffusion lab run gamma --photos my-photographs -o out/gamma",
            "  noisediffusion lab run gamma --photos my-photographs -o out/gamma --shard 3/8",
            "  noisediffusion lab merge out/gamma",
            "  noisediffusion lab report out/gamma"
        })
final class LabCommand implements Runnable {
    private final Installation installation;
    private final UserFolders user;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    LabCommand(Installation installation, UserFolders user) {
        this.installation = installation;
        this.user = user;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? See below.");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the experiments that come with it.")
    int list() throws LabException {
        for (String name : experiments()) {
            Experiment experiment = Experiment.read(file(name));
            out().println(name + "  " + experiment.title() + ": " + experiment.question());
        }
        return ExitCode.OK;
    }

    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Runs an experiment, or a part of one, and writes the report of a whole one.",
                "Ended half-way, the same command goes on where it stopped."
            })
    int run(
            @Parameters(paramLabel = "EXPERIMENT", description = "A name as 'lab list' has it, or a file") String name,
            @Option(
                            names = "--photos",
                            paramLabel = "DIR",
                            description = "Photographs that pairs are made of; folders in it count")
                    @Nullable
                    Path photos,
            @Option(
                            names = {"-o", "--out"},
                            required = true,
                            paramLabel = "DIR",
                            description = "Folder of the results")
                    Path folder,
            @Option(names = "--pairs", paramLabel = "N", description = "So many pairs instead of the experiment's own")
                    @Nullable
                    Integer pairs,
            @Option(names = "--shard", paramLabel = "I/N", description = "Only part I of N, for N machines") @Nullable
                    String shard,
            @Option(
                            names = "--model",
                            paramLabel = "DIR|ID",
                            description = "Model folder or id. Default: the experiment's own, else the starter model")
                    @Nullable
                    String model,
            @Option(
                            names = "--device",
                            defaultValue = "auto",
                            paramLabel = "WHERE",
                            description =
                                    "Where the network runs: " + DeviceChoice.FORMS + ". Default: ${DEFAULT-VALUE}")
                    String device,
            @Option(names = "--quiet", description = "No progress on the error stream") boolean quiet)
            throws Exception {
        Shard part = shard == null ? Shard.WHOLE : Shard.parse(shard);
        Experiment declared = Experiment.read(file(name));
        Experiment experiment =
                pairs == null ? declared : declared.withPairs(declared.pairs().of(pairs));
        PictureSet pictures = pictures(experiment, photos);
        DeviceChoice where = DeviceChoice.parse(device);
        ProgressListener progress = quiet ? ProgressListener.NONE : ConsoleProgress.on(err());
        Path file;
        Path used = Library.modelFolder(installation, user, model == null ? experiment.model() : model);
        try (var ctrlC = new CtrlC();
                DiffusionModel opened = Models.open(used, where, err());
                Eye eye = Eye.of(used)) {
            var runner =
                    new ExperimentRunner(opened, experiment, pictures, eye.gauges(opened), Installation.software());
            file = runner.run(folder, part, progress, ctrlC.token());
        } catch (CancellationException e) {
            err().println("Cancelled; what was measured is kept, and the same command goes on from there.");
            return ExitCode.CANCELLED;
        }
        out().println(part.count() == 1 ? LabReport.write(file, folder) : file);
        return ExitCode.OK;
    }

    /** The model's own features, where it gives any. */
    private record Eye(Optional<Bottleneck> bottleneck) implements AutoCloseable {
        static Eye of(Path model) throws ModelException {
            return new Eye(Models.engine().openBottleneck(ModelLayout.read(model)));
        }

        List<Gauge> gauges(DiffusionModel model) {
            var gauges = new ArrayList<>(Gauges.standard());
            bottleneck.ifPresent(opened -> gauges.add(new BottleneckGauge(BottleneckFeatures.of(opened, model))));
            return List.copyOf(gauges);
        }

        @Override
        public void close() {
            bottleneck.ifPresent(Bottleneck::close);
        }
    }

    private static PictureSet pictures(Experiment experiment, @Nullable Path photos) throws LabException {
        if (experiment.pairs().natural() == 0) {
            return PictureSet.none();
        }
        if (photos == null) {
            throw new IllegalArgumentException(
                    "The experiment " + experiment.name() + " needs photographs: give their folder with --photos.");
        }
        return PictureSet.below(photos);
    }

    private Path file(String name) throws LabException {
        Path own = installation.experiments().resolve(name + ".json");
        Path given = Path.of(name);
        if (Files.isRegularFile(given) || name.endsWith(".json") || !name.equals(String.valueOf(given.getFileName()))) {
            return given;
        }
        if (!Files.isRegularFile(own)) {
            throw new LabException("There is no experiment \"" + name + "\"; there are "
                    + String.join(", ", experiments()) + ", or give a file of your own.");
        }
        return own;
    }

    private List<String> experiments() throws LabException {
        try (Stream<Path> files = Files.list(installation.experiments())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(".json"))
                    .map(file -> file.substring(0, file.length() - ".json".length()))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new LabException(
                    "The experiments in " + installation.experiments() + " cannot be read; install the studio again.",
                    e);
        }
    }

    @Command(
            name = "merge",
            mixinStandardHelpOptions = true,
            description = {
                "Puts the shards of a run together: byte for byte what one machine would have written.",
                "Then writes the report."
            })
    int merge(
            @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders with the shards") List<Path> folders,
            @Option(
                            names = {"-o", "--out"},
                            paramLabel = "DIR",
                            description = "Folder of the whole results. Default: the first folder")
                    @Nullable
                    Path target)
            throws IOException {
        Path folder = target == null ? folders.getFirst() : target;
        Path file = ShardMerge.merge(folders, folder);
        out().println(LabReport.write(file, folder));
        return ExitCode.OK;
    }

    @Command(
            name = "report",
            mixinStandardHelpOptions = true,
            description = "Writes the report again, or of what an unfinished run has measured so far.")
    int report(
            @Parameters(paramLabel = "DIR", description = "Folder of the results") Path folder,
            @Option(
                            names = {"-o", "--out"},
                            paramLabel = "DIR",
                            description = "Folder of the report. Default: that of the results")
                    @Nullable
                    Path target)
            throws IOException {
        out().println(LabReport.write(LabReport.resultsIn(folder), target == null ? folder : target));
        return ExitCode.OK;
    }
}
