package dev.noisediffusion.ui.viewmodel;

/** Waits until the hand rests. */
public interface Debounce {
    /** Runs the action after a short rest, on the thread of events, unless another call comes before. */
    void restart(Runnable action);

    /** Runs the action next on the thread of events, unless another call comes before: no hand moves anything. */
    void soon(Runnable action);

    /** Forgets the action that waits. */
    void cancel();
}
