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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Times network calls and frames, and starts a process of its own for each measurement of memory. */
public final class Bench {
    private static final int WARM_UP = 5;
    private static final int CALLS = 25;
    private static final int STARTS = 5;
    private static final List<String> SAMPLES =
            List.of("01-dahlia.jpg", "02-anemone.jpg", "03-marigold.jpg", "04-yellow-daisy.jpg", "05-daffodil.jpg");

    private Bench() {}

    /** Prints every table. */
    public static void main(String[] args) throws Exception {
        Path home = Path.of(System.getProperty("noisediffusion.home"));
        try (DiffusionModel model = open(home)) {
            networkCalls(model);
            frames(model, home);
            SliderMoves.measure(model, request(home, 17, 50));
            PictureTimes.measure(home);
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
        return request(home, 2, frames, steps, MorphSettings.DEFAULT.signalLevel());
    }

    private static MorphRequest request(Path home, int pictures, int frames, int steps, double signalLevel)
            throws Exception {
        MorphSettings d = MorphSettings.DEFAULT;
        var settings =
                new MorphSettings(d.method(), frames, steps, signalLevel, d.seed(), d.noiseTravel(), d.endpoints());
        var keyframes = new ArrayList<Keyframe>();
        for (String name : SAMPLES.subList(0, pictures)) {
            keyframes.add(new Keyframe(
                    name, new ImageLoader().load(home.resolve("assets/samples").resolve(name))));
        }
        return new MorphRequest(keyframes, settings);
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

    private static void frames(DiffusionModel model, Path home) throws Exception {
        var inside = new AtomicLong();
        Denoiser timed = (noisy, timestep) -> {
            long start = System.nanoTime();
            Tensor prediction = model.denoiser().predict(noisy, timestep);
            inside.addAndGet(System.nanoTime() - start);
            return prediction;
        };
        var timedModel = new DiffusionModel(
                model.id(),
                model.cacheKey(),
                model.name(),
                timed,
                model.codec(),
                model.settings(),
                model.width(),
                model.height(),
                model.batchSize());
        var renderer = new MorphRenderer(timedModel, new EncodingCache());
        Map<String, MorphRequest> runs = new LinkedHashMap<>();
        runs.put("first render, encoding included", request(home, 17, 50));
        runs.put("second render, decoding only", request(home, 17, 50));
        runs.put("shallower: depth 0.6", request(home, 2, 17, 50, MorphSettings.signalLevelAt(0.6)));
        runs.put("deeper: depth 0.8", request(home, 2, 17, 50, MorphSettings.signalLevelAt(0.8)));
        runs.put("three more pictures, 49 frames", request(home, SAMPLES.size(), 49, 50, 0.3));
        for (Map.Entry<String, MorphRequest> run : runs.entrySet()) {
            MorphRequest request = run.getValue();
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
                    run.getKey(),
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
