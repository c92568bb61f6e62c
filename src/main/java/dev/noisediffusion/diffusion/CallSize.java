package dev.noisediffusion.diffusion;

import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** How many pictures a network call takes: as many as there are, until calls turn out to be too large. Safe for any thread. */
public final class CallSize {
    private final AtomicInteger most = new AtomicInteger(Integer.MAX_VALUE);

    /** The pictures that a call with these latents takes. */
    public static int of(Tensor noisy) {
        return noisy.shape().rank() == 0 ? 1 : noisy.shape().batch();
    }

    /**
     * Makes a call, in as many as it takes.
     *
     * @param call with all pictures or some of them; empty where it is to be made anew, with as many as calls take by then
     */
    public Tensor inParts(Tensor noisy, Function<Tensor, Optional<Tensor>> call) {
        int batch = of(noisy);
        var done = new ArrayList<Tensor>();
        int from = 0;
        while (from < batch) {
            int size = Math.min(batch - from, most.get());
            Tensor part = size == batch ? noisy : noisy.slice(from, from + size);
            Optional<Tensor> answer = call.apply(part);
            if (answer.isPresent()) {
                done.add(answer.get());
                from += size;
            }
        }
        return done.size() == 1 ? done.getFirst() : Tensor.concat(List.copyOf(done));
    }

    /** Pictures that a call takes at most. */
    public int most() {
        return most.get();
    }

    /**
     * Takes half as many from now on as were too many.
     *
     * @param tooMany at least 2
     * @return whether that is fewer than until now: another thread may have seen to it
     */
    public boolean halve(int tooMany) {
        return most.getAndUpdate(now -> Math.min(now, tooMany / 2)) > tooMany / 2;
    }

    /** Takes one picture a call from now on. */
    public void takeOne() {
        most.set(1);
    }

    /** Takes as many as there are from now on, as in the beginning. */
    public void takeAll() {
        most.set(Integer.MAX_VALUE);
    }
}
