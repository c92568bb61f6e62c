package dev.noisediffusion.app;

import dev.noisediffusion.job.CancellationToken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns Ctrl+C, or any other order to end, into a cancellation: the work ends by itself, and with it the process. One
 * whose work does not end soon is ended all the same.
 *
 * <p>A shutdown hook would not do. The JVM runs hooks side by side, and ONNX Runtime's own frees what networks that are
 * still at work stand on. So the JVM hears of the end only once the work is over.
 */
@SuppressWarnings(
        "sunapi") // The JDK has no other way to hear of a signal; the module jdk.unsupported exports this one.
final class CtrlC implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CtrlC.class.getName());
    private static final int PATIENCE_SECONDS = 10;
    /** Ctrl+C, the desktop's or the system's order to end, and a terminal that was closed, which Windows has none of. */
    private static final List<String> ORDERS = List.of("INT", "TERM", "HUP");

    private final CancellationToken token = new CancellationToken();
    private final CountDownLatch cleanedUp = new CountDownLatch(1);
    private final Map<Signal, SignalHandler> before = new HashMap<>();

    CtrlC() {
        for (String order : ORDERS) {
            try {
                var signal = new Signal(order);
                before.put(signal, Signal.handle(signal, this::end));
            } catch (IllegalArgumentException e) {
                LOG.log(System.Logger.Level.DEBUG, "The system or the JVM keeps this order to itself", e);
            }
        }
    }

    CancellationToken token() {
        return token;
    }

    private void end(Signal order) {
        token.cancel();
        try {
            if (!cleanedUp.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "The work did not end in time");
                Runtime.getRuntime().halt(128 + order.getNumber());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        cleanedUp.countDown();
        before.forEach(Signal::handle);
    }
}
