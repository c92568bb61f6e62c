package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.DdimSampler;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.ProgressMeter;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One morph on its way: fitted pictures, then their encodings, then any of its frames in any order. */
final class PreparedMorph {
    private static final int GLIMPSE_ENCODING_CALLS = 3;

    private final DiffusionModel model;
    private final Encoder encoder;
    private final MorphRequest request;
    private final MorphSettings settings;
    private final Timetable timetable;
    private final CancellationToken cancellation;
    private final DdimSampler sampler;
    private final NoiseFields noise;
    private final List<Picture> pictures = new ArrayList<>();
    private final List<Tensor> clean = new ArrayList<>();
    private final List<Tensor> noisy = new ArrayList<>();

    PreparedMorph(
            DiffusionModel model,
            Encoder encoder,
            Fitter fitter,
            MorphRequest request,
            Timetable timetable,
            CancellationToken cancellation) {
        this.model = model;
        this.encoder = encoder;
        this.request = request;
        this.settings = request.settings();
        this.timetable = timetable;
        this.cancellation = cancellation;
        this.sampler = new DdimSampler(model.settings());
        this.noise = new NoiseFields(model.latentShape(), settings.noiseTravel(), settings.seed());
        for (Keyframe keyframe : request.keyframes()) {
            cancellation.throwIfCancelled();
            pictures.add(fitter.fit(keyframe));
        }
    }

    /** The encodings that {@link #encode} will have to make, with the network calls each takes. */
    Map<Encoding.Key, Integer> pendingEncodings() {
        var pending = new HashMap<Encoding.Key, Integer>();
        if (needsEncodings()) {
            for (Picture picture : pictures) {
                Encoding.Key key = encoder.key(picture, settings, timetable);
                if (!encoder.isCached(key)) {
                    pending.put(key, timetable.length());
                }
            }
        }
        return pending;
    }

    /** Network calls that the frames of a plan take; a crossfaded frame counts as one. */
    long decodingCalls(FramePlan plan) {
        if (settings.method() instanceof Crossfade) {
            return plan.frames().size();
        }
        return timetable.length()
                * plan.frames().stream().filter(spot -> !showsOriginal(spot)).count();
    }

    /** Makes the encodings, or finds them in the cache. */
    void encode(ProgressMeter meter) {
        for (int i = 0; i < pictures.size(); i++) {
            cancellation.throwIfCancelled();
            String stage = "Encoding picture " + (i + 1) + " of " + pictures.size();
            if (needsEncodings()) {
                Encoding encoding = encoder.encode(pictures.get(i), settings, timetable, counting(meter, stage, 1));
                clean.add(encoding.clean());
                noisy.add(encoding.noisy());
            } else if (settings.method() instanceof LatentMethod) {
                clean.add(encoder.clean(pictures.get(i)));
            }
        }
    }

    /**
     * Makes one frame at once, with fewer network calls than it will get: what the network sees in x_t (one call), or a
     * decode in few steps. Encodings that the cache lacks are made in few steps as well, and only those the frame shows.
     *
     * @param calls of the decode, at least 1
     */
    Picture glimpse(FramePlan.Spot spot, int calls) {
        if (showsOriginal(spot)) {
            return original(spot);
        }
        if (!(settings.method() instanceof LatentMethod method)) {
            return make(List.of(spot), new ProgressMeter(1, ProgressListener.NONE))
                    .getFirst();
        }
        encodeQuickly(spot);
        cancellation.throwIfCancelled();
        Tensor start = startOf(method, spot);
        Tensor decoded = calls == 1
                ? sampler.predictClean(decoder(), start, timetable.startTimestep(), timetable.startAlphaBar())
                : sampler.decode(decoder(), start, timetable.coarser(calls), cancelling());
        return Picture.ofTensor(model.codec().decode(decoded), 0);
    }

    /** What a frame is mixed from; encodings that the cache lacks are made in few steps. */
    LatentMethod.Ingredients ingredientsQuickly(FramePlan.Spot spot) {
        clean.clear();
        noisy.clear();
        encodeQuickly(spot);
        cancellation.throwIfCancelled();
        return ingredients(spot);
    }

    private void encodeQuickly(FramePlan.Spot spot) {
        List<Encoding> encodings = IntStream.range(0, pictures.size())
                .filter(i -> spot.weights().get(i) > 0)
                .mapToObj(i -> encodedQuickly(pictures.get(i)))
                .toList();
        int next = 0;
        for (int i = 0; i < pictures.size(); i++) {
            // A keyframe without weight takes no part, whatever stands in for it.
            Encoding encoding = encodings.get(spot.weights().get(i) > 0 ? next++ : 0);
            clean.add(encoding.clean());
            noisy.add(encoding.noisy());
        }
    }

    private Encoding encodedQuickly(Picture picture) {
        if (!needsEncodings()) {
            Tensor latents = encoder.clean(picture);
            return new Encoding(latents, latents);
        }
        boolean known = encoder.isCached(encoder.key(picture, settings, timetable));
        return encoder.encode(
                picture, settings, known ? timetable : timetable.coarser(GLIMPSE_ENCODING_CALLS), cancelling());
    }

    private StepListener cancelling() {
        return step -> cancellation.throwIfCancelled();
    }

    /** Renders some frames, in their order; those that need the network are decoded as one batch. */
    void render(List<FramePlan.Spot> spots, Consumer<Frame> sink, ProgressMeter meter) {
        cancellation.throwIfCancelled();
        List<FramePlan.Spot> toMake =
                spots.stream().filter(spot -> !showsOriginal(spot)).toList();
        Iterator<Picture> made = make(toMake, meter).iterator();
        for (FramePlan.Spot spot : spots) {
            sink.accept(new Frame(spot, showsOriginal(spot) ? original(spot) : made.next(), request));
        }
    }

    private List<Picture> make(List<FramePlan.Spot> spots, ProgressMeter meter) {
        if (spots.isEmpty()) {
            return List.of();
        }
        return switch (settings.method()) {
            case Crossfade method -> crossfade(method, spots, meter);
            case LatentMethod method -> decode(method, spots, meter);
        };
    }

    private List<Picture> crossfade(Crossfade method, List<FramePlan.Spot> spots, ProgressMeter meter) {
        List<Tensor> pixels = pictures.stream().map(Picture::toTensor).toList();
        meter.advance("Mixing frames", spots.size());
        return spots.stream()
                .map(spot -> Picture.ofTensor(method.mix(spot.weights(), pixels), 0))
                .toList();
    }

    private List<Picture> decode(LatentMethod method, List<FramePlan.Spot> spots, ProgressMeter meter) {
        Tensor start =
                Tensor.concat(spots.stream().map(spot -> startOf(method, spot)).toList());
        StepListener counting = counting(meter, "Rendering frames", spots.size());
        Tensor decoded = sampler.decode(decoder(), start, timetable, counting);
        Tensor pixels = model.codec().decode(decoded);
        return IntStream.range(0, spots.size())
                .mapToObj(i -> Picture.ofTensor(pixels, i))
                .toList();
    }

    private Denoiser decoder() {
        return model.denoiser(settings.prompting().decoding());
    }

    /** x_t of a frame. */
    Tensor startOf(LatentMethod method, FramePlan.Spot spot) {
        OptionalInt keyframe = spot.weights().soleKeyframe();
        if (settings.endpoints() == Endpoints.ROUND_TRIP && keyframe.isPresent()) {
            return noisy.get(keyframe.getAsInt());
        }
        return method.combine(spot.weights(), ingredients(spot));
    }

    private LatentMethod.Ingredients ingredients(FramePlan.Spot spot) {
        return new LatentMethod.Ingredients(clean, noisy, noise.at(spot), timetable.startAlphaBar());
    }

    boolean needsEncodings() {
        return settings.method() instanceof LatentMethod method
                && (method.needsEncodings() || settings.endpoints() == Endpoints.ROUND_TRIP);
    }

    boolean showsOriginal(FramePlan.Spot spot) {
        return settings.endpoints() == Endpoints.ORIGINAL
                && spot.weights().soleKeyframe().isPresent();
    }

    private Picture original(FramePlan.Spot spot) {
        return pictures.get(spot.weights().soleKeyframe().orElseThrow());
    }

    private StepListener counting(ProgressMeter meter, String stage, int pictures) {
        return step -> {
            meter.advance(stage, pictures);
            cancellation.throwIfCancelled();
        };
    }
}
