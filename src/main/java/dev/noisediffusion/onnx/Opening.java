package dev.noisediffusion.onnx;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Parts on their way to a whole: what has been opened is closed again, the last first, unless the whole comes about. */
final class Opening implements AutoCloseable {
    private final Deque<Runnable> closers = new ArrayDeque<>();

    /** Takes a part on until the whole is there. */
    <T> T add(T part, Consumer<? super T> closer) {
        closers.push(() -> closer.accept(part));
        return part;
    }

    /** The whole, which owns its parts from now on. */
    <T> T keep(T whole) {
        closers.clear();
        return whole;
    }

    @Override
    public void close() {
        closers.forEach(Runnable::run);
    }
}
