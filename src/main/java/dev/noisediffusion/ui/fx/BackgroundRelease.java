package dev.noisediffusion.ui.fx;

import java.util.List;

/**
 * Closes what the window used, off the FX thread, in order. The thread keeps the Java machine alive until all is
 * closed, also after the window has gone.
 *
 * @param resources closed in order; one that fails does not keep the others open
 */
public record BackgroundRelease(List<? extends AutoCloseable> resources) implements Runnable {
    private static final System.Logger LOG = System.getLogger(BackgroundRelease.class.getName());

    public BackgroundRelease {
        resources = List.copyOf(resources);
    }

    @Override
    public void run() {
        Thread.ofPlatform().name("studio-release").daemon(false).start(this::release);
    }

    private void release() {
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (Throwable e) {
                LOG.log(System.Logger.Level.WARNING, "Could not close " + resource, e);
            }
        }
    }
}
