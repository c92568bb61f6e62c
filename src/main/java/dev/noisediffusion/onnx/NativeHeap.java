package dev.noisediffusion.onnx;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The C library's heap, where the runtime keeps weights. That of Linux (glibc) holds on to what was freed, for the next to ask;
 * half the memory of a large session that was closed would not be free for other programs.
 */
final class NativeHeap {
    private static final System.Logger LOG = System.getLogger(NativeHeap.class.getName());

    /** {@code int malloc_trim(size_t pad)} of glibc; other C libraries give memory back by themselves. */
    @SuppressWarnings("restricted") // allowed at the start of the application, as the runtime itself needs it
    private static final Optional<MethodHandle> TRIM = Linker.nativeLinker()
            .defaultLookup()
            .find("malloc_trim")
            .map(function -> Linker.nativeLinker()
                    .downcallHandle(function, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)));

    private NativeHeap() {}

    /** Gives what was freed back to the system: about a tenth of a second for 2 GB. Safe for any thread. */
    static void trim() {
        if (TRIM.isEmpty()) {
            return;
        }
        try {
            int released = (int) TRIM.get().invokeExact(0L);
            if (released == 0) {
                LOG.log(System.Logger.Level.DEBUG, "There was no native memory to give back");
            }
        } catch (Throwable e) {
            throw new IllegalStateException("Native memory could not be given back: " + e, e);
        }
    }
}
