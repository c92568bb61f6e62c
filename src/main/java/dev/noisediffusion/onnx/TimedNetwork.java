package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.GraphRunner;
import dev.noisediffusion.tensor.Tensor;

/** A network as its graph is: what it hears of the noise is a number, whatever that means. */
interface TimedNetwork extends AutoCloseable {
    /** One call of the graph. */
    Tensor call(Tensor noisy, double time);

    /** The same network with its graph run by another; this one then computes no more. */
    TimedNetwork relayed(GraphRunner runner);

    @Override
    void close();
}
