package dev.noisediffusion.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.model.ModelException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens sessions of ONNX Runtime with the studio's settings. */
final class OrtSessions {
    private final OrtEnvironment environment;
    private final NativeLedger ledger;
    private final SessionPool pool;

    OrtSessions(OrtEnvironment environment, NativeLedger ledger, SessionPool pool) {
        this.environment = environment;
        this.ledger = ledger;
        this.pool = pool;
    }

    /**
     * A session, and what is to be said about where it runs.
     *
     * @param graph its file
     * @param fallback why it does not run on the provider that was asked for; empty where it does
     */
    record Opened(
            GuardedSession session,
            Path graph,
            ExecutionProvider provider,
            Optional<Trouble.DeviceUnusable> fallback) {}

    /** The graph that suits a provider. */
    @FunctionalInterface
    interface Graphs {
        Path on(ExecutionProvider provider) throws ModelException;
    }

    /** Makes another edition of a graph in memory; empty where the file is good as it is. It may refuse the file. */
    @FunctionalInterface
    interface Edition {
        Optional<byte[]> make() throws ModelException;
    }

    /** Opens a graph on the wanted provider, or on the CPU where that one does not work on this machine. */
    Opened open(Path graph, ExecutionProvider wanted) throws ModelException {
        return open(provider -> graph, wanted);
    }

    /** Opens the graph that suits the wanted provider there, or that for the CPU here where that one does not work. */
    Opened open(Graphs graphs, ExecutionProvider wanted) throws ModelException {
        return openOrigin(
                provider -> {
                    Path graph = graphs.on(provider);
                    return new Origin(
                            graph,
                            GraphFiles.weight(graph),
                            // Asked for again each time: the cache may have been emptied meanwhile.
                            options -> environment.createSession(
                                    graphs.on(provider).toString(), options));
                },
                wanted);
    }

    /**
     * Opens another edition of a graph, or the file itself.
     *
     * @param edition made once whenever the session is opened
     */
    Opened open(Path file, Edition edition, ExecutionProvider wanted) throws ModelException {
        var origin = new Origin(file, GraphFiles.weight(file), options -> {
            Optional<byte[]> other = edition.make();
            if (other.isEmpty()) {
                return environment.createSession(file.toString(), options);
            }
            // Of bytes the runtime does not know where they come from: weights lie beside the file.
            options.addConfigEntry(
                    "session.model_external_initializers_file_folder_path",
                    file.toAbsolutePath().resolveSibling("").toString());
            return environment.createSession(other.get(), options);
        });
        return openOrigin(provider -> origin, wanted);
    }

    /** Where a session's graph comes from, on some provider. */
    private record Origin(Path name, long bytes, Maker maker) {}

    @FunctionalInterface
    private interface Origins {
        Origin on(ExecutionProvider provider) throws ModelException;
    }

    @FunctionalInterface
    private interface Maker {
        OrtSession make(OrtSession.SessionOptions options) throws OrtException, ModelException;
    }

    private Opened openOrigin(Origins origins, ExecutionProvider wanted) throws ModelException {
        if (wanted == ExecutionProvider.CPU) {
            return onCpu(origins, Optional.empty());
        }
        try {
            requireThere(wanted);
            Origin origin = origins.on(wanted);
            return new Opened(create(origin, wanted), origin.name(), wanted, Optional.empty());
        } catch (OrtException e) {
            return onCpu(
                    origins,
                    Optional.of(new Trouble.DeviceUnusable(wanted.toString(), String.valueOf(e.getMessage()))));
        }
    }

    private Opened onCpu(Origins origins, Optional<Trouble.DeviceUnusable> fallback) throws ModelException {
        Origin origin = origins.on(ExecutionProvider.CPU);
        try {
            return new Opened(create(origin, ExecutionProvider.CPU), origin.name(), ExecutionProvider.CPU, fallback);
        } catch (OrtException e) {
            throw notRunnable(origin.name(), e);
        }
    }

    /** The refusal of a graph, or a model of several, that the runtime does not run. */
    static ModelException notRunnable(Path graph, Exception cause) {
        return new ModelException(
                ModelRefusal.NOT_RUNNABLE.with(graph, cause.getMessage()),
                graph + " could not be opened by ONNX Runtime: " + cause.getMessage(),
                cause);
    }

    /** Fails where a provider cannot even be asked for, before a graph of many gigabytes is built for it. */
    private void requireThere(ExecutionProvider provider) throws OrtException {
        try (var options = ledger.own(new OrtSession.SessionOptions())) {
            provider.configure(options.get());
        }
    }

    private GuardedSession create(Origin origin, ExecutionProvider provider) throws OrtException, ModelException {
        return GuardedSession.open(
                pool, ledger, new GuardedSession.Claim(provider, origin.bytes()), () -> session(origin, provider));
    }

    private NativeLedger.Owned<OrtSession> session(Origin origin, ExecutionProvider provider)
            throws OrtException, ModelException {
        try (var owned = ledger.own(new OrtSession.SessionOptions())) {
            OrtSession.SessionOptions options = owned.get();
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            // Threads that wait for work by spinning take time from the window and from the encoder of films.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            provider.configure(options);
            return ledger.own(origin.maker().make(options));
        }
    }
}
