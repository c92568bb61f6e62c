package dev.noisediffusion.onnx;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * How much of a device's memory open sessions may take.
 */
@FunctionalInterface
interface MemoryBudget {
    /** The most that sessions on a device may take together, in bytes. */
    long bytes(ExecutionProvider device);

    /**
     * Shares of what this machine has: 70 % of its memory, where the rest is for what networks compute, the window and other
     * programs, and 80 % of its smallest NVIDIA GPU's. Where a GPU's memory is not known there is no limit but its own.
     */
    static MemoryBudget ofMachine() {
        return new Machine();
    }

    /** Asked once for each device, and not before it is needed. */
    final class Machine implements MemoryBudget {
        private static final long MIB = 1 << 20;
        private static final long PATIENCE_SECONDS = 5;

        private long cpu;
        private long cuda;

        private Machine() {}

        @Override
        public synchronized long bytes(ExecutionProvider device) {
            return switch (device) {
                case CPU -> {
                    cpu = cpu == 0 ? share(memory(), 70) : cpu;
                    yield cpu;
                }
                case CUDA -> {
                    cuda = cuda == 0 ? share(ofGpus(), 80) : cuda;
                    yield cuda;
                }
            };
        }

        private static long share(long bytes, int percent) {
            return bytes == Long.MAX_VALUE ? bytes : Math.max(1, bytes / 100 * percent);
        }

        /** Of the machine, or of the container that this runs in. */
        private static long memory() {
            return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                    .getTotalMemorySize();
        }

        /** Of the smallest NVIDIA GPU, as its driver's own tool says. */
        private static long ofGpus() {
            try {
                Process tool = new ProcessBuilder(
                                "nvidia-smi", "--query-gpu=memory.total", "--format=csv,noheader,nounits")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                try {
                    if (!tool.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                        return Long.MAX_VALUE;
                    }
                    return smallest(new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                } finally {
                    tool.destroyForcibly();
                }
            } catch (IOException e) {
                // The driver's tool is not there.
                return Long.MAX_VALUE;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Long.MAX_VALUE;
            }
        }
    }

    /**
     * The smallest of some numbers of mebibytes, one a line, in bytes; lines that say something else do not count.
     *
     * @return {@link Long#MAX_VALUE} where there is none
     */
    static long smallest(String lines) {
        return lines.lines()
                .map(String::strip)
                .filter(line -> line.matches("[1-9][0-9]{0,11}"))
                .mapToLong(line -> Long.parseLong(line) * Machine.MIB)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
