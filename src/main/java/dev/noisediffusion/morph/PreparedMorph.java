package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.DdimSampler;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.Phrase;
import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.ProgressMeter;
import dev.noisediffusion.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One morph on its way: the pictures that are needed, fitted, then their encodings, then any of its frames in any order. To be
 * used by one thread under its {@linkplain CancellationToken#during token}.
 */
final class PreparedMorph {
    private static final int GLIMPSE_ENCODING_CALLS = 3;

    private final DiffusionModel model;
    private final Encoder encoder;
    private final Fitter fitter;
    private final MorphRequest request;
    private final MorphSettings settings;
    private final Timetable timetable;
    private final CancellationToken cancellation;
    private final DdimSampler sampler;
    private final NoiseFields noise;
    private final MaskLayout layout;
    private final Map<Integer, Picture> pictures = new HashMap<>();
    private final Map<Integer, Encoding> encodings = new HashMap<>();
    /** The keyframes that {@link #encode} has encoded; others have clean latents in place of the noisy ones at most. */
    private final Set<Integer> encoded = new HashSet<>();

    PreparedMorph(
            DiffusionModel model,
            Encoder encoder,
            Fitter fitter,
            NoiseFields noise,
            MorphRequest request,
            Timetable timetable,
            CancellationToken cancellation) {
        this.model = model;
        this.encoder = encoder;
        this.fitter = fitter;
        this.request = request;
        this.settings = request.settings();
        this.timetable = timetable;
        this.cancellation = cancellation;
        this.sampler = new DdimSampler(model.settings());
        this.noise = noise;
        this.layout = MaskLayout.of(model);
    }

    private int count() {
        return request.keyframes().size();
    }

    /**
     * A keyframe's picture at the model's size, made when it is first needed: of many most lie outside a frame. For what is
     * pending its hash will do, which the fitter knows of all that it has fitted.
     */
    private Picture picture(int keyframe) {
        return pictures.computeIfAbsent(keyframe, wanted -> {
            cancellation.throwIfCancelled();
            return fitter.fit(request.keyframes().get(wanted));
        });
    }

    /** What {@link #encode} will have to make for some frames: states of encodings, each in one network call. */
    Set<Encoding.Key> pendingStates(List<FramePlan.Spot> spots) {
        return encodedOf(made(spots)).stream()
                .flatMap(i -> pendingStates(i).stream())
                .collect(Collectors.toSet());
    }

    private Set<Encoding.Key> pendingStates(int keyframe) {
        cancellation.throwIfCancelled();
        String hash = fitter.hash(request.keyframes().get(keyframe));
        return encoder.missing(encoder.key(hash, said(keyframe), timetable));
    }

    /** The frames that are no keyframe's picture itself. */
    private List<FramePlan.Spot> made(List<FramePlan.Spot> spots) {
        return spots.stream()
                .filter(spot -> !settings.showsOriginal(spot.mix()))
                .toList();
    }

    private List<Integer> keyframesOf(List<FramePlan.Spot> spots) {
        return IntStream.range(0, count())
                .filter(i -> spots.stream().anyMatch(spot -> spot.mix().uses(i)))
                .boxed()
                .toList();
    }

    /** The keyframes whose encodings some frames are made of. */
    private List<Integer> encodedOf(List<FramePlan.Spot> spots) {
        return keyframesOf(spots.stream().filter(this::needsEncodings).toList());
    }

    /** Network calls that some frames take; a crossfaded frame counts as one, and an original as none. */
    long decodingCalls(List<FramePlan.Spot> spots) {
        int each = settings.method() instanceof Crossfade ? 1 : timetable.length();
        return (long) each * made(spots).size();
    }

    /** Makes the encodings that some frames need and none before has needed, or finds them in the cache. */
    void encode(List<FramePlan.Spot> spots, ProgressMeter meter) {
        List<FramePlan.Spot> made = made(spots);
        List<Integer> needed = encodedOf(made);
        for (int i : keyframesOf(made)) {
            cancellation.throwIfCancelled();
            if (!needed.contains(i)) {
                standIn(i);
            } else if (encoded.add(i)) {
                StepListener counting = counting(meter, new Activity.EncodingPicture(i + 1, count()), 1);
                encodings.put(i, encoder.encode(picture(i), said(i), timetable, counting));
            }
        }
    }

    private void standIn(int keyframe) {
        if (settings.method() instanceof LatentMethod) {
            encodings.computeIfAbsent(keyframe, lacking -> withoutNoise(picture(lacking)));
        }
    }

    /** What a keyframe is said to show. */
    private Phrase said(int keyframe) {
        return settings.prompting().phrase(keyframe, count());
    }

    private Encoding withoutNoise(Picture picture) {
        Tensor latents = encoder.clean(picture);
        return new Encoding(latents, latents);
    }

    /**
     * What the network sees in a frame before it is decoded, x0-hat (DDIM eq. 9), also at keyframes that show their
     * originals; the frame itself where no network makes it. After {@link #encode}.
     */
    Picture see(FramePlan.Spot spot, ProgressMeter meter) {
        cancellation.throwIfCancelled();
        if (!(settings.method() instanceof LatentMethod method)) {
            return make(List.of(spot), meter).getFirst();
        }
        Tensor seen = seen(method, spot);
        meter.advance(Activity.Work.MEASURING_SPEED, 1);
        return Picture.ofTensor(Finite.pixels(model.codec(), seen), 0);
    }

    /** x0-hat of a frame. */
    private Tensor seen(LatentMethod method, FramePlan.Spot spot) {
        return sampler.predictClean(
                decoder(spot), startOf(method, spot), timetable.startTimestep(), timetable.startAlphaBar());
    }

    private static List<Picture> pictures(Tensor pixels, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Picture.ofTensor(pixels, i))
                .toList();
    }

    /**
     * Makes one frame at once, with fewer network calls than it will get: what the network sees in x_t (one call), or a
     * decode in few steps. Encodings that are many calls away are made in few steps as well, and only those the frame shows.
     *
     * @param calls of the decode, at least 1
     */
    Picture glimpse(FramePlan.Spot spot, int calls) {
        if (settings.showsOriginal(spot.mix())) {
            return original(spot);
        }
        if (!(settings.method() instanceof LatentMethod method)) {
            return make(List.of(spot), new ProgressMeter(1, ProgressListener.NONE))
                    .getFirst();
        }
        encodeQuickly(spot);
        cancellation.throwIfCancelled();
        Tensor decoded = calls == 1
                ? seen(method, spot)
                : sampler.decode(decoder(spot), startOf(method, spot), timetable.coarser(calls), cancelling());
        return Picture.ofTensor(Finite.pixels(model.codec(), decoded), 0);
    }

    /**
     * What a frame is mixed from, with fresh noise also where its method has none; encodings that are many calls away are made
     * in few steps.
     */
    LatentMethod.Ingredients ingredientsQuickly(FramePlan.Spot spot) {
        encodings.clear();
        encodeQuickly(spot);
        cancellation.throwIfCancelled();
        return ingredients(noise.at(FreshNoise.of(settings, spot)));
    }

    private void encodeQuickly(FramePlan.Spot spot) {
        for (int i : keyframesOf(List.of(spot))) {
            encodings.put(i, needsEncodings(spot) ? encodedQuickly(i) : withoutNoise(picture(i)));
        }
    }

    private Encoding encodedQuickly(int keyframe) {
        Timetable quick = isFar(keyframe) ? timetable.coarser(GLIMPSE_ENCODING_CALLS) : timetable;
        return encoder.encode(picture(keyframe), said(keyframe), quick, cancelling());
    }

    /** Whether the render's own encoding takes more network calls than a rough one. */
    private boolean isFar(int keyframe) {
        return pendingStates(keyframe).size() > GLIMPSE_ENCODING_CALLS;
    }

    /** Whether a look at a frame makes do with encodings in few steps. */
    boolean looksRoughly(FramePlan.Spot spot) {
        return encodedOf(List.of(spot)).stream().anyMatch(this::isFar);
    }

    private StepListener cancelling() {
        return step -> cancellation.throwIfCancelled();
    }

    /** Renders some frames, in their order, once it has encoded for them; those that need the network are decoded as one batch. */
    void render(List<FramePlan.Spot> spots, Consumer<Frame> sink, ProgressMeter meter) {
        cancellation.throwIfCancelled();
        encode(spots, meter);
        Iterator<Picture> made = make(made(spots), meter).iterator();
        for (FramePlan.Spot spot : spots) {
            sink.accept(new Frame(spot, settings.showsOriginal(spot.mix()) ? original(spot) : made.next(), request));
        }
    }

    private List<Picture> make(List<FramePlan.Spot> spots, ProgressMeter meter) {
        if (spots.isEmpty()) {
            return List.of();
        }
        return switch (settings.method()) {
            case Crossfade method -> crossfade(method, spots, meter);
            case LatentMethod method
            when settings.prompting().travels() ->
                spots.stream()
                        .flatMap(spot -> decode(method, List.of(spot), meter).stream())
                        .toList();
            case LatentMethod method -> decode(method, spots, meter);
        };
    }

    private List<Picture> crossfade(Crossfade method, List<FramePlan.Spot> spots, ProgressMeter meter) {
        meter.advance(Activity.Work.MIXING_FRAMES, spots.size());
        return spots.stream()
                .map(spot -> method.mix(spot.mix().image(), i -> picture(i).toTensor()))
                .map(pixels -> Picture.ofTensor(pixels, 0))
                .toList();
    }

    /** As one batch, which hears one prompt. */
    private List<Picture> decode(LatentMethod method, List<FramePlan.Spot> spots, ProgressMeter meter) {
        Tensor start =
                Tensor.concat(spots.stream().map(spot -> startOf(method, spot)).toList());
        StepListener counting = counting(meter, Activity.Work.RENDERING_FRAMES, spots.size());
        Tensor decoded = sampler.decode(decoder(spots.getFirst()), start, timetable, counting);
        return pictures(Finite.pixels(model.codec(), decoded), spots.size());
    }

    private Denoiser decoder(FramePlan.Spot spot) {
        Prompting prompting = settings.prompting();
        return model.denoiser(prompting.decoding(prompting.phrase(spot.weights())));
    }

    /** x_t of a frame. */
    Tensor startOf(LatentMethod method, FramePlan.Spot spot) {
        Mix mix = spot.mix();
        return settings.showsRoundTrip(mix)
                ? encoding(mix.soleKeyframe().orElseThrow()).noisy()
                : method.combine(mix, ingredients(method, spot));
    }

    /** A keyframe without weight takes no part, whatever stands in for it. */
    private Encoding encoding(int keyframe) {
        Encoding own = encodings.get(keyframe);
        return own == null ? encodings.values().iterator().next() : own;
    }

    /** Where a method has no use for fresh noise none is drawn, and anything of its shape stands in for it. */
    private LatentMethod.Ingredients ingredients(LatentMethod method, FramePlan.Spot spot) {
        return ingredients(
                method.usesFreshNoise()
                        ? noise.at(FreshNoise.of(settings, spot))
                        : encoding(0).clean());
    }

    private LatentMethod.Ingredients ingredients(Tensor fresh) {
        List<Encoding> all =
                IntStream.range(0, count()).mapToObj(this::encoding).toList();
        return new LatentMethod.Ingredients(
                all.stream().map(Encoding::clean).toList(),
                all.stream().map(Encoding::noisy).toList(),
                fresh,
                timetable.startAlphaBar(),
                layout);
    }

    /** Whether a frame is made of encodings: its method mixes them, or it is one of them decoded again. */
    boolean needsEncodings(FramePlan.Spot spot) {
        return settings.method() instanceof LatentMethod method
                && (method.needsEncodings() || settings.showsRoundTrip(spot.mix()));
    }

    private Picture original(FramePlan.Spot spot) {
        return picture(spot.mix().soleKeyframe().orElseThrow());
    }

    private StepListener counting(ProgressMeter meter, Activity activity, int pictures) {
        return step -> {
            meter.advance(activity, pictures);
            cancellation.throwIfCancelled();
        };
    }
}
