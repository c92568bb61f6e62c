package dev.noisediffusion.onnx;

import dev.noisediffusion.job.Trouble;
import java.util.Locale;
import java.util.stream.Stream;

/** A call needs more memory than the device has left. */
final class DeviceMemoryException extends IllegalStateException implements Trouble.Carrier {
    private final String said;

    DeviceMemoryException(Throwable cause) {
        super(
                "The memory of this computer is too small for the model at this size of pictures: close other programs, or"
                        + " choose a smaller model.",
                cause);
        this.said = String.valueOf(cause.getMessage());
    }

    /** What the runtime says of it. */
    String said() {
        return said;
    }

    @Override
    public Trouble trouble() {
        return Trouble.Known.OUT_OF_MEMORY;
    }

    /** Whether the runtime says so: its allocators, those of CUDA and its libraries, and the C++ standard library. */
    static boolean isMeantBy(Throwable error) {
        String message = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
        return Stream.of(
                        "failed to allocate memory",
                        "available memory of",
                        "out of memory",
                        "out_of_memory",
                        "cudaerrormemoryallocation",
                        "alloc_failed",
                        "allocation_failed",
                        "bad allocation",
                        "bad_alloc")
                .anyMatch(message::contains);
    }
}
