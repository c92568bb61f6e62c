package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.DdimSampler;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.diffusion.NoiseSchedule;
import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes frames of a morph between two pictures for measuring: each is the method's own, also at the ends, comes with the
 * noise it was decoded from, and the noise in the encodings may be made too strong or too weak for the depth on purpose.
 * With that noise left alone, the frames are those of {@link MorphRenderer} with {@link Endpoints#METHOD}.
 */
public final class MorphProbe {
    /** The part of a schedule after which there is nothing left but noise. */
    private static final double NEAR_THE_END = 0.9;

    private final DiffusionModel model;
    private final Encoder encoder;
    private final Fitter fitter;
    private final DdimSampler sampler;
    private final NoiseFields noise;

    /**
     * A probe of one model.
     *
     * @param model stays the caller's to close
     */
    public MorphProbe(DiffusionModel model, EncodingCache cache) {
        this.model = model;
        this.encoder = new Encoder(model, cache);
        this.fitter = new Fitter(model.width(), model.height());
        this.sampler = new DdimSampler(model.settings());
        this.noise = new NoiseFields(model.latentShape());
    }

    /**
     * A frame and where it came from.
     *
     * @param start x_t, [1, C, h, w]; empty where no network makes the frame
     */
    public record Probed(Picture picture, Optional<Tensor> start) {}

    /** A keyframe's picture at the model's size. */
    public Picture fitted(Keyframe keyframe) {
        return fitter.fit(keyframe);
    }

    /** What the network is told on the way to an encoding, in one call each; a frame takes as many. */
    public List<Integer> timesteps(MorphSettings settings) {
        return settings.timetable(model.settings()).timesteps();
    }

    /**
     * Frames of a morph, in the order of their fractions.
     *
     * @param request of two keyframes; its path, its number of frames and how its noise travels do not matter
     * @param fractions in [0, 1]: 0 is the first picture, 1 the second
     * @param noiseScale s above 0: encodings l become {@code sqrt(abar) x0 + s (l - sqrt(abar) x0)}, so that above 1 there
     *     is more noise than the depth stands for; 1 leaves them alone
     * @param listener hears of every network call
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled
     * @throws OverflowException if the model makes infinite values or NaN
     */
    public List<Probed> frames(
            MorphRequest request,
            List<Double> fractions,
            double noiseScale,
            StepListener listener,
            CancellationToken cancellation) {
        return cancellation.during(
                () -> framesNow(request, fractions, noiseScale, cancellable(listener, cancellation)));
    }

    private List<Probed> framesNow(
            MorphRequest request, List<Double> fractions, double noiseScale, StepListener heard) {
        List<Picture> pictures = request.keyframes().stream().map(fitter::fit).toList();
        List<FramePlan.Spot> spots = IntStream.range(0, fractions.size())
                .mapToObj(i ->
                        new FramePlan.Spot(i, fractions.get(i), Weights.ofPair(FramePlan.rounded(fractions.get(i)))))
                .toList();
        return switch (request.settings().method()) {
            case Crossfade method -> {
                List<Tensor> pixels = pictures.stream().map(Picture::toTensor).toList();
                yield spots.stream()
                        .map(spot -> method.mix(spot.mix().image(), pixels::get))
                        .map(mixed -> new Probed(Picture.ofTensor(mixed, 0), Optional.empty()))
                        .toList();
            }
            case LatentMethod method -> {
                MorphSettings settings = request.settings();
                LatentMethod.Ingredients ingredients = ingredients(method, settings, pictures, noiseScale, heard);
                yield decoded(method, settings, spots, ingredients, heard);
            }
        };
    }

    private LatentMethod.Ingredients ingredients(
            LatentMethod method,
            MorphSettings settings,
            List<Picture> pictures,
            double noiseScale,
            StepListener heard) {
        Timetable timetable = settings.timetable(model.settings());
        double signal = Math.sqrt(timetable.startAlphaBar());
        var clean = new ArrayList<Tensor>();
        var noisy = new ArrayList<Tensor>();
        for (int i = 0; i < pictures.size(); i++) {
            CancellationToken.current().throwIfCancelled();
            Picture picture = pictures.get(i);
            if (method.needsEncodings()) {
                var said = settings.prompting().phrase(i, pictures.size());
                Encoding encoding = encoder.encode(picture, said, timetable, heard);
                clean.add(encoding.clean());
                noisy.add(
                        noiseScale == 1
                                ? encoding.noisy()
                                : Kernels.linear(
                                        noiseScale, encoding.noisy(), (1 - noiseScale) * signal, encoding.clean()));
            } else {
                clean.add(encoder.clean(picture));
                noisy.add(clean.getLast());
            }
        }
        Tensor fresh = noise.at(FreshNoise.ofSeed(settings.seed()));
        return new LatentMethod.Ingredients(clean, noisy, fresh, timetable.startAlphaBar(), MaskLayout.of(model));
    }

    private List<Probed> decoded(
            LatentMethod method,
            MorphSettings settings,
            List<FramePlan.Spot> spots,
            LatentMethod.Ingredients ingredients,
            StepListener heard) {
        Timetable timetable = settings.timetable(model.settings());
        var frames = new ArrayList<Probed>();
        for (FramePlan.Spot spot : spots) {
            Tensor start = method.combine(spot.mix(), ingredients);
            Guidance guidance =
                    settings.prompting().decoding(settings.prompting().phrase(spot.weights()));
            Picture picture = decode(model.denoiser(guidance), start, timetable, heard);
            frames.add(new Probed(picture, Optional.of(start)));
        }
        return List.copyOf(frames);
    }

    private Picture decode(Denoiser denoiser, Tensor start, Timetable timetable, StepListener heard) {
        Tensor decoded = sampler.decode(denoiser, start, timetable, heard);
        return Picture.ofTensor(Finite.pixels(model.codec(), decoded), 0);
    }

    /** Tells of a step, then ends the work if that was asked for. */
    private static StepListener cancellable(StepListener listener, CancellationToken cancellation) {
        return step -> {
            listener.afterStep(step);
            cancellation.throwIfCancelled();
        };
    }

    /**
     * A picture of the model's own making: DDIM from pure noise, through the whole schedule.
     *
     * @param seed of the noise
     * @param steps network calls, at least 1; it takes {@link #generatedCalls} of them
     * @param listener hears of every network call
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled
     * @throws OverflowException if the model makes infinite values or NaN
     */
    public Picture generated(long seed, int steps, StepListener listener, CancellationToken cancellation) {
        Tensor start = Kernels.gaussian(model.latentShape(), seed);
        return cancellation.during(
                () -> decode(model.denoiser(), start, generating(steps), cancellable(listener, cancellation)));
    }

    /** Network calls that a generated picture takes: the steps asked for, or more where so many would not begin in pure noise. */
    public int generatedCalls(int steps) {
        return generating(steps).length();
    }

    /**
     * Whole strides of so many steps may begin far below the last level, where pure noise does not belong; a single one is at
     * that level.
     */
    private Timetable generating(int steps) {
        NoiseSchedule schedule = model.settings().schedule();
        int last = schedule.length() - 1;
        if (steps == 1) {
            return Timetable.toDepth(model.settings(), 1, Math.sqrt(schedule.alphaBar(last)));
        }
        int possible = Math.min(steps, schedule.length());
        Timetable table = Timetable.full(model.settings(), possible);
        for (int more = possible + 1;
                more <= schedule.length() && table.startTimestep() < NEAR_THE_END * last;
                more++) {
            table = Timetable.full(model.settings(), more);
        }
        return table;
    }
}
