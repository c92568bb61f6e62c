package dev.noisediffusion.app;

import dev.noisediffusion.export.FrameSink;
import dev.noisediffusion.export.FrameSinks;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Pictures;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.ProgressMeter;
import dev.noisediffusion.project.Recipe;
import dev.noisediffusion.ui.viewmodel.ExportRequest;
import dev.noisediffusion.ui.viewmodel.Exporter;
import java.io.IOException;

/** Saves the frames that the window shows. */
final class FilmExporter implements Exporter {
    @Override
    public void export(ExportRequest request, ProgressListener progress, CancellationToken cancellation)
            throws IOException {
        String recipe = Recipe.of(request.request(), request.model(), Installation.applicationName())
                .toJson();
        int count = request.frames().size();
        FrameSinks.checkTarget(request.target(), request.settings().format());
        Picture first = frame(request, 0);
        FrameSinks.checkSize(first.width(), first.height(), request.settings());
        // Encoding in finish() takes most of the time and cannot say how far it is: the meter keeps a part for it.
        var meter = new ProgressMeter(2L * count, progress);
        try (FrameSink sink = FrameSinks.open(request.target(), request.settings(), recipe, cancellation)) {
            for (int i = 0; i < count; i++) {
                cancellation.throwIfCancelled();
                sink.write(frame(request, i));
                meter.advance("Writing frames", 1);
            }
            meter.stage("Encoding the film");
            sink.finish();
            meter.advance("Encoding the film", count);
        }
    }

    private static Picture frame(ExportRequest request, int index) {
        Picture picture = request.frames().get(index);
        return request.rival().isEmpty()
                ? picture
                : Pictures.sideBySide(picture, request.rival().get(index), FilmWriter.GAP);
    }
}
