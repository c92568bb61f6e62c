package dev.noisediffusion.critic;

import dev.noisediffusion.diffusion.DdimSampler;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.image.Crop;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Resampler;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.ProgressMeter;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Makes examples of photographs: each as it is, taken to noise and back by DDIM, and decoded twice from invalid noise. The
 * way there and back is among the clean ones so that the mere trace of the model is no artifact.
 */
final class ExampleMaker {
    /** sqrt(abar) of the levels pictures are taken to: deep enough to change them, not so deep that nothing is left. */
    private static final double DEEPEST = 0.3;

    private static final double SHALLOWEST = 0.7;

    /** How far the wrong level is from the right one. */
    private static final double NEAREST_WRONG = 0.12;

    private static final double FARTHEST_WRONG = 0.25;
    private static final int FINE_STEPS = 100;
    private static final List<Invalidity> KINDS = List.copyOf(EnumSet.allOf(Invalidity.class));

    private final DiffusionModel model;
    private final DdimSampler sampler;
    private final int calls;

    ExampleMaker(DiffusionModel model, int calls) {
        this.model = model;
        this.sampler = new DdimSampler(model.settings());
        this.calls = calls;
    }

    /** Network calls for a number of photographs, for progress. */
    long calls(int photographs) {
        return 4L * calls * photographs;
    }

    /**
     * Four examples of each photograph, half of them clean.
     *
     * @param photographs an even number
     * @param meter advances by one with every network call
     * @throws CriticException if the model makes infinite values or NaN, of which the pictures would be black
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled
     */
    List<Example> make(List<Picture> photographs, long seed, ProgressMeter meter, CancellationToken cancellation)
            throws CriticException {
        var examples = new ArrayList<Example>();
        StepListener listener = step -> {
            meter.advance(Activity.Work.MAKING_EXAMPLES, 1);
            cancellation.throwIfCancelled();
        };
        var root = new SplittableRandom(seed);
        for (int pair = 0; 2 * pair + 1 < photographs.size(); pair++) {
            cancellation.throwIfCancelled();
            examples.addAll(new Pair(pair, root.split(), listener)
                    .examples(photographs.get(2 * pair), photographs.get(2 * pair + 1)));
        }
        return List.copyOf(examples);
    }

    private Timetable timetable(double signalLevel) {
        int trained = model.settings().schedule().length();
        return Timetable.toDepth(model.settings(), Math.min(FINE_STEPS, trained), signalLevel)
                .coarser(calls);
    }

    /**
     * What the model has made, as it is.
     *
     * @throws CriticException if a value is infinite or NaN
     */
    private static Tensor finite(Tensor made) throws CriticException {
        if (!Kernels.isFinite(made)) {
            throw new CriticException(
                    ModelRefusal.CRITIC_OVERFLOWED.with(),
                    "The model's numbers have grown too large to compute with on this device, so no critic can be trained"
                            + " there: choose the processor or another device.",
                    null);
        }
        return made;
    }

    /** Two photographs that are mixed with each other. */
    private final class Pair {
        private final int number;
        private final SplittableRandom random;
        private final StepListener listener;
        private final double level;
        private final Timetable timetable;

        Pair(int number, SplittableRandom random, StepListener listener) {
            this.number = number;
            this.random = random;
            this.listener = listener;
            this.level = random.nextDouble(DEEPEST, SHALLOWEST);
            this.timetable = timetable(level);
        }

        List<Example> examples(Picture first, Picture second) throws CriticException {
            List<Picture> fitted = List.of(fit(first), fit(second));
            List<Tensor> clean = List.of(latents(fitted.get(0)), latents(fitted.get(1)));
            List<Tensor> noisy = List.of(encoded(clean.get(0)), encoded(clean.get(1)));
            var examples = new ArrayList<Example>();
            for (int i = 0; i < 2; i++) {
                examples.add(new Example(fitted.get(i), number, Optional.empty()));
                examples.add(new Example(decoded(noisy.get(i), timetable), number, Optional.empty()));
                var from = new Invalidity.Ingredients(
                        clean.get(i), noisy.get(i), noisy.get(1 - i), timetable.startAlphaBar());
                for (int j = 0; j < 2; j++) {
                    // All kinds come equally often.
                    Invalidity kind = KINDS.get((4 * number + 2 * i + j) % KINDS.size());
                    Tensor start = kind.start(from, random);
                    Timetable down = kind == Invalidity.WRONG_LEVEL ? timetable(wrongLevel()) : timetable;
                    examples.add(new Example(decoded(start, down), number, Optional.of(kind)));
                }
            }
            return examples;
        }

        private double wrongLevel() {
            double by = random.nextDouble(NEAREST_WRONG, FARTHEST_WRONG);
            return random.nextBoolean() ? level + by : Math.max(0.05, level - by);
        }

        private Tensor latents(Picture picture) throws CriticException {
            return finite(model.codec().encode(picture.toTensor()));
        }

        private Tensor encoded(Tensor latents) throws CriticException {
            return finite(sampler.encode(model.denoiser(), latents, timetable, listener));
        }

        private Picture decoded(Tensor start, Timetable down) throws CriticException {
            Tensor latents = finite(sampler.decode(model.denoiser(), start, down, listener));
            return Picture.ofTensor(finite(model.codec().decode(latents)), 0);
        }

        private Picture fit(Picture photograph) {
            return Resampler.crop(photograph, Crop.CENTER, model.width(), model.height());
        }
    }
}
