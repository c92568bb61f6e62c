package dev.noisediffusion.lab;

import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.image.ImageException;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.morph.Crossfade;
import dev.noisediffusion.morph.Keyframe;
import dev.noisediffusion.morph.MorphProbe;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.OverflowException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Renders a pair in a cell, measures it and keeps what the report shows of it. */
final class RowMaker {
    private static final System.Logger LOG = System.getLogger(RowMaker.class.getName());

    private final MorphProbe probe;
    private final WorkPlan plan;
    private final PairPictures pictures;
    private final Gauges gauges;
    private final Sight sight;

    RowMaker(MorphProbe probe, WorkPlan plan, PairPictures pictures, Gauges gauges, Sight sight) {
        this.probe = probe;
        this.plan = plan;
        this.pictures = pictures;
        this.gauges = gauges;
        this.sight = sight;
    }

    /** Frames of one pair in one cell. */
    private record Scene(Cell cell, MorphRequest request, IntConsumer counter, CancellationToken cancellation) {
        List<MorphProbe.Probed> frames(MorphProbe probe, List<Double> fractions) {
            List<MorphProbe.Probed> frames =
                    probe.frames(request, fractions, cell.noiseScale(), step -> counter.accept(1), cancellation);
            if (request.settings().method() instanceof Crossfade) {
                counter.accept(frames.size());
            }
            return frames;
        }
    }

    /**
     * Does one item. A model that overflows in it must not end an experiment, and its black frames must not be measured: the
     * row then has the pictures of the pair at most.
     *
     * @param counter hears how much of the work is done, in network calls and frames of a crossfade
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled
     */
    Row row(WorkPlan.Item item, IntConsumer counter, CancellationToken cancellation) throws ImageException {
        StepListener counting = step -> counter.accept(1);
        var keyframes = new ArrayList<Keyframe>();
        try {
            for (PairPictures.Key key : PairPictures.keys(plan.pairs().get(item.pair()))) {
                keyframes.add(pictures.get(key, counting, cancellation));
            }
            return measured(item, keyframes, counter, cancellation);
        } catch (OverflowException e) {
            LOG.log(System.Logger.Level.WARNING, name(item) + " is not measured", e);
            return unmeasured(item, keyframes);
        }
    }

    /** Words by which an item is found in the tables. */
    private String name(WorkPlan.Item item) {
        String cell = plan.cells().get(item.cell()).label();
        return "Pair " + (item.pair() + 1) + " in cell \"" + cell + "\" with seed " + item.seed();
    }

    /** @param keyframes none or one where the model could not even make them */
    private Row unmeasured(WorkPlan.Item item, List<Keyframe> keyframes) {
        if (keyframes.size() < 2) {
            return new Row(item.number(), item.pair(), item.cell(), item.seed(), Map.of(), null, null, null);
        }
        Picture first = keyframes.getFirst().picture();
        Picture second = keyframes.getLast().picture();
        return new Row(
                item.number(),
                item.pair(),
                item.cell(),
                item.seed(),
                Map.of(),
                shown(item, null, first, second),
                sight.vectors(item, null, first, second),
                null);
    }

    private Row measured(
            WorkPlan.Item item, List<Keyframe> keyframes, IntConsumer counter, CancellationToken cancellation) {
        Cell cell = plan.cells().get(item.cell());
        var scene = new Scene(cell, new MorphRequest(keyframes, cell.settings(item.seed())), counter, cancellation);
        List<MorphProbe.Probed> frames = scene.frames(probe, cell.fractions());
        Picture first = keyframes.getFirst().picture();
        Picture second = keyframes.getLast().picture();
        Picture middle = frames.get(cell.middle()).picture();
        List<MorphSample.Shot> shots = IntStream.range(0, frames.size())
                .mapToObj(i -> new MorphSample.Shot(
                        cell.fractions().get(i),
                        frames.get(i).picture(),
                        frames.get(i).start()))
                .toList();
        return new Row(
                item.number(),
                item.pair(),
                item.cell(),
                item.seed(),
                gauges.measure(new MorphSample(
                        first, second, scene.request().settings().method(), shots)),
                shown(item, middle, first, second),
                sight.vectors(item, middle, first, second),
                path(item, scene, shots));
    }

    /**
     * Frames that are not measured are made apart, so that those which are do not depend on them, and are sound where these
     * overflow.
     */
    private @Nullable List<String> path(WorkPlan.Item item, Scene scene, List<MorphSample.Shot> measured) {
        if (!sight.seesPath(item)) {
            return null;
        }
        var path = new TreeMap<Double, Picture>();
        measured.forEach(shot -> path.put(shot.fraction(), shot.picture()));
        List<Double> unmeasured = plan.unmeasured(scene.cell());
        try {
            List<MorphProbe.Probed> more = scene.frames(probe, unmeasured);
            for (int i = 0; i < unmeasured.size(); i++) {
                path.put(unmeasured.get(i), more.get(i).picture());
            }
        } catch (OverflowException e) {
            LOG.log(System.Logger.Level.WARNING, name(item) + " has no path", e);
            return null;
        }
        return sight.path(List.copyOf(path.values()));
    }

    private @Nullable List<String> shown(WorkPlan.Item item, @Nullable Picture frame, Picture first, Picture second) {
        if (!plan.isShown(item)) {
            return null;
        }
        String shown = frame == null ? Row.NONE : png(frame);
        return item.cell() == 0 ? List.of(shown, png(first), png(second)) : List.of(shown);
    }

    private static String png(Picture picture) {
        try {
            return Base64.getEncoder().encodeToString(PngFile.bytes(picture));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
