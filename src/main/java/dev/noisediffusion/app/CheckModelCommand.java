package dev.noisediffusion.app;

import dev.noisediffusion.onnx.ModelCheck;
import dev.noisediffusion.onnx.ModelReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a model folder is and whether it computes what it should. */
@Command(
        name = "check-model",
        mixinStandardHelpOptions = true,
        description = {
            "Loads a model folder, says what it is, runs one call, and gives its shapes and milliseconds.",
            "Where the folder has an expected.safetensors, every value in it is compared with the model's own and the"
                    + " largest error of each is printed; the exit code is 1 where one is beyond its tolerance.",
            ""
        })
final class CheckModelCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The model folder")
    private Path folder = Path.of("");

    @Option(
            names = "--expected",
            paramLabel = "FILE",
            description = "Expected values, in place of the folder's own expected.safetensors")
    private @Nullable Path expected;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ModelReport report = ModelCheck.run(folder, Optional.ofNullable(expected), Models.engine());
        PrintWriter out = spec.commandLine().getOut();
        report.description().forEach(out::println);
        out.printf(Locale.ROOT, "%.1f ms a call%n", report.millisecondsPerCall());
        report.comparisons().forEach(out::println);
        report.notCompared().forEach(name -> out.println(name + ": not compared, the studio does not know this value"));
        return report.passed() ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }
}
