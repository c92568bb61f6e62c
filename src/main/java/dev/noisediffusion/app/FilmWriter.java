package dev.noisediffusion.app;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.export.ExportSettings;
import dev.noisediffusion.export.Footage;
import dev.noisediffusion.export.FrameSink;
import dev.noisediffusion.export.FrameSinks;
import dev.noisediffusion.export.Numbering;
import dev.noisediffusion.export.SideBySide;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.morph.EncodingCache;
import dev.noisediffusion.morph.Frame;
import dev.noisediffusion.morph.FrameOrder;
import dev.noisediffusion.morph.MorphRenderer;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.project.Recipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Renders morphs straight into films, frame by frame, so that memory does not grow with its length. */
final class FilmWriter {
    /** The part of the work that rendering takes; the rest is the encoding of the films. */
    private static final double RENDERING_SHARE = 0.85;

    private final DiffusionModel model;
    private final MorphRenderer renderer;
    private final FrameSinks sinks = new FrameSinks();
    private final UnaryOperator<FrameSink> around;

    FilmWriter(DiffusionModel model) {
        this(model, UnaryOperator.identity());
    }

    /** @param around gives what is written to in place of a sink */
    FilmWriter(DiffusionModel model, UnaryOperator<FrameSink> around) {
        this.model = model;
        this.around = around;
        this.renderer = new MorphRenderer(model, new EncodingCache());
    }

    /**
     * Writes every film from one render; each is complete or leaves no trace, and one that cannot be written or finished does
     * not take the others with it. None is in its place before all are encoded, so that whoever cancels finds none.
     *
     * @param requests one, or two to be set side by side
     */
    void write(
            List<MorphRequest> requests,
            List<FilmTarget> films,
            ProgressListener progress,
            CancellationToken cancellation)
            throws IOException {
        write(requests, films, Optional.empty(), progress, cancellation);
    }

    /**
     * Writes some frames only: those of all ranges of a film are those of the whole, on processors byte for byte, on a GPU to
     * within rounding.
     *
     * @param films PNG sequences, if there is a range
     * @param range of the frames; empty for all
     * @throws IllegalArgumentException if the film has no such frames
     */
    void write(
            List<MorphRequest> requests,
            List<FilmTarget> films,
            Optional<FrameRange> range,
            ProgressListener progress,
            CancellationToken cancellation)
            throws IOException {
        int count = requests.getFirst().plan().frames().size();
        Optional<Set<Integer>> indices = range.map(chosen -> chosen.indices(count));
        int written = indices.map(Set::size).orElse(count);
        Optional<Numbering> numbering = range.map(chosen -> chosen.numbering(count));
        String recipe = Recipe.of(
                        requests.getFirst(), new Recipe.Model(model.name(), model.id()), Installation.applicationName())
                .toJson();
        try (var outputs = new Outputs()) {
            FrameSinks.checkRoom(films.stream()
                    .map(film -> footage(film, requests.size(), written))
                    .toList());
            for (FilmTarget film : films) {
                outputs.open.add(open(film, requests, written, recipe, numbering, cancellation));
            }
            var joining = new Joining(requests.size(), outputs);
            renderer.renderTogether(
                    requests,
                    indices,
                    FrameOrder.SEQUENTIAL,
                    joining::accept,
                    progress.part(0, RENDERING_SHARE),
                    cancellation);
            outputs.finish(progress.part(RENDERING_SHARE, 1));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Output open(
            FilmTarget film,
            List<MorphRequest> requests,
            int frames,
            String recipe,
            Optional<Numbering> numbering,
            CancellationToken cancellation)
            throws IOException {
        Footage footage = footage(film, requests.size(), frames);
        FrameSinks.checkSize(frames, footage.width(), footage.height(), footage.settings());
        FrameSink sink = sink(film.target(), footage.settings(), recipe, numbering, cancellation);
        if (requests.size() == 1) {
            return new Output(sink, Optional.empty());
        }
        List<String> names = requests.stream()
                .map(request -> MethodName.of(request.settings().method()).title())
                .toList();
        return new Output(
                sink, Optional.of(new SideBySide(names, film.settings().sizeMultiple())));
    }

    private Footage footage(FilmTarget film, int morphs, int frames) {
        int multiple = film.settings().sizeMultiple();
        return morphs == 1
                ? new Footage(film.target(), frames, model.width(), model.height(), film.settings())
                : new Footage(
                        film.target(),
                        frames,
                        SideBySide.width(model.width(), multiple),
                        SideBySide.height(model.height(), multiple),
                        SideBySide.written(film.settings()));
    }

    private FrameSink sink(
            Path target,
            ExportSettings settings,
            String recipe,
            Optional<Numbering> numbering,
            CancellationToken cancellation)
            throws IOException {
        return around.apply(
                numbering.isPresent()
                        ? sinks.openPart(target, settings, recipe, numbering.get(), cancellation)
                        : sinks.open(target, settings, recipe, cancellation));
    }

    /** A film that is being written, and how two frames become one of it where there are two. */
    private record Output(FrameSink sink, Optional<SideBySide> joining) {}

    /** Writes, finishes and closes all, whatever happens to one of them. */
    private static final class Outputs implements AutoCloseable {
        private final List<Output> open = new ArrayList<>();
        private final List<IOException> failures = new ArrayList<>();

        /** Goes on without those that fail, which are told of once the others are finished, or now if none is left. */
        void write(Picture left, Picture right) throws IOException {
            for (Output output : List.copyOf(open)) {
                try {
                    output.sink.write(output.joining
                            .map(joining -> joining.join(left, right))
                            .orElse(left));
                } catch (IOException e) {
                    open.remove(output);
                    output.sink.close();
                    failures.add(e);
                }
            }
            if (open.isEmpty()) {
                tell();
            }
        }

        /** Encodes all before the first goes into its place: until then all can be called off. */
        void finish(ProgressListener progress) throws IOException {
            var encoded = new ArrayList<FrameSink>();
            double count = open.size();
            for (int i = 0; i < count; i++) {
                FrameSink sink = open.get(i).sink;
                try {
                    sink.encode(progress.part(i / count, (i + 1) / count));
                    encoded.add(sink);
                } catch (IOException e) {
                    failures.add(e);
                }
            }
            for (FrameSink sink : encoded) {
                try {
                    sink.finish(ProgressListener.NONE);
                } catch (IOException e) {
                    failures.add(e);
                }
            }
            tell();
            progress.onProgress(new Progress(Activity.Work.ENCODING_FILM, 1, Optional.empty()));
        }

        private void tell() throws IOException {
            if (!failures.isEmpty()) {
                IOException first = failures.getFirst();
                failures.stream().skip(1).forEach(first::addSuppressed);
                throw first;
            }
        }

        @Override
        public void close() {
            open.forEach(output -> output.sink.close());
        }
    }

    /** Hands frames on, those of two morphs side by side. */
    private static final class Joining {
        private final boolean sideBySide;
        private final Outputs outputs;
        private final Map<Integer, Picture> waiting = new HashMap<>();

        Joining(int morphs, Outputs outputs) {
            this.sideBySide = morphs > 1;
            this.outputs = outputs;
        }

        void accept(Frame frame) {
            Picture left = sideBySide ? waiting.remove(frame.index()) : frame.picture();
            try {
                if (left == null) {
                    waiting.put(frame.index(), frame.picture());
                } else {
                    outputs.write(left, frame.picture());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
