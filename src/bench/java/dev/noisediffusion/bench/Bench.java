package dev.noisediffusion.bench;

import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.morph.EncodingCache;
import dev.noisediffusion.morph.FrameOrder;
import dev.noisediffusion.morph.Keyframe;
import dev.noisediffusion.morph.MorphRenderer;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.onnx.OrtEngine;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Times network calls and frames, and starts a process of its own for each measurement of memory. */
public final class Bench {
    private static final int WARM_UP = 5;
    private static final int CALLS = 25;
    private static final int STARTS = 5;

    private Bench() {}

    /** Prints every table. */
    public static void main(String[] args) throws Exception {
        Path home = Path.of(System.getProperty("noisediffusion.home"));
        try (DiffusionModel model = open(home)) {
            networkCalls(model);
            frames(model, request(home, 17, 50));
            SliderMoves.measure(model, request(home, 17, 50));
        }
        for (int count : new int[] {10, 100, 1000}) {
            apart(MemoryRun.class, List.of(), String.valueOf(count));
        }
        List<String> headless = List.of("-Dglass.platform=Headless", "-Dprism.order=sw");
        for (int start = 0; start < STARTS; start++) {
            apart(OpeningRun.class, headless);
        }
        apart(WindowRun.class, headless);
    }

    static DiffusionModel open(Path home) throws Exception {
        return new OrtEngine(GraphCache.ofUser()).open(home.resolve("models/flowers-128"));
    }

    static MorphRequest request(Path home, int frames, int steps) throws Exception {
        MorphSettings d = MorphSettings.DEFAULT;
        var settings =
                new MorphSettings(d.method(), frames, steps, d.signalLevel(), d.seed(), d.noiseTravel(), d.endpoints());
        return new MorphRequest(List.of(keyframe(home, "01-dahlia.jpg"), keyframe(home, "02-anemone.jpg")), settings);
    }

    private static Keyframe keyframe(Path home, String name) throws Exception {
        return new Keyframe(
                name, new ImageLoader().load(home.resolve("assets/samples").resolve(name)));
    }

    private static void networkCalls(DiffusionModel model) {
        System.out.println("batch  ms per call  ms per picture");
        for (int batch : new int[] {1, 2, 4}) {
            Tensor noisy = Kernels.gaussian(model.latentShape().withBatch(batch), 1);
            var times = new double[CALLS];
            for (int i = -WARM_UP; i < CALLS; i++) {
                long start = System.nanoTime();
                model.denoiser().predict(noisy, 400);
                if (i >= 0) {
                    times[i] = (System.nanoTime() - start) / 1e6;
                }
            }
            Arrays.sort(times);
            double median = times[CALLS / 2];
            System.out.printf("%5d  %11.1f  %14.1f%n", batch, median, median / batch);
        }
    }

    private static void frames(DiffusionModel model, MorphRequest request) {
        var inside = new AtomicLong();
        Denoiser timed = (noisy, timestep) -> {
            long start = System.nanoTime();
            Tensor prediction = model.denoiser().predict(noisy, timestep);
            inside.addAndGet(System.nanoTime() - start);
            return prediction;
        };
        var timedModel = new DiffusionModel(
                model.id(),
                model.name(),
                timed,
                model.codec(),
                model.settings(),
                model.width(),
                model.height(),
                model.batchSize());
        var cache = new EncodingCache();
        var renderer = new MorphRenderer(timedModel, cache);
        for (String run : List.of("first render, encoding included", "second render, decoding only")) {
            inside.set(0);
            var first = new AtomicLong();
            long start = System.nanoTime();
            renderer.renderTogether(
                    List.of(request),
                    Optional.empty(),
                    FrameOrder.BISECTION,
                    frame -> first.compareAndSet(0, System.nanoTime() - start),
                    ProgressListener.NONE,
                    new CancellationToken());
            double total = System.nanoTime() - start;
            System.out.printf(
                    "%s: %d frames of %d calls in %.2f s, first after %.2f s, %.0f ms a decoded frame, %.2f %% outside"
                            + " the network%n",
                    run,
                    request.settings().frames(),
                    renderer.timetable(request.settings()).length(),
                    total / 1e9,
                    first.get() / 1e9,
                    total / 1e6 / (request.settings().frames() - 2),
                    100 * (1 - inside.get() / total));
        }
    }

    /** Measures in a process of its own, as a user who has no settings and no work yet. */
    private static void apart(Class<?> run, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        Path user = Files.createTempDirectory(Files.createDirectories(Path.of("target", "user")), "bench")
                .toAbsolutePath();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-Dnoisediffusion.home=" + System.getProperty("noisediffusion.home")));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), run.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        for (String variable : List.of("XDG_STATE_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA")) {
            builder.environment().put(variable, user.toString());
        }
        builder.environment().put("DISPLAY", "none is needed");
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectInput(new File(Files.exists(Path.of("/dev/null")) ? "/dev/null" : "NUL"))
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("The measurement " + run.getSimpleName() + " failed");
        }
    }
}
