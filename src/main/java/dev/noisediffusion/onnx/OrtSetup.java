package dev.noisediffusion.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.Precision;
import java.util.function.Consumer;

/**
 * What graphs are opened with.
 *
 * @param cache keeps graphs that were built
 * @param ledger where native objects are counted
 * @param pool keeps the sessions
 * @param wanted where networks are to run; where it does not work on this machine they run on the CPU
 * @param notices hears when memory is short, on threads that run networks
 */
record OrtSetup(
        GraphCache cache,
        NativeLedger ledger,
        SessionPool pool,
        ExecutionProvider wanted,
        Consumer<DeviceNotice> notices) {
    /** The same for another provider. */
    OrtSetup on(ExecutionProvider provider) {
        return new OrtSetup(cache, ledger, pool, provider, notices);
    }

    /**
     * The key of what is made with a model: its hash with the devices and the precision that the numbers depend on.
     *
     * @param model content hash
     * @param provider where its network runs, which may not be where the other parts do
     * @param precision of its network
     */
    String cacheKey(String model, ExecutionProvider provider, Precision precision) {
        return String.join(" ", model, wanted.toString(), provider.toString(), precision.toString());
    }

    OrtSessions sessions() {
        return new OrtSessions(OrtEnvironment.getEnvironment(), ledger, pool);
    }

    /** An open session as a graph, which owns it. */
    OrtGraph graph(OrtSessions.Opened session) throws ModelException {
        return OrtGraph.of(session, OrtEnvironment.getEnvironment(), ledger);
    }
}
