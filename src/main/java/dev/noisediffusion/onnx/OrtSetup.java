package dev.noisediffusion.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
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

    OrtSessions sessions() {
        return new OrtSessions(OrtEnvironment.getEnvironment(), ledger, pool);
    }

    /** An open session as a graph, which owns it. */
    OrtGraph graph(OrtSessions.Opened session) throws ModelException {
        return OrtGraph.of(session, OrtEnvironment.getEnvironment(), ledger);
    }
}
