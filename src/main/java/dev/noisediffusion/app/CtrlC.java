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
final class CtrlC implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CtrlC.class.getName());
    private static final int PATIENCE_SECONDS = 10;
    private static final int TELLING_MILLIS = 1000;
    /** Ctrl+C, the desktop's or the system's order to end, and a terminal that was closed, which Windows has none of. */
    private static final List<String> ORDERS = List.of("INT", "TERM", "HUP");

    private final CancellationToken token = new CancellationToken();
    private final CountDownLatch cleanedUp = new CountDownLatch(1);
    private final Map<Signal, SignalHandler> before = new HashMap<>();
    private final int patienceSeconds;

    CtrlC() {
        this(PATIENCE_SECONDS);
    }

    /** @param patienceSeconds how long work may take to end by itself */
    CtrlC(int patienceSeconds) {
        this.patienceSeconds = patienceSeconds;
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
            if (!cleanedUp.await(patienceSeconds, TimeUnit.SECONDS)) {
                breakOff(128 + order.getNumber());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The work may be stuck in writing to the error stream or the log, so that nobody else can write there. */
    private void breakOff(int code) throws InterruptedException {
        try {
            Thread.ofPlatform().daemon().start(this::tell).join(TELLING_MILLIS);
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }

    private void tell() {
        LOG.log(System.Logger.Level.WARNING, "The work did not end in time");
        System.err.println();
        System.err.println("The work did not end within " + patienceSeconds
                + " seconds and was broken off; unfinished files may be left behind.");
    }

    @Override
    public void close() {
        cleanedUp.countDown();
        before.forEach(Signal::handle);
    }
}
