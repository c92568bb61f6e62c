package dev.noisediffusion.bench;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.morph.EncodingCache;
import dev.noisediffusion.morph.FrameOrder;
import dev.noisediffusion.morph.MorphRenderer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Renders a morph of a given length with few steps and prints the peak memory of this process. */
public final class MemoryRun {
    private static final int STEPS = 4;

    private MemoryRun() {}

    /** Renders as many frames as the only argument says. */
    public static void main(String[] args) throws Exception {
        int frames = Integer.parseInt(args[0]);
        Path home = Path.of(System.getProperty("noisediffusion.home"));
        long[] count = {0};
        try (DiffusionModel model = Bench.open(home)) {
            new MorphRenderer(model, new EncodingCache())
                    .renderTogether(
                            List.of(Bench.request(home, frames, STEPS)),
                            Optional.empty(),
                            FrameOrder.SEQUENTIAL,
                            frame -> count[0]++,
                            ProgressListener.NONE,
                            new CancellationToken());
        }
        System.gc();
        long kept = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(MemoryRun::kept)
                .sum();
        System.out.printf(
                "%5d frames: %d MiB of heap kept after the render, %s MiB peak of the process%n",
                count[0], kept >> 20, residentPeak());
    }

    private static long kept(MemoryPoolMXBean pool) {
        return pool.getCollectionUsage() == null ? 0 : pool.getCollectionUsage().getUsed();
    }

    /** From the kernel where it tells (Linux). */
    private static String residentPeak() throws Exception {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "?";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> String.valueOf(Long.parseLong(line.replaceAll("\\D", "")) / 1024))
                .findFirst()
                .orElse("?");
    }
}
