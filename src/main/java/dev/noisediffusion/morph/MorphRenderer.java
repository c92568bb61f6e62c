package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.ProgressMeter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Turns requests into frames. Holds no state of a render, so several may run at once; frames are handed on as they are
 * finished and not kept, so memory does not grow with their number.
 */
public final class MorphRenderer {
    /** The part of the work that measuring speeds is taken to be where rendering follows, in (0, 1). */
    public static final double PACING_SHARE = 0.15;

    private final DiffusionModel model;
    private final Encoder encoder;
    private final Fitter fitter;
    private final NoiseFields noise;
    private final PaceCache paces = new PaceCache();

    /**
     * A renderer for one model.
     *
     * @param model stays the caller's to close, after the last render has ended
     * @param cache may be shared with renderers of other models
     */
    public MorphRenderer(DiffusionModel model, EncodingCache cache) {
        this.model = model;
        this.encoder = new Encoder(model, cache);
        this.fitter = new Fitter(model.width(), model.height());
        this.noise = new NoiseFields(model.latentShape());
    }

    /** What its numbers depend on: renderers that have it in common make the same frames. */
    public String cacheKey() {
        return model.cacheKey();
    }

    /** Whether words make a difference to the network. */
    public boolean readsPrompts() {
        return model.network().readsPrompts();
    }

    /** The end of a prompt, in small letters, that is beyond the length the network reads; mostly empty. */
    public String unread(String prompt) {
        return model.network().unread(prompt);
    }

    /** The timesteps a request runs through on this model; its length is the network calls a frame takes. */
    public Timetable timetable(MorphSettings settings) {
        return settings.timetable(model.settings());
    }

    /**
     * What decides the bytes of each frame of a request, in order of time; each is made when it is asked for. Takes no
     * network call.
     *
     * @param paced with every speed {@linkplain #paced measured}
     */
    public Stream<FrameIdentity> identities(MorphRequest paced) {
        List<Integer> timesteps = timetable(paced.settings()).timesteps();
        return paced.plan().frames().stream().map(spot -> FrameIdentity.of(paced, spot, model.cacheKey(), timesteps));
    }

    /** The same for a frame at a place of its own choice. */
    public FrameIdentity identity(MorphRequest request, FramePlan.Spot spot) {
        return FrameIdentity.of(
                request, spot, model.cacheKey(), timetable(request.settings()).timesteps());
    }

    /**
     * Renders a morph, or several in lockstep, for comparison: a batch of frames of the first, the same frames of the
     * second, and so on. Each is handed to the sink as soon as it is finished, on the calling thread, and says by its
     * request which morph it belongs to.
     *
     * @param requests with the same number of frames; where their paths are the same, they keep the time of the first
     * @param frames numbers of the frames to make, from 0; empty for all
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled
     * @throws OverflowException if the model makes infinite values or NaN, here and wherever frames are made or looked at
     */
    public void renderTogether(
            List<MorphRequest> requests,
            Optional<Set<Integer>> frames,
            FrameOrder order,
            Consumer<Frame> sink,
            ProgressListener progress,
            CancellationToken cancellation) {
        double measured = pacingShare(requests);
        List<RenderPart> parts = paced(requests, progress.part(0, measured), cancellation).stream()
                .map(paced -> frames.map(some -> new RenderPart(paced, some)).orElseGet(() -> RenderPart.all(paced)))
                .toList();
        renderParts(parts, order, sink, progress.part(measured, 1), cancellation);
    }

    /**
     * Renders some frames of each of several morphs, in lockstep as {@link #renderTogether} does. Makes only the encodings
     * that these frames need, each before the first frame that is made of it.
     *
     * @param parts of morphs with the same number of frames, {@linkplain #paced paced}
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled
     */
    public void renderParts(
            List<RenderPart> parts,
            FrameOrder order,
            Consumer<Frame> sink,
            ProgressListener progress,
            CancellationToken cancellation) {
        cancellation.during(() -> renderNow(parts, order, OptionalInt.empty(), sink, progress, cancellation));
    }

    /**
     * The same, where somebody waits for one frame: it comes before all others, and no other is in its batch.
     *
     * @param first number of that frame, in [0, frames); it need not be asked for
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled
     */
    public void renderParts(
            List<RenderPart> parts,
            FrameOrder order,
            int first,
            Consumer<Frame> sink,
            ProgressListener progress,
            CancellationToken cancellation) {
        cancellation.during(() -> renderNow(parts, order, OptionalInt.of(first), sink, progress, cancellation));
    }

    private void renderNow(
            List<RenderPart> parts,
            FrameOrder order,
            OptionalInt first,
            Consumer<Frame> sink,
            ProgressListener progress,
            CancellationToken cancellation) {
        List<Share> shares = parts.stream()
                .map(part -> new Share(part, prepare(part.request(), cancellation)))
                .toList();
        int count = parts.getFirst().request().plan().frames().size();
        if (shares.stream().anyMatch(share -> share.plan.size() != count)) {
            throw new IllegalArgumentException("Morphs in lockstep need the same number of frames");
        }
        var meter = new ProgressMeter(work(shares), progress);
        List<Integer> all = first.isPresent() ? order.indices(count, first.getAsInt()) : order.indices(count);
        List<Integer> indices = all.stream()
                .filter(index -> parts.stream().anyMatch(part -> part.frames().contains(index)))
                .toList();
        int at = 0;
        while (at < indices.size()) {
            boolean alone = first.isPresent() && indices.get(at) == first.getAsInt();
            int end = alone ? at + 1 : Math.min(at + model.batchSize(), indices.size());
            List<Integer> batch = indices.subList(at, end);
            shares.forEach(share -> share.morph.render(share.wanted(batch), sink, meter));
            at = end;
        }
    }

    /** What is asked of one morph. */
    private static final class Share {
        private final RenderPart part;
        private final PreparedMorph morph;
        private final List<FramePlan.Spot> plan;

        Share(RenderPart part, PreparedMorph morph) {
            this.part = part;
            this.morph = morph;
            this.plan = part.request().plan().frames();
        }

        List<FramePlan.Spot> wanted() {
            return plan.stream()
                    .filter(spot -> part.frames().contains(spot.index()))
                    .toList();
        }

        List<FramePlan.Spot> wanted(List<Integer> batch) {
            return batch.stream().filter(part.frames()::contains).map(plan::get).toList();
        }
    }

    /**
     * The requests with every {@link Easing.ConstantSpeed} measured, if all these were measured before: without a
     * network call, and fast enough for the thread of a window.
     *
     * @param requests where their paths are the same, they keep the time of the first, so that they can be compared
     */
    public Optional<List<MorphRequest>> paced(List<MorphRequest> requests) {
        return Pacing.apply(requests, request -> new Pacing(request, model, paces).known());
    }

    /** The part of the work, in [0, 1), that pacing takes where requests are {@linkplain #paced paced} and then rendered. */
    private double pacingShare(List<MorphRequest> requests) {
        return paced(requests).isPresent() ? 0 : PACING_SHARE;
    }

    /**
     * The requests with every {@link Easing.ConstantSpeed} measured: once for each segment and setting, in one network
     * call at each of {@value Pacing#PLACES} places of the segment.
     *
     * @param requests where their paths are the same, they keep the time of the first, so that they can be compared
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled
     */
    public List<MorphRequest> paced(
            List<MorphRequest> requests, ProgressListener progress, CancellationToken cancellation) {
        return Pacing.apply(
                        requests,
                        request -> Optional.of(cancellation.during(() -> measured(request, progress, cancellation))))
                .orElseThrow();
    }

    private MorphRequest measured(MorphRequest request, ProgressListener progress, CancellationToken cancellation) {
        var pacing = new Pacing(request, model, paces);
        List<Integer> unknown = pacing.unknown();
        if (!unknown.isEmpty()) {
            // The pace is the method's own, whatever is shown in place of its frames at the pictures.
            MorphSettings own = request.settings().withEndpoints(Endpoints.METHOD);
            PreparedMorph morph = prepare(new MorphRequest(request.keyframes(), request.path(), own), cancellation);
            List<FramePlan.Spot> all = unknown.stream()
                    .flatMap(segment -> pacing.spots(segment).stream())
                    .toList();
            var meter = new ProgressMeter(morph.pendingStates(all).size() + all.size(), progress);
            morph.encode(all, meter);
            for (int segment : unknown) {
                var seen = new ArrayList<Picture>();
                for (FramePlan.Spot spot : pacing.spots(segment)) {
                    seen.add(morph.see(spot, meter));
                }
                pacing.learn(segment, seen);
            }
        }
        return pacing.known().orElseThrow();
    }

    /**
     * Renders frames at places of their own choice instead of those of the path, such as the cells of a grid.
     *
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled
     */
    public void renderSpots(
            MorphRequest request,
            List<FramePlan.Spot> spots,
            Consumer<Frame> sink,
            ProgressListener progress,
            CancellationToken cancellation) {
        cancellation.during(() -> renderNow(request, spots, sink, progress, cancellation));
    }

    private void renderNow(
            MorphRequest request,
            List<FramePlan.Spot> spots,
            Consumer<Frame> sink,
            ProgressListener progress,
            CancellationToken cancellation) {
        PreparedMorph morph = prepare(request, cancellation);
        var meter = new ProgressMeter(morph.pendingStates(spots).size() + morph.decodingCalls(spots), progress);
        for (int at = 0; at < spots.size(); at += model.batchSize()) {
            morph.render(spots.subList(at, Math.min(at + model.batchSize(), spots.size())), sink, meter);
        }
    }

    /**
     * One frame at once, for a slider that moves: with one call the clean picture x0-hat that the network sees in x_t
     * (DDIM eq. 9), with more a decode in few steps. Works from the encodings of earlier renders; those that are many
     * calls away are made in few steps.
     *
     * <p>On a path with {@link Easing.ConstantSpeed} the frame is where a render has measured it to be. Nothing is measured
     * for a glimpse: other settings of the same pictures share the pace measured last between them, and where none has
     * been measured yet, time passes evenly, so that the frame may lie elsewhere in the film.
     *
     * @param frame number of the frame, in [0, frames)
     * @param calls network calls of the decode, at least 1
     * @return a picture of the model's size
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled
     */
    public Picture glimpse(MorphRequest request, int frame, int calls, CancellationToken cancellation) {
        return glimpse(request, place(request, frame), calls, cancellation);
    }

    private FramePlan.Spot place(MorphRequest request, int frame) {
        return new Pacing(request, model, paces).supposed().plan().frames().get(frame);
    }

    /** The same at a place of its own choice. */
    public Picture glimpse(MorphRequest request, FramePlan.Spot spot, int calls, CancellationToken cancellation) {
        return cancellation.during(() -> prepare(request, cancellation).glimpse(spot, calls));
    }

    /**
     * The noise behind a frame: of the encodings of the keyframes it shows, and of the mixture x_t. Takes no network call
     * where the encodings are known; others are made as for a glimpse, mostly in few steps, and the frame is where a glimpse
     * shows it.
     *
     * @param frame number of the frame, in [0, frames)
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled
     */
    public NoiseReport inspect(MorphRequest request, int frame, CancellationToken cancellation) {
        return cancellation.during(() -> inspector(request, cancellation).report(place(request, frame)));
    }

    /**
     * A setting of NoiseDiffusion that makes the noise behind a frame more valid and keeps its pictures; found among a few
     * hundred on the encodings, which are made as for {@link #inspect}.
     *
     * @param frame number of the frame, in [0, frames)
     * @return empty for other methods, and where no frame of the morph mixes pictures
     * @throws java.util.concurrent.CancellationException soon after the token was cancelled
     */
    public Optional<NoiseSuggestion> suggest(MorphRequest request, int frame, CancellationToken cancellation) {
        return cancellation.during(() -> inspector(request, cancellation).suggestion(place(request, frame)));
    }

    private NoiseInspector inspector(MorphRequest request, CancellationToken cancellation) {
        return new NoiseInspector(model, prepare(request, cancellation), request, cancellation);
    }

    PreparedMorph prepare(MorphRequest request, CancellationToken cancellation) {
        return new PreparedMorph(model, encoder, fitter, noise, request, timetable(request.settings()), cancellation);
    }

    /** Network calls, counted per picture and not per batch; what the encodings of two morphs have in common counts once. */
    private static long work(List<Share> shares) {
        var states = new HashSet<Encoding.Key>();
        shares.forEach(share -> states.addAll(share.morph.pendingStates(share.wanted())));
        return states.size()
                + shares.stream()
                        .mapToLong(share -> share.morph.decodingCalls(share.wanted()))
                        .sum();
    }
}
