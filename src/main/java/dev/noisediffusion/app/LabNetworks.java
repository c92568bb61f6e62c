package dev.noisediffusion.app;

import dev.noisediffusion.diffusion.Bottleneck;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.PictureGraph;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.lab.BottleneckGauge;
import dev.noisediffusion.lab.Eye;
import dev.noisediffusion.lab.Gauge;
import dev.noisediffusion.lab.Gauges;
import dev.noisediffusion.lab.InceptionEye;
import dev.noisediffusion.lab.Instruments;
import dev.noisediffusion.lab.LabException;
import dev.noisediffusion.lab.PerceptualGauge;
import dev.noisediffusion.measure.BottleneckFeatures;
import dev.noisediffusion.measure.InceptionFeatures;
import dev.noisediffusion.measure.Lpips;
import dev.noisediffusion.measure.PixelRange;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.onnx.OrtEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a run of the lab measures with, and the networks behind it. */
final class LabNetworks implements AutoCloseable {
    private final List<Runnable> closing = new ArrayList<>();
    private final List<Gauge> gauges = new ArrayList<>(Gauges.standard());
    private final List<Eye> eyes = new ArrayList<>();
    private final List<String> software = new ArrayList<>(Installation.software());

    private LabNetworks() {}

    /**
     * Networks that the user has, as ONNX files.
     *
     * @param lpips takes two pictures and says how far apart they are; null for none
     * @param inception takes a picture and says its features; null for none
     * @param inceptionRange of that one's pixel values
     */
    record Files(@Nullable Path lpips, @Nullable Path inception, PixelRange inceptionRange) {
        /** None of them. */
        static final Files NONE = new Files(null, null, PixelRange.UNIT);
    }

    /**
     * Opens the networks, for the device that was chosen for the model, and tries each once.
     *
     * @param opened the model; it stays the caller's to close
     * @param folder of the model
     * @throws ModelException with a sentence, if one cannot be opened
     * @throws LabException with a sentence, if one is not what it should be
     */
    static LabNetworks open(Models.Opened opened, Path folder, Files files) throws ModelException, LabException {
        var networks = new LabNetworks();
        networks.software.add(opened.computedBy());
        OrtEngine engine = opened.engine();
        try {
            networks.bottleneck(engine.openBottleneck(ModelLayout.read(folder)), opened.model());
            Picture grey = grey(opened.model());
            if (files.lpips() != null) {
                networks.lpips(networks.graph(engine, files.lpips(), "LPIPS"), grey);
            }
            if (files.inception() != null) {
                networks.inception(networks.graph(engine, files.inception(), "FID"), files.inceptionRange(), grey);
            }
            return networks;
        } catch (ModelException | LabException | RuntimeException e) {
            networks.close();
            throw e;
        }
    }

    private void bottleneck(Optional<OrtEngine.Placed<Bottleneck>> found, DiffusionModel model) {
        found.ifPresent(placed -> {
            closing.add(placed.part()::close);
            software.add("Bottleneck on " + placed.provider());
            var gauge = new BottleneckGauge(BottleneckFeatures.of(placed.part(), model));
            gauges.add(gauge);
            eyes.add(gauge);
        });
    }

    private PictureGraph graph(OrtEngine engine, Path file, String what) throws ModelException {
        OrtEngine.Placed<PictureGraph> placed = engine.openPictureGraph(file);
        PictureGraph graph = placed.part();
        closing.add(graph::close);
        software.add("Network for " + what + ": " + graph.name() + ", SHA-256 " + graph.sha256() + ", on "
                + placed.provider());
        return graph;
    }

    private void lpips(PictureGraph graph, Picture grey) throws LabException {
        var lpips = new Lpips(graph);
        double distance = tried(graph, () -> lpips.distance(grey, grey));
        if (Math.abs(distance) > 1e-3) {
            throw new LabException(
                    graph.name() + " is no LPIPS network: it says that equal pictures are " + distance + " apart.");
        }
        gauges.add(PerceptualGauge.lpips(lpips));
    }

    private void inception(PictureGraph graph, PixelRange range, Picture grey) throws LabException {
        var features = new InceptionFeatures(graph, range);
        tried(graph, () -> features.of(grey));
        eyes.add(new InceptionEye(features));
    }

    /** A call that fails now does not fail after hours. */
    static <T> T tried(PictureGraph graph, Supplier<T> call) throws LabException {
        try {
            return call.get();
        } catch (CancellationException e) {
            throw e;
        } catch (IllegalStateException e) {
            throw new LabException(
                    graph.name() + " cannot measure pictures of this model's size; " + e.getMessage(), e);
        }
    }

    private static Picture grey(DiffusionModel model) {
        var rgb = new byte[3 * model.width() * model.height()];
        Arrays.fill(rgb, (byte) 128);
        return Picture.wrap(model.width(), model.height(), rgb);
    }

    Instruments instruments() {
        return new Instruments(gauges, eyes, software);
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }
}
