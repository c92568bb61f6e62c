package dev.noisediffusion.app;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.export.ExportSettings;
import dev.noisediffusion.export.FrameSink;
import dev.noisediffusion.export.FrameSinks;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Pictures;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.morph.EncodingCache;
import dev.noisediffusion.morph.Frame;
import dev.noisediffusion.morph.FrameOrder;
import dev.noisediffusion.morph.MorphRenderer;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.project.Recipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Renders morphs straight into a film, frame by frame, so that memory does not grow with its length. */
final class FilmWriter {
    /** Between the pictures of a comparison, in pixels of the model's size. */
    static final int GAP = 4;

    private final DiffusionModel model;
    private final MorphRenderer renderer;

    FilmWriter(DiffusionModel model) {
        this.model = model;
        this.renderer = new MorphRenderer(model, new EncodingCache());
    }

    /**
     * Writes the film, or leaves no trace.
     *
     * @param requests one, or two to be set side by side
     */
    void write(
            List<MorphRequest> requests,
            Path target,
            ExportSettings settings,
            ProgressListener progress,
            CancellationToken cancellation)
            throws IOException {
        String recipe = Recipe.of(
                        requests.getFirst(), new Recipe.Model(model.name(), model.id()), Installation.applicationName())
                .toJson();
        try (FrameSink sink = FrameSinks.open(target, settings, recipe, cancellation)) {
            var joining = new Joining(requests.size(), sink);
            renderer.renderTogether(requests, FrameOrder.SEQUENTIAL, joining::accept, progress, cancellation);
            sink.finish();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Hands frames on, those of two morphs side by side. */
    private static final class Joining {
        private final boolean sideBySide;
        private final FrameSink sink;
        private final Map<Integer, Picture> waiting = new HashMap<>();

        Joining(int morphs, FrameSink sink) {
            this.sideBySide = morphs > 1;
            this.sink = sink;
        }

        void accept(Frame frame) {
            try {
                if (!sideBySide) {
                    sink.write(frame.picture());
                    return;
                }
                Picture left = waiting.remove(frame.index());
                if (left == null) {
                    waiting.put(frame.index(), frame.picture());
                } else {
                    sink.write(Pictures.sideBySide(left, frame.picture(), GAP));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
