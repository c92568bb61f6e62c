package dev.noisediffusion.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.noisediffusion.model.ModelException;
import java.nio.file.Path;

/** Opens sessions of ONNX Runtime with the studio's settings. */
final class OrtSessions {
    private final OrtEnvironment environment;
    private final NativeLedger ledger;

    OrtSessions(OrtEnvironment environment, NativeLedger ledger) {
        this.environment = environment;
        this.ledger = ledger;
    }

    /**
     * A session, and what is to be said about where it runs.
     *
     * @param graph its file
     * @param fallback why it does not run on the provider that was asked for; empty where it does
     */
    record Opened(NativeLedger.Owned<OrtSession> session, Path graph, ExecutionProvider provider, String fallback) {}

    /** The graph that suits a provider. */
    @FunctionalInterface
    interface Graphs {
        Path on(ExecutionProvider provider) throws ModelException;
    }

    /** Opens a graph on the wanted provider, or on the CPU where that one does not work on this machine. */
    Opened open(Path graph, ExecutionProvider wanted) throws ModelException {
        return open(provider -> graph, wanted);
    }

    /** Opens the graph that suits the wanted provider there, or that for the CPU here where that one does not work. */
    Opened open(Graphs graphs, ExecutionProvider wanted) throws ModelException {
        if (wanted != ExecutionProvider.CPU) {
            try {
                requireThere(wanted);
                Path graph = graphs.on(wanted);
                return new Opened(create(fromFile(graph), wanted), graph, wanted, "");
            } catch (OrtException e) {
                Path here = graphs.on(ExecutionProvider.CPU);
                return new Opened(openOnCpu(here, fromFile(here)), here, ExecutionProvider.CPU, fallback(wanted, e));
            }
        }
        Path graph = graphs.on(ExecutionProvider.CPU);
        return new Opened(openOnCpu(graph, fromFile(graph)), graph, ExecutionProvider.CPU, "");
    }

    /** Fails where a provider cannot even be asked for, before a graph of many gigabytes is built for it. */
    private void requireThere(ExecutionProvider provider) throws OrtException {
        try (var options = ledger.own(new OrtSession.SessionOptions())) {
            provider.configure(options.get());
        }
    }

    private Source fromFile(Path graph) {
        return options -> environment.createSession(graph.toString(), options);
    }

    private static String fallback(ExecutionProvider wanted, OrtException failure) {
        return wanted + " could not be used, so the CPU is: " + failure.getMessage();
    }

    /**
     * Opens a graph from memory.
     *
     * @param name of the file it was made from, for people
     */
    Opened open(Path name, byte[] graph, ExecutionProvider wanted) throws ModelException {
        return open(name, options -> environment.createSession(graph, options), wanted);
    }

    private Opened open(Path name, Source source, ExecutionProvider wanted) throws ModelException {
        if (wanted != ExecutionProvider.CPU) {
            try {
                return new Opened(create(source, wanted), name, wanted, "");
            } catch (OrtException e) {
                return new Opened(openOnCpu(name, source), name, ExecutionProvider.CPU, fallback(wanted, e));
            }
        }
        return new Opened(openOnCpu(name, source), name, ExecutionProvider.CPU, "");
    }

    /** Where a session's graph comes from. */
    @FunctionalInterface
    private interface Source {
        OrtSession create(OrtSession.SessionOptions options) throws OrtException;
    }

    private NativeLedger.Owned<OrtSession> openOnCpu(Path name, Source source) throws ModelException {
        try {
            return create(source, ExecutionProvider.CPU);
        } catch (OrtException e) {
            throw new ModelException(name + " could not be opened by ONNX Runtime: " + e.getMessage(), e);
        }
    }

    private NativeLedger.Owned<OrtSession> create(Source source, ExecutionProvider provider) throws OrtException {
        try (var owned = ledger.own(new OrtSession.SessionOptions())) {
            OrtSession.SessionOptions options = owned.get();
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            // Threads that wait for work by spinning take time from the window and from the encoder of films.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            provider.configure(options);
            return ledger.own(source.create(options));
        }
    }
}
