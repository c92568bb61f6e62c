package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.RandomModels;
import dev.noisediffusion.tensor.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes a random ADM model of half a billion parameters, imports it, runs a call, and prints the peak memory of this
 * process after each. Run by hand, for it takes minutes and 5 GB of disk: the arguments are {@code make DIR}, then, in a
 * new process, {@code run DIR}.
 */
public final class LargeModelRun {
    private LargeModelRun() {}

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        if (arguments[0].equals("make")) {
            RandomModels.writeAdm(folder.resolve("model"), 256, 64, 64);
            return;
        }
        Path weights = folder.resolve("model/unet/diffusion_pytorch_model.safetensors");
        print("the weights have " + (Files.size(weights) >> 20) + " MiB");
        var engine = new OrtEngine(new GraphCache(folder.resolve("cache")), new NativeLedger(), ExecutionProvider.CPU);
        try (DiffusionModel model = engine.open(folder.resolve("model"))) {
            print("opened");
            long start = System.nanoTime();
            double norm = Kernels.norm(model.denoiser().predict(Kernels.gaussian(model.latentShape(), 1), 500));
            print("one call: " + (System.nanoTime() - start) / 1_000_000 + " ms, norm " + norm);
        }
    }

    private static void print(String stage) throws IOException {
        List<String> memory = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM") || line.startsWith("RssAnon") || line.startsWith("RssFile"))
                .toList();
        System.out.println(stage + " " + memory);
    }
}
