package dev.noisediffusion.app;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.model.Precision;
import dev.noisediffusion.onnx.ExecutionProvider;
import dev.noisediffusion.onnx.NativeLedger;
import dev.noisediffusion.onnx.OrtEngine;
import dev.noisediffusion.onnx.SessionPool;
import dev.noisediffusion.project.ParameterValues;
import dev.noisediffusion.remote.RemoteException;
import dev.noisediffusion.remote.RemoteModel;
import dev.noisediffusion.remote.RemotePolicy;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens models with the engines of this application. */
final class Models {
    private Models() {}

    /**
     * What all engines of a process share.
     *
     * @param pool keeps the sessions of their models
     */
    record Resources(GraphCache graphs, SessionPool pool) {
        static Resources ofUser() {
            return new Resources(GraphCache.ofUser(), SessionPool.ofMachine());
        }
    }

    /** An engine of a process that has no other. */
    static OrtEngine engine() {
        return new OrtEngine(GraphCache.ofUser());
    }

    static DiffusionModel open(Path folder) throws ModelException {
        return engine().open(folder);
    }

    /**
     * An open model and where it runs.
     *
     * @param model owned by the caller
     * @param engine opens what measures with the model, where the model itself was to run; of one on a server, here
     * @param device for people
     * @param computedBy what its numbers depend on there: the kind of device, and the precision of its network
     * @param suggested settings that its makers suggest
     * @param fallback why it does not run where it was meant to; empty where it does
     */
    record Opened(
            DiffusionModel model,
            OrtEngine engine,
            String device,
            String computedBy,
            ParameterValues suggested,
            Optional<Trouble> fallback)
            implements AutoCloseable {
        @Override
        public void close() {
            model.close();
        }
    }

    /**
     * Opens a model on a device.
     *
     * @param notices hears when its memory is short, on threads that run networks
     * @throws ModelException if the folder is not a model that the studio can run
     * @throws dev.noisediffusion.remote.RemoteException if the device is a server that cannot run it
     */
    private static Opened open(
            ModelLayout layout, DeviceChoice choice, Resources resources, Consumer<DeviceNotice> notices)
            throws ModelException {
        return switch (choice) {
            case DeviceChoice.Here here -> {
                OrtEngine engine = engine(here.provider(), resources, notices);
                OrtEngine.Loaded loaded = engine.load(layout);
                yield new Opened(
                        loaded.model(),
                        engine,
                        loaded.provider().toString(),
                        "Network on " + loaded.provider() + " in "
                                + (loaded.precision() == Precision.HALF ? "float16" : "float32"),
                        Suggestion.values(layout.manifest()),
                        loaded.fallback().map(trouble -> trouble));
            }
            case DeviceChoice.There there -> {
                // What stays here is small, and the network itself is only asked once.
                OrtEngine engine = engine(ExecutionProvider.best(), resources, ofWhatStays(notices));
                yield new Opened(
                        RemoteModel.of(engine.open(layout), there.device(), RemotePolicy.USUAL, notices),
                        engine,
                        there.device().toString(),
                        "Network on a server",
                        Suggestion.values(layout.manifest()),
                        Optional.empty());
            }
        };
    }

    /** Of a model on a server: it is no news where its network computes here, and how much at once. */
    static Consumer<DeviceNotice> ofWhatStays(Consumer<DeviceNotice> notices) {
        return notice -> {
            if (!(notice instanceof DeviceNotice.Moved || notice instanceof DeviceNotice.Shrunk)) {
                notices.accept(notice);
            }
        };
    }

    /**
     * Opens a model on a device for a command, which is told on its error stream when memory is short, and where another
     * device had to be taken.
     *
     * @return owned by the caller
     */
    static Opened open(ModelLayout layout, DeviceChoice choice, Resources resources, PrintWriter err)
            throws ModelException {
        Texts texts = Texts.load(Locale.ENGLISH);
        Opened opened = open(layout, choice, resources, notice -> err.println(texts.notice(notice)));
        opened.fallback()
                .ifPresent(
                        trouble -> err.println(texts.get("device.fallback", texts.trouble(trouble), opened.device())));
        return opened;
    }

    /**
     * Opens a model on a device, or on this computer where that device cannot be used, and says why.
     *
     * @param device in a form that {@link DeviceChoice#parse} reads, or not
     * @throws ModelException if the folder is not a model that the studio can run
     */
    static Opened openSomewhere(Path folder, String device, Resources resources, Consumer<DeviceNotice> notices)
            throws ModelException {
        try {
            return open(ModelLayout.read(folder), DeviceChoice.parse(device), resources, notices);
        } catch (RemoteException e) {
            return elsewhere(folder, e.trouble(), resources, notices);
        } catch (IllegalArgumentException e) {
            return elsewhere(folder, new Trouble.NoDevice(device), resources, notices);
        }
    }

    private static Opened elsewhere(Path folder, Trouble trouble, Resources resources, Consumer<DeviceNotice> notices)
            throws ModelException {
        Opened here = open(ModelLayout.read(folder), DeviceChoice.automatic(), resources, notices);
        return new Opened(
                here.model(), here.engine(), here.device(), here.computedBy(), here.suggested(), Optional.of(trouble));
    }

    private static OrtEngine engine(ExecutionProvider provider, Resources resources, Consumer<DeviceNotice> notices) {
        return new OrtEngine(resources.graphs(), new NativeLedger(), resources.pool(), provider, notices);
    }
}
