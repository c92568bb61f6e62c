package dev.noisediffusion.app;

import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.onnx.ModelCheck;
import dev.noisediffusion.onnx.ModelReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a model is, whether the studio takes it for pictures, and whether it computes what it should. */
@Command(
        name = "check-model",
        mixinStandardHelpOptions = true,
        description = {
            "Loads a model, says what it is, runs one call, and gives its shapes and milliseconds.",
            "Where the folder has an expected.safetensors, every value in it is compared with the model's own and the"
                    + " largest error of each is printed; the exit code is 1 where one is beyond its tolerance, or where"
                    + " the studio does not take the model for pictures.",
            ""
        })
final class CheckModelCommand extends StudioSubcommand implements Callable<Integer> {
    private final Installation installation;
    private final UserFolders user;

    @Parameters(paramLabel = "DIR|ID", description = Library.NAMES)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String model;

    @Option(
            names = "--expected",
            paramLabel = "FILE",
            description = "Expected values, in place of the folder's own expected.safetensors")
    private @Nullable Path expected;

    CheckModelCommand(Installation installation, UserFolders user) {
        this.installation = installation;
        this.user = user;
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Library.modelFolder(installation, user, model);
        ModelReport report;
        try (var ctrlC = new CtrlC()) {
            report = ctrlC.token().during(() -> ModelCheck.run(folder, Optional.ofNullable(expected), Models.engine()));
        }
        PrintWriter out = out();
        report.description().forEach(out::println);
        report.refusal().ifPresent(sentence -> out.println("pictures: refused; " + sentence));
        out.printf(Locale.ROOT, "%.1f ms a call%n", report.millisecondsPerCall());
        report.comparisons().forEach(out::println);
        report.notCompared().forEach(name -> out.println(name + ": not compared"));
        return report.passed() && report.refusal().isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }
}
