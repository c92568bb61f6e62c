package dev.noisediffusion.app;

import dev.noisediffusion.export.ExportSettings;
import dev.noisediffusion.export.FrameSink;
import dev.noisediffusion.export.FrameSinks;
import dev.noisediffusion.export.SideBySide;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.ProgressMeter;
import dev.noisediffusion.project.Recipe;
import dev.noisediffusion.ui.viewmodel.ExportRequest;
import dev.noisediffusion.ui.viewmodel.Exporter;
import java.io.IOException;
import java.util.function.Function;

/** Saves the frames that the window shows. */
final class FilmExporter implements Exporter {
    @Override
    public void export(ExportRequest request, ProgressListener progress, CancellationToken cancellation)
            throws IOException {
        String recipe = Recipe.of(request.request(), request.model(), Installation.applicationName())
                .toJson();
        int count = request.frames().size();
        Function<Integer, Picture> frames = frames(request);
        ExportSettings settings = request.isSideBySide() ? SideBySide.written(request.settings()) : request.settings();
        FrameSinks.checkTarget(request.target(), settings.format());
        Picture first = frames.apply(0);
        FrameSinks.checkSize(count, first.width(), first.height(), settings);
        // Encoding in finish() takes most of the time and cannot say how far it is: the meter keeps a part for it.
        var meter = new ProgressMeter(2L * count, progress);
        try (FrameSink sink = FrameSinks.open(request.target(), settings, recipe, cancellation)) {
            for (int i = 0; i < count; i++) {
                cancellation.throwIfCancelled();
                sink.write(frames.apply(i));
                meter.advance(Activity.Work.WRITING_FRAMES, 1);
            }
            meter.begin(Activity.Work.ENCODING_FILM);
            sink.finish();
            meter.advance(Activity.Work.ENCODING_FILM, count);
        }
    }

    private static Function<Integer, Picture> frames(ExportRequest request) {
        if (!request.isSideBySide()) {
            return request.frames()::get;
        }
        var joining = new SideBySide(request.captions(), request.settings().sizeMultiple());
        return i -> joining.join(request.frames().get(i), request.rival().get(i));
    }
}
