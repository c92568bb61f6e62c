package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.model.Fixtures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The lab as researchers run it, also on several machines at once. */
class LabCommandTest {
    private static final Path SAMPLES = Path.of("assets", "samples").toAbsolutePath();
    private static final Path MODEL =
            Path.of("src/test/resources/fixtures/unet2d-modern").toAbsolutePath();

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private UserFolders user = UserFolders.ofUser();
    private Path experiment = Path.of("");

    @BeforeEach
    void declare() throws IOException {
        experiment = folder.resolve("small.json");
        Files.writeString(experiment, """
                {
                  "format": "noisediffusion-experiment", "version": 1, "name": "small", "title": "Small", "question": "?",
                  "model": "%s",
                  "pairs": {"natural": 2, "generated": 1, "seed": 1, "generatedSteps": 2},
                  "render": {"fractions": [0, 0.5, 1], "steps": 4, "depth": 0.7},
                  "seeds": [0],
                  "grid": [{"axes": {"gamma": [0, 0.3]}}, {"set": {"method": "slerp"}}],
                  "baseline": "slerp"
                }
                """.formatted(MODEL.toString().replace('\\', '/')));
    }

    private int lab(String... arguments) {
        var all = new ArrayList<>(List.of("lab"));
        all.addAll(List.of(arguments));
        return run(all);
    }

    private int run(List<String> arguments) {
        return StudioCommand.commandLine(Installation.locate(), user)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private byte[] whole() throws IOException {
        Path whole = folder.resolve("whole");
        assertEquals(
                ExitCode.OK,
                lab(
                        "run",
                        experiment.toString(),
                        "--photos",
                        SAMPLES.toString(),
                        "--device",
                        "cpu",
                        "-o",
                        whole.toString()),
                err::toString);
        assertTrue(Files.exists(whole.resolve("report.html")), out::toString);
        return Files.readAllBytes(whole.resolve("results.jsonl"));
    }

    /** A program as it is installed: a script that starts Java. Written once, for it cannot be while a machine runs it. */
    private Path program() throws IOException {
        Path program = folder.resolve("noisediffusion");
        if (Files.exists(program)) {
            return program;
        }
        Files.writeString(
                program,
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true '-Dnoisediffusion.home="
                        + Path.of("").toAbsolutePath() + "' -cp '" + System.getProperty("java.class.path") + "' "
                        + Launcher.class.getName() + " \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    private Process machine(List<String> command, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("NOISEDIFFUSION", program().toString());
        // What the machine that tests is told for its own work would make other numbers than whole() does.
        builder.environment().put("DEVICE", "cpu");
        builder.redirectOutput(
                folder.resolve("machine-" + environment.hashCode() + ".log").toFile());
        return builder.start();
    }

    private void requireSuccess(List<Process> machines) throws InterruptedException, IOException {
        for (Process machine : machines) {
            int code = machine.waitFor();
            try (var logs = Files.list(folder)) {
                String said = logs.filter(file -> file.toString().endsWith(".log"))
                        .map(LabCommandTest::read)
                        .collect(Collectors.joining("\n"));
                assertEquals(0, code, said);
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    private void requireMerged(byte[] whole, Path results) throws IOException {
        Path merged = folder.resolve("merged");
        assertEquals(ExitCode.OK, lab("merge", results.toString(), "-o", merged.toString()), err::toString);
        assertArrayEquals(whole, Files.readAllBytes(merged.resolve("results.jsonl")));
        assertTrue(Files.exists(merged.resolve("report.html")));
    }

    private int labWithNetworks(String lpips, String inception) {
        Path networks = Path.of("src/test/resources/fixtures/measure-networks").toAbsolutePath();
        return lab(
                "run",
                experiment.toString(),
                "--photos",
                SAMPLES.toString(),
                "--pairs",
                "4",
                "--lpips",
                networks.resolve(lpips).toString(),
                "--inception",
                networks.resolve(inception).toString(),
                "-o",
                folder.resolve("networks").toString());
    }

    @Test
    void networksOfTheUserAddLpipsFidAndKid() throws Exception {
        assertEquals(ExitCode.OK, labWithNetworks("lpips.onnx", "inception-bytes.onnx"), err::toString);
        Path made = folder.resolve("networks");
        String header = Files.readString(made.resolve("results.csv"))
                .lines()
                .findFirst()
                .orElseThrow();
        assertTrue(header.endsWith(",lpips,end-lpips,lpips-path,lpips-unevenness"), header);
        List<String> summary =
                Files.readString(made.resolve("summary.csv")).lines().toList();
        for (String wanted : List.of("natural,slerp,lpips,4,", "natural,slerp,fid,4,", "natural,slerp,kid,4,")) {
            assertTrue(summary.stream().anyMatch(line -> line.startsWith(wanted)), wanted);
        }
        String page = Files.readString(made.resolve("report.html"));
        assertTrue(page.contains("Network for LPIPS: lpips.onnx, SHA-256 "), page);
        assertTrue(page.contains("<h3>FID and KID</h3>"), page);
    }

    @Test
    void aNetworkOfAnotherKindIsRefusedBeforeAnythingIsRendered() {
        assertEquals(ExitCode.USAGE, labWithNetworks("inception.onnx", "inception.onnx"));
        assertTrue(err.toString().contains("inception.onnx is no LPIPS network"), err::toString);
        assertTrue(Files.notExists(folder.resolve("networks")));
    }

    /** A task of an array that begins with another and has so many. */
    private Process slurmTask(int task, int first, int count, Path results) throws IOException {
        return machine(
                List.of(
                        "bash",
                        "installer/slurm/lab-array.sbatch",
                        experiment.toString(),
                        SAMPLES.toString(),
                        results.toString(),
                        "2"),
                Map.of(
                        "SLURM_ARRAY_TASK_ID", String.valueOf(task),
                        "SLURM_ARRAY_TASK_MIN", String.valueOf(first),
                        "SLURM_ARRAY_TASK_COUNT", String.valueOf(count)));
    }

    @DisabledOnOs(OS.WINDOWS)
    @Test
    void aSlurmArrayMakesWhatOneMachineMakesAlsoWhereATaskIsDoneAgain() throws Exception {
        byte[] whole = whole();
        Path results = folder.resolve("results");
        requireSuccess(List.of(slurmTask(1, 1, 2, results), slurmTask(2, 2, 1, results)));
        requireMerged(whole, results);
    }

    @DisabledOnOs(OS.WINDOWS)
    @Test
    void aKubernetesJobMakesWhatOneMachineMakes() throws Exception {
        byte[] whole = whole();
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.createSymbolicLink(data.resolve("photographs"), SAMPLES);
        String script = kubernetesScript();
        var machines = new ArrayList<Process>();
        for (int index = 0; index < 2; index++) {
            machines.add(machine(
                    List.of("/bin/sh", "-c", script),
                    Map.of(
                            "JOB_COMPLETION_INDEX", String.valueOf(index),
                            "SHARDS", "2",
                            "EXPERIMENT", experiment.toString(),
                            "DATA", data.toString())));
        }
        requireSuccess(machines);
        requireMerged(whole, data.resolve("results"));
    }

    private static String kubernetesScript() throws IOException {
        return Files.readString(Path.of("installer/kubernetes/lab-job.yaml"))
                .lines()
                .dropWhile(line -> !line.strip().equals("- |"))
                .skip(1)
                .takeWhile(line -> line.startsWith(" ".repeat(14)))
                .map(String::strip)
                .collect(Collectors.joining("\n"));
    }

    /** What a template starts on its first machine, said by an echo in place of the program. */
    private static String started(List<String> template, String device) throws Exception {
        var builder = new ProcessBuilder(template).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "NOISEDIFFUSION", "echo",
                        "SLURM_ARRAY_TASK_ID", "1",
                        "JOB_COMPLETION_INDEX", "0",
                        "SHARDS", "8",
                        "EXPERIMENT", "gamma",
                        "DEVICE", device));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    @DisabledOnOs(OS.WINDOWS)
    @Test
    void theTemplatesGiveEveryMachineTheSameDevice() throws Exception {
        var slurm = List.of("bash", "installer/slurm/lab-array.sbatch", "gamma", "photographs", "results", "8");
        var kubernetes = List.of("/bin/sh", "-c", kubernetesScript());
        for (List<String> template : List.of(slurm, kubernetes)) {
            String usual = started(template, "");
            assertTrue(usual.contains("results --device cpu --shard 1/8"), usual);
            String chosen = started(template, "cuda");
            assertTrue(chosen.contains("results --device cuda --shard 1/8"), chosen);
        }
    }

    /** CUDA computes in float16, so that its numbers are others. */
    @Test
    void resultsOfAnotherDeviceDoNotGoOn() throws IOException {
        String target = folder.resolve("results").toString();
        String[] run = {
            "run",
            experiment.toString(),
            "--photos",
            SAMPLES.toString(),
            "--device",
            "cpu",
            "--shard",
            "1/4",
            "-o",
            target
        };
        assertEquals(ExitCode.OK, lab(run), err::toString);
        Path results = Path.of(out.toString().strip());
        assertEquals(ExitCode.OK, lab(run), err::toString);
        Fixtures.edit(results, "\"Network on CPU in float32\"", "\"Network on CUDA in float16\"");
        assertEquals(ExitCode.BAD_INPUT, lab(run));
        assertTrue(err.toString().contains("another experiment, model, version, device"), err::toString);
    }

    @Test
    void theReportIsWrittenAgainAlsoOfAnUnfinishedRun() throws IOException {
        List<String> lines = new String(whole(), StandardCharsets.UTF_8).lines().toList();
        Path whole = folder.resolve("whole");
        Path page = whole.resolve("report.html");
        byte[] before = Files.readAllBytes(page);
        Files.delete(page);
        out.getBuffer().setLength(0);
        assertEquals(ExitCode.OK, lab("report", whole.toString()), err::toString);
        assertEquals(page.toString(), out.toString().strip());
        assertArrayEquals(before, Files.readAllBytes(page));

        Path begun = Files.createDirectory(folder.resolve("begun"));
        Files.writeString(begun.resolve("results.jsonl"), String.join("\n", lines.subList(0, 5)) + "\n");
        Path elsewhere = folder.resolve("elsewhere");
        assertEquals(ExitCode.OK, lab("report", begun.toString(), "-o", elsewhere.toString()), err::toString);
        String unfinished = Files.readString(elsewhere.resolve("report.html"));
        assertTrue(unfinished.contains("Not finished: 4 of 9 measurements."), unfinished);

        assertEquals(ExitCode.BAD_INPUT, lab("report", folder.toString()));
        assertTrue(err.toString().contains("There are no whole results in " + folder), err::toString);
    }

    @Test
    void anExperimentNamesItsModelByItsIdToo() throws IOException {
        List<String> byFolder =
                new String(whole(), StandardCharsets.UTF_8).lines().toList();
        user = new UserFolders("Linux", folder, Map.of());
        assertEquals(ExitCode.OK, run(List.of("models", "add", MODEL.toString())), err::toString);
        Fixtures.edit(experiment, MODEL.toString().replace('\\', '/'), "unet2d-modern");
        Path target = folder.resolve("by-id");
        assertEquals(
                ExitCode.OK,
                lab(
                        "run",
                        experiment.toString(),
                        "--photos",
                        SAMPLES.toString(),
                        "--device",
                        "cpu",
                        "-o",
                        target.toString()),
                err::toString);
        List<String> byId = Files.readAllLines(target.resolve("results.jsonl"));
        assertTrue(byId.getFirst().contains("\"model\":\"unet2d-modern\""), byId::getFirst);
        assertEquals(byFolder.subList(1, byFolder.size()), byId.subList(1, byId.size()));
    }

    @Test
    void theExperimentsAreListed() {
        assertEquals(ExitCode.OK, lab("list"), err::toString);
        for (String name : List.of("ablation", "boundary", "gamma", "injection", "methods")) {
            assertTrue(out.toString().contains(name + "  "), out::toString);
        }
    }

    @Test
    void whatCannotBeRunIsSaid() {
        String target = folder.resolve("results").toString();
        assertEquals(ExitCode.BAD_INPUT, lab("run", "gama", "-o", target));
        assertTrue(
                err.toString().contains("There is no experiment \"gama\"; there are ablation, boundary"),
                err::toString);
        assertEquals(ExitCode.USAGE, lab("run", "gamma", "-o", target));
        assertTrue(err.toString().contains("--photos"), err::toString);
        assertEquals(
                ExitCode.BAD_INPUT,
                lab(
                        "run",
                        "gamma",
                        "-o",
                        target,
                        "--photos",
                        folder.resolve("no").toString()));
        assertTrue(err.toString().contains("is the path right?"), err::toString);
        assertEquals(
                ExitCode.USAGE, lab("run", "gamma", "-o", target, "--photos", SAMPLES.toString(), "--shard", "9/8"));
        assertTrue(err.toString().contains("9/8"), err::toString);
        assertEquals(ExitCode.BAD_INPUT, lab("report", target));
        assertTrue(err.toString().contains("There are no whole results"), err::toString);
        assertTrue(Files.notExists(Path.of(target)));
    }
}
