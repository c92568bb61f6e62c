package dev.noisediffusion;

import java.lang.ref.WeakReference;

/** What is held no longer. */
public final class Garbage {
    private static final int TRIES = 100;

    private Garbage() {}

    /** Whether nobody holds a thing any more; waits some seconds at most for those who are about to let go of it. */
    public static boolean isGone(WeakReference<?> thing) throws InterruptedException {
        for (int i = 0; i < TRIES && thing.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
        }
        return thing.get() == null;
    }
}
