package dev.noisediffusion.app;

import dev.noisediffusion.export.Playback;
import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.Endpoints;
import dev.noisediffusion.morph.NoiseTravel;
import dev.noisediffusion.project.MethodName;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program itself: without a subcommand it opens the window. */
@Command(
        name = "noisediffusion",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[morph | check-model | models | critic | lab]",
        header = {"Diffusion morphs between your own pictures.", ""},
        description = {"Without a command, the studio's window opens.", ""},
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done",
            "1:check-model: a value is beyond its tolerance, or the model is refused for pictures; models verify: a file"
                    + " is damaged or missing, or a model cannot be read; critic train: the critic is too poor to score",
            "2:The command line is wrong",
            "3:A picture, a model, a critic, an experiment or its results, or your presets cannot be read",
            "4:The result, or a model, critic or token that is to be kept, cannot be written; or a model cannot be"
                    + " removed",
            "5:No window can be opened: there is no display, or GTK 3 is not installed",
            "6:A model could not be downloaded; what has arrived is kept",
            "7:What was to run the network failed: a server, or the computer's memory; or the network's numbers overflowed",
            "70:A fault of the program; the log has the details",
            "130:Cancelled with Ctrl+C; nothing is left behind but what a download or an experiment goes on from, and the"
                    + " heat maps of pictures that were scored"
        },
        footer = {"", "Example:", "  noisediffusion morph rose.jpg tulip.jpg -o morph.mp4 --gamma 0.1 --compare slerp"})
final class StudioCommand implements Callable<Integer> {
    private final Installation installation;

    @Option(names = "--verbose", scope = CommandLine.ScopeType.INHERIT, description = "Show the causes of errors")
    boolean verbose;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "A project or an exported film to open, or pictures to begin with")
    private List<Path> files = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    StudioCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws InterruptedException {
        requireNoUnknownCommand();
        Optional<String> refusal = StudioApplication.open(installation, files);
        if (refusal.isEmpty()) {
            return ExitCode.OK;
        }
        spec.commandLine().getErr().println(refusal.get() + " To render without a window: noisediffusion morph --help");
        return ExitCode.NO_DISPLAY;
    }

    /** Names of projects, films and pictures have an ending: a word that has none, and is no file, was to be a command. */
    private void requireNoUnknownCommand() {
        if (files.isEmpty()) {
            return;
        }
        Path first = files.getFirst();
        if (!String.valueOf(first.getFileName()).contains(".") && Files.notExists(first)) {
            throw new ParameterException(spec.commandLine(), "'" + first + "' is neither a command nor a file.");
        }
    }

    /** The command line with its subcommands, for the user who runs it. */
    static CommandLine commandLine(Installation installation) {
        return commandLine(installation, UserFolders.ofUser());
    }

    /** The command line for a user whose folders are elsewhere. */
    static CommandLine commandLine(Installation installation, UserFolders user) {
        var command = new StudioCommand(installation);
        var commandLine = new CommandLine(command);
        commandLine.addSubcommand(new MorphCommand(installation, user));
        commandLine.addSubcommand(new CheckModelCommand(installation, user));
        commandLine.addSubcommand(new ModelsCommand(installation, user));
        commandLine.addSubcommand(new CriticCommand(installation, user));
        commandLine.addSubcommand(
                new CommandLine(new LabCommand(installation)).addSubcommand(new LabRunCommand(installation, user)));
        commandLine.addSubcommand(new SampleCommand(installation));
        giveVersion(commandLine);
        EnumConverter.register(commandLine, MethodName.class);
        EnumConverter.register(commandLine, BoundaryPlacement.class);
        EnumConverter.register(commandLine, NoiseTravel.class);
        EnumConverter.register(commandLine, Endpoints.class);
        EnumConverter.register(commandLine, Playback.class);
        commandLine.setExecutionExceptionHandler(
                (error, failing, parsed) -> Failures.report(error, failing.getErr(), command.verbose));
        commandLine.setParameterExceptionHandler((error, arguments) -> explain(error));
        return commandLine;
    }

    /** An annotation would give it to the program itself alone, and every command has the option. */
    private static void giveVersion(CommandLine commandLine) {
        commandLine.getCommandSpec().versionProvider(new Version());
        commandLine.getSubcommands().values().forEach(StudioCommand::giveVersion);
    }

    /**
     * Says what is wrong, and shows the whole help of a group of commands only, which is short: any other would push the
     * sentence off the screen.
     */
    private static int explain(ParameterException error) {
        CommandLine failing = error.getCommandLine();
        PrintWriter err = failing.getErr();
        err.println(failing.getColorScheme().errorText(error.getMessage()));
        if (!UnmatchedArgumentException.printSuggestions(error, err)) {
            if (failing.getParent() != null && !failing.getSubcommands().isEmpty()) {
                failing.usage(err);
            } else {
                err.println("'" + failing.getCommandSpec().qualifiedName() + " --help' explains every option.");
            }
        }
        return failing.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** The version the application was packaged with. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Installation.applicationName()};
        }
    }
}
