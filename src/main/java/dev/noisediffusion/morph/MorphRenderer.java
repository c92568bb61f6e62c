package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.ProgressMeter;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns requests into frames. Holds no state of a render, so several may run at once; frames are handed on as they are
 * finished and not kept, so memory does not grow with their number.
 */
public final class MorphRenderer {
    private final DiffusionModel model;
    private final Encoder encoder;
    private final Fitter fitter;

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
    }

    /** The timesteps a request runs through on this model; its length is the network calls a frame takes. */
    public Timetable timetable(MorphSettings settings) {
        int steps = Math.min(settings.steps(), model.settings().schedule().length());
        return Timetable.toDepth(model.settings(), steps, settings.signalLevel());
    }

    /**
     * Renders every frame of a request and hands each to the sink as soon as it is finished, on the calling thread.
     *
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled
     */
    public void render(
            MorphRequest request,
            FrameOrder order,
            Consumer<Frame> sink,
            ProgressListener progress,
            CancellationToken cancellation) {
        renderTogether(List.of(request), order, sink, progress, cancellation);
    }

    /**
     * Renders several morphs in lockstep, for comparison: a batch of frames of the first, the same frames of the
     * second, and so on. Each frame says by its request which morph it belongs to.
     *
     * @param requests with the same number of keyframes and frames
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled
     */
    public void renderTogether(
            List<MorphRequest> requests,
            FrameOrder order,
            Consumer<Frame> sink,
            ProgressListener progress,
            CancellationToken cancellation) {
        FramePlan plan = requests.getFirst().plan();
        List<PreparedMorph> morphs = requests.stream()
                .map(request -> {
                    if (!request.plan().equals(plan)) {
                        throw new IllegalArgumentException("Morphs in lockstep need the same frames");
                    }
                    return prepare(request, cancellation);
                })
                .toList();
        var meter = new ProgressMeter(work(morphs, plan), progress);
        morphs.forEach(morph -> morph.encode(meter));
        List<Integer> indices = order.indices(plan.frames().size());
        for (int at = 0; at < indices.size(); at += model.batchSize()) {
            List<FramePlan.Spot> batch = indices.subList(at, Math.min(at + model.batchSize(), indices.size())).stream()
                    .map(plan.frames()::get)
                    .toList();
            morphs.forEach(morph -> morph.render(batch, sink, meter));
        }
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
        PreparedMorph morph = prepare(request, cancellation);
        var meter = new ProgressMeter(work(List.of(morph), new FramePlan(spots)), progress);
        morph.encode(meter);
        for (int at = 0; at < spots.size(); at += model.batchSize()) {
            morph.render(spots.subList(at, Math.min(at + model.batchSize(), spots.size())), sink, meter);
        }
    }

    /**
     * One frame at once, for a slider that moves: with one call the clean picture x0-hat that the network sees in x_t
     * (DDIM eq. 9), with more a decode in few steps. Works from the encodings of earlier renders; those that there are
     * not yet are made in few steps.
     *
     * @param frame number of the frame, in [0, frames)
     * @param calls network calls of the decode, at least 1
     * @return a picture of the model's size
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled
     */
    public Picture glimpse(MorphRequest request, int frame, int calls, CancellationToken cancellation) {
        return glimpse(request, request.plan().frames().get(frame), calls, cancellation);
    }

    /** The same at a place of its own choice. */
    public Picture glimpse(MorphRequest request, FramePlan.Spot spot, int calls, CancellationToken cancellation) {
        return prepare(request, cancellation).glimpse(spot, calls);
    }

    /**
     * The noise behind a frame: of the encodings of the keyframes it shows, and of the mixture x_t. Takes no network call
     * where the encodings are known; others are made in few steps, as for a glimpse.
     *
     * @param frame number of the frame, in [0, frames)
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled
     */
    public NoiseReport inspect(MorphRequest request, int frame, CancellationToken cancellation) {
        return inspector(request, cancellation).report(request.plan().frames().get(frame));
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
        return inspector(request, cancellation)
                .suggestion(request.plan().frames().get(frame));
    }

    private NoiseInspector inspector(MorphRequest request, CancellationToken cancellation) {
        return new NoiseInspector(model, prepare(request, cancellation), request, cancellation);
    }

    private PreparedMorph prepare(MorphRequest request, CancellationToken cancellation) {
        return new PreparedMorph(model, encoder, fitter, request, timetable(request.settings()), cancellation);
    }

    /** Network calls, counted per picture and not per batch; an encoding that two morphs share counts once. */
    private static long work(List<PreparedMorph> morphs, FramePlan plan) {
        var encodings = new HashMap<Encoding.Key, Integer>();
        morphs.forEach(morph -> encodings.putAll(morph.pendingEncodings()));
        return encodings.values().stream().mapToLong(Integer::longValue).sum()
                + morphs.stream().mapToLong(morph -> morph.decodingCalls(plan)).sum();
    }
}
