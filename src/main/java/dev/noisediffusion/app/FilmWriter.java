package dev.noisediffusion.app;

import dev.noisediffusion.diffusion.DiffusionModel;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Renders morphs straight into films, frame by frame, so that memory does not grow with its length. */
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
     * Writes every film from one render; each is complete or leaves no trace.
     *
     * @param requests one, or two to be set side by side
     */
    void write(List<MorphRequest> requests, List<Film> films, ProgressListener progress, CancellationToken cancellation)
            throws IOException {
        String recipe = Recipe.of(
                        requests.getFirst(), new Recipe.Model(model.name(), model.id()), Installation.applicationName())
                .toJson();
        try (var sinks = new Sinks()) {
            for (Film film : films) {
                FrameSinks.checkSize(width(requests.size()), model.height(), film.settings());
                sinks.open.add(FrameSinks.open(film.target(), film.settings(), recipe, cancellation));
            }
            var joining = new Joining(requests.size(), sinks.open);
            renderer.renderTogether(requests, FrameOrder.SEQUENTIAL, joining::accept, progress, cancellation);
            for (FrameSink sink : sinks.open) {
                sink.finish();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private int width(int morphs) {
        return morphs * model.width() + (morphs - 1) * GAP;
    }

    /** Closes all, whatever happens to one of them. */
    private static final class Sinks implements AutoCloseable {
        private final List<FrameSink> open = new ArrayList<>();

        @Override
        public void close() throws IOException {
            IOException first = null;
            for (FrameSink sink : open) {
                try {
                    sink.close();
                } catch (IOException e) {
                    first = first == null ? e : first;
                }
            }
            if (first != null) {
                throw first;
            }
        }
    }

    /** Hands frames on, those of two morphs side by side. */
    private static final class Joining {
        private final boolean sideBySide;
        private final List<FrameSink> sinks;
        private final Map<Integer, Picture> waiting = new HashMap<>();

        Joining(int morphs, List<FrameSink> sinks) {
            this.sideBySide = morphs > 1;
            this.sinks = sinks;
        }

        void accept(Frame frame) {
            try {
                if (!sideBySide) {
                    write(frame.picture());
                    return;
                }
                Picture left = waiting.remove(frame.index());
                if (left == null) {
                    waiting.put(frame.index(), frame.picture());
                } else {
                    write(Pictures.sideBySide(left, frame.picture(), GAP));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void write(Picture picture) throws IOException {
            for (FrameSink sink : sinks) {
                sink.write(picture);
            }
        }
    }
}
