package dev.noisediffusion.ui.view;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes something when it is asked for first, and gives the same ever after; for one thread. */
final class Once<T> implements Supplier<T> {
    private final Supplier<? extends T> maker;
    private @Nullable T made;

    Once(Supplier<? extends T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        if (made == null) {
            made = maker.get();
        }
        return made;
    }
}
