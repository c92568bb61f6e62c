package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.lab.LabBoard;
import dev.noisediffusion.lab.LabReport;
import dev.noisediffusion.lab.PictureSet;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The work of the lab, for background threads. */
record LabWork(JobRunner jobs, LabServices lab) {
    /**
     * What a look at the disk has found.
     *
     * @param news what is measured already
     * @param calls of the network that are left, a round number
     */
    record Found(Optional<LabNews> news, long calls) {}

    /**
     * Looks what there is already of an order, and what the rest will cost.
     *
     * @param place its folder
     */
    Found find(LabOrder order, Path place) throws Exception {
        Optional<LabBoard> board = LabBoard.in(place);
        long all = order.lease()
                .hold(() -> order.bench()
                        .calls(order.experiment(), order.photographs().count()));
        // Cells differ in their calls.
        long left = board.map(known -> Math.round(all * (1.0 - (double) known.done() / known.wanted())))
                .orElse(all);
        return new Found(board.map(new LabNews.Maker()::of), left);
    }

    /**
     * Runs an order and writes its report.
     *
     * @param place is told the folder, on the thread of events
     * @param news is shown what is measured, likewise
     * @return the report
     */
    Path run(
            LabOrder order,
            Consumer<Path> place,
            Consumer<LabNews> news,
            ProgressListener progress,
            CancellationToken cancellation)
            throws Exception {
        var maker = new LabNews.Maker();
        Consumer<LabBoard> watcher = board -> {
            LabNews fresh = maker.of(board);
            jobs.dispatch(() -> news.accept(fresh));
        };
        // Held from the beginning: a model that another replaces meanwhile stays open for the run.
        return order.lease().hold(() -> {
            Path folder = order.folder(lab);
            jobs.dispatch(() -> place.accept(folder));
            PictureSet photographs = order.photographs().lay(folder);
            Path results = order.bench().run(order.experiment(), photographs, folder, watcher, progress, cancellation);
            return LabReport.write(results, folder);
        });
    }
}
