package dev.noisediffusion.app;

import dev.noisediffusion.lab.Experiment;
import dev.noisediffusion.lab.Experiments;
import dev.noisediffusion.lab.LabException;
import dev.noisediffusion.lab.LabReport;
import dev.noisediffusion.lab.ShardMerge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
final class LabCommand extends CommandGroup {
    private final Installation installation;

    LabCommand(Installation installation) {
        this.installation = installation;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the experiments that come with the studio.")
    int list() throws LabException {
        var experiments = new Experiments(installation.experiments());
        for (String name : experiments.names()) {
            Experiment experiment = Experiment.read(experiments.file(name));
            out().println(name + "  " + experiment.title() + ": " + experiment.question());
        }
        return ExitCode.OK;
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
