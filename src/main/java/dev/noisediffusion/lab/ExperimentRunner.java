package dev.noisediffusion.lab;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.export.ExportException;
import dev.noisediffusion.image.ImageException;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.LabRefusal;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.ProgressMeter;
import dev.noisediffusion.morph.EncodingCache;
import dev.noisediffusion.morph.MorphProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs an experiment, or a shard of one, cell by cell, and goes on where an interrupted run stopped. */
public final class ExperimentRunner {
    private static final String WITHOUT_WORDS = "Measured without words: an empty prompt, guidance 1";

    private final MorphProbe probe;
    private final PictureSet photographs;
    private final Header header;
    private final WorkPlan plan;
    private final RowMaker maker;
    private final boolean withPaths;

    /**
     * A run of one experiment.
     *
     * @param model stays the caller's to close
     * @param photographs natural pairs are made of; {@link PictureSet#none()} where the experiment has none
     * @param instruments to measure with, of whose metrics the experiment may want only some
     * @throws LabException if the photographs are too few or cannot be read, or a metric is not known
     * @throws java.util.concurrent.CancellationException within one photograph after the current token was cancelled
     */
    public ExperimentRunner(
            DiffusionModel model, Experiment experiment, PictureSet photographs, Instruments instruments)
            throws LabException {
        this.probe = new MorphProbe(model, new EncodingCache());
        this.photographs = photographs;
        this.plan = new WorkPlan(experiment, photographs.size());
        this.withPaths = !instruments.eyes().isEmpty();
        var gauges = new Gauges(instruments.gauges(), experiment.metrics());
        this.maker = new RowMaker(
                probe,
                plan,
                new PairPictures(photographs, probe, experiment.pairs()),
                gauges,
                new Sight(instruments.eyes(), plan));
        var used = new TreeSet<Integer>();
        plan.pairs().stream().filter(pair -> !pair.generated()).forEach(pair -> {
            used.add(pair.first());
            used.add(pair.second());
        });
        var named = new ArrayList<Header.NamedPicture>();
        for (int index : used) {
            CancellationToken.current().throwIfCancelled();
            named.add(photographs.named(index));
        }
        this.header = new Header(
                Header.FORMAT,
                Header.VERSION,
                software(instruments.software(), model.network().readsPrompts()),
                model.name(),
                model.id(),
                experiment,
                photographs.size(),
                named,
                gauges.metrics());
    }

    /**
     * What results say of the software that measured them; also how a model that reads words was asked, since cells give it none.
     *
     * @param measuring by name and version
     * @param readsPrompts whether the model reads words
     */
    public static List<String> software(List<String> measuring, boolean readsPrompts) {
        return readsPrompts
                ? Stream.concat(measuring.stream(), Stream.of(WITHOUT_WORDS)).toList()
                : measuring;
    }

    /**
     * Does the work that is not done yet. Every result is on the disk as soon as there is one.
     *
     * @param folder of the results; made where there is none
     * @param shard the part of the work to do
     * @return the file of the results
     * @throws LabException if the folder holds results of something else, or another run is writing there
     * @throws ImageException if a photograph is damaged; before anything is rendered
     * @throws ExportException if results cannot be written
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled; what was
     *     measured until then is kept
     */
    public Path run(Path folder, Shard shard, ProgressListener progress, CancellationToken cancellation)
            throws LabException, ImageException, ExportException {
        return run(folder, shard, null, progress, cancellation);
    }

    /**
     * Does the same for someone who looks on.
     *
     * @param watcher is shown the board at the beginning and after every result, on this thread; null for nobody
     */
    public Path run(
            Path folder,
            Shard shard,
            @Nullable Consumer<LabBoard> watcher,
            ProgressListener progress,
            CancellationToken cancellation)
            throws LabException, ImageException, ExportException {
        Path file = folder.resolve(shard.fileName());
        int to = shard.to(plan.size());
        try (ResultsFile results = ResultsFile.open(file, header, shard.from(plan.size()))) {
            List<WorkPlan.Item> left =
                    IntStream.range(results.next(), to).mapToObj(plan::item).toList();
            @Nullable Scoreboard board = watcher == null ? null : new Scoreboard(ResultsFile.read(file));
            if (watcher != null && board != null) {
                watcher.accept(board.board());
            }
            requireReadable(left, cancellation);
            var count = new CallCount(probe, plan, header.experiment().pairs().generatedSteps(), withPaths);
            var activity = new Activity.Named(header.experiment().title());
            var meter = new ProgressMeter(count.of(left), progress);
            for (WorkPlan.Item item : left) {
                cancellation.throwIfCancelled();
                Row row = cancellation.during(
                        () -> maker.row(item, units -> meter.advance(activity, units), cancellation));
                results.append(row);
                if (watcher != null && board != null) {
                    board.add(row);
                    watcher.accept(board.board());
                }
            }
            meter.advance(activity, Long.MAX_VALUE / 2);
            return file;
        } catch (LabException | ImageException | ExportException e) {
            throw e;
        } catch (IOException e) {
            throw new ExportException(
                    LabRefusal.NOT_WRITTEN_ANY_MORE.with(file),
                    file + " cannot be closed; is the disk still there?",
                    e);
        }
    }

    /** A damaged photograph is found before hours of work, not after. */
    private void requireReadable(List<WorkPlan.Item> items, CancellationToken cancellation) throws ImageException {
        var seen = new HashSet<PairPictures.Key>();
        for (WorkPlan.Item item : items) {
            for (PairPictures.Key key : PairPictures.keys(plan.pairs().get(item.pair()))) {
                if (!key.generated() && seen.add(key)) {
                    cancellation.throwIfCancelled();
                    photographs.load(key.index());
                }
            }
        }
    }
}
