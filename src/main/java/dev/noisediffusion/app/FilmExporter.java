package dev.noisediffusion.app;

import dev.noisediffusion.export.ExportException;
import dev.noisediffusion.export.ExportSettings;
import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.export.Footage;
import dev.noisediffusion.export.FrameSink;
import dev.noisediffusion.export.FrameSinks;
import dev.noisediffusion.export.SideBySide;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.project.Recipe;
import dev.noisediffusion.ui.viewmodel.ExportRequest;
import dev.noisediffusion.ui.viewmodel.Exporter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Saves the frames that the window shows. */
final class FilmExporter implements Exporter {
    /** The part of an export in which frames go to the disk as they are; the rest is their encoding. */
    private static final double WRITING_SHARE = 0.1;

    private final FrameSinks sinks = new FrameSinks();

    @Override
    public void checkEncoder(FilmFormat format, CancellationToken cancellation) throws ExportException {
        sinks.checkEncoder(format, cancellation);
    }

    @Override
    public void export(ExportRequest request, ProgressListener progress, CancellationToken cancellation)
            throws IOException {
        int count = request.frames().size();
        Function<Integer, Picture> frames = frames(request);
        ExportSettings settings = request.isSideBySide() ? SideBySide.written(request.settings()) : request.settings();
        Picture first = frames.apply(0);
        FrameSinks.checkSize(count, first.width(), first.height(), settings);
        FrameSinks.checkRoom(List.of(new Footage(request.target(), count, first.width(), first.height(), settings)));
        ProgressListener writing = progress.part(0, WRITING_SHARE);
        try (FrameSink sink = open(request, settings, cancellation)) {
            for (int i = 0; i < count; i++) {
                cancellation.throwIfCancelled();
                sink.write(frames.apply(i));
                // How fast frames are written says nothing of the time left, which the encoder takes.
                writing.onProgress(new Progress(Activity.Work.WRITING_FRAMES, (i + 1.0) / count, Optional.empty()));
            }
            sink.finish(progress.part(WRITING_SHARE, 1));
        }
    }

    private FrameSink open(ExportRequest request, ExportSettings settings, CancellationToken cancellation)
            throws IOException {
        String recipe = Recipe.of(request.request(), request.model(), Installation.applicationName())
                .toJson();
        return request.mayReplace()
                ? sinks.open(request.target(), settings, recipe, cancellation)
                : sinks.openNew(request.target(), settings, recipe, cancellation);
    }

    private static Function<Integer, Picture> frames(ExportRequest request) {
        if (!request.isSideBySide()) {
            return request.frames()::get;
        }
        var joining = new SideBySide(request.captions(), request.settings().sizeMultiple());
        return i -> joining.join(request.frames().get(i), request.rival().get(i));
    }
}
