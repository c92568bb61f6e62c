package dev.noisediffusion.critic;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.ProgressMeter;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Trains critics. The photographs are divided by pairs: of ten, six to learn from, one to calibrate with and three to be
 * examined on.
 */
public final class CriticTrainer {
    /** Places a side, of eight pixels each. */
    private static final int PATCH = 16;

    private static final int BATCH = 32;

    /** What one step of training takes, in network calls: for a progress that goes evenly. */
    private static final int CALLS_AN_UPDATE = 2;

    private final CriticSettings settings;
    private final NativeArrays arrays;

    public CriticTrainer(CriticSettings settings) {
        this(settings, new NativeArrays());
    }

    CriticTrainer(CriticSettings settings, NativeArrays arrays) {
        this.settings = settings;
        this.arrays = arrays;
    }

    /**
     * Makes pictures with and without artifacts from photographs and trains a critic on them.
     *
     * @param model whose frames are to be judged; stays the caller's
     * @param photographs of what the model knows, of any size, all different, lest the critic be examined on what it has
     *     learnt from; those beyond the settings' number are left out, by lot
     * @return owned by the caller, whether its report is good or poor
     * @throws CriticException if there are too few photographs, critics do not run on this computer, or the model makes
     *     infinite values or NaN
     * @throws java.util.concurrent.CancellationException within one network call or step of training after the token was
     *     cancelled
     */
    public Critic train(
            DiffusionModel model, List<Picture> photographs, ProgressListener progress, CancellationToken cancellation)
            throws CriticException {
        if (photographs.size() < CriticSettings.LEAST_PHOTOGRAPHS) {
            throw new CriticException(
                    ModelRefusal.TOO_FEW_PHOTOGRAPHS.with(CriticSettings.LEAST_PHOTOGRAPHS, photographs.size()),
                    "A critic needs at least " + CriticSettings.LEAST_PHOTOGRAPHS
                            + " different photographs of what the model knows, found " + photographs.size()
                            + ". Around a hundred are good.",
                    null);
        }
        // Natives that do not start are met here, not after the minutes that the pictures take.
        CriticNet.started(this::untrained).close();
        List<Picture> chosen = new ArrayList<>(photographs);
        Collections.shuffle(chosen, new Random(settings.seed()));
        int used = Math.min(chosen.size(), settings.photographs()) / 2 * 2;
        var maker = new ExampleMaker(model, settings.calls());
        var meter = new ProgressMeter(maker.calls(used) + (long) CALLS_AN_UPDATE * settings.updates(), progress);
        meter.begin(Activity.Work.MAKING_EXAMPLES);
        List<Example> examples = maker.make(chosen.subList(0, used), settings.seed(), meter, cancellation);
        return train(model.id(), examples, meter, cancellation);
    }

    /** Trains on examples that are there. */
    Critic train(String modelId, List<Example> examples, ProgressMeter meter, CancellationToken cancellation) {
        List<Example> known = part(examples, 0, 6);
        List<Example> tuning = part(examples, 6, 7);
        List<Example> heldOut = part(examples, 7, 10);
        try (CriticNet net = untrained()) {
            var patches = new Patches(known, new SplittableRandom(settings.seed()));
            for (int update = 0; update < settings.updates(); update++) {
                cancellation.throwIfCancelled();
                patches.teach(net);
                meter.advance(Activity.Work.TRAINING_CRITIC, CALLS_AN_UPDATE);
            }
            var evidence = new double[tuning.size()];
            var invalid = new boolean[tuning.size()];
            for (int i = 0; i < evidence.length; i++) {
                evidence[i] = evidence(net, tuning.get(i), cancellation);
                invalid[i] = tuning.get(i).isInvalid();
            }
            Calibration calibration = Calibration.fittedTo(evidence, invalid);
            var answers = new ArrayList<Exam.Answer>();
            for (Example example : heldOut) {
                answers.add(new Exam.Answer(
                        calibration.probability(evidence(net, example, cancellation)),
                        example.pair(),
                        example.invalidity()));
            }
            return new Critic(modelId, new Exam(answers, arrays).report(), calibration, net.parameters(), arrays);
        }
    }

    private CriticNet untrained() {
        return CriticNet.untrained(settings.seed(), settings.updates(), arrays);
    }

    private static double evidence(CriticNet net, Example example, CancellationToken cancellation) {
        cancellation.throwIfCancelled();
        Tensor evidence = net.evidence(example.picture().toTensor());
        return IntStream.range(0, evidence.size())
                .mapToDouble(evidence::get)
                .average()
                .orElseThrow();
    }

    private static List<Example> part(List<Example> examples, int from, int to) {
        return examples.stream()
                .filter(example -> example.pair() % 10 >= from && example.pair() % 10 < to)
                .toList();
    }

    /** Draws batches of square parts, half of them of pictures with artifacts, every other one mirrored. */
    private static final class Patches {
        private final List<Tensor> clean;
        private final List<Tensor> invalid;
        private final SplittableRandom random;

        Patches(List<Example> examples, SplittableRandom random) {
            this.clean = statistics(examples, false);
            this.invalid = statistics(examples, true);
            this.random = random;
        }

        private static List<Tensor> statistics(List<Example> examples, boolean invalid) {
            return examples.stream()
                    .filter(example -> example.isInvalid() == invalid)
                    .map(example -> BandStatistics.of(example.picture().toTensor()))
                    .toList();
        }

        void teach(CriticNet net) {
            var patches = new ArrayList<Tensor>();
            var labels = new float[BATCH];
            for (int i = 0; i < BATCH; i++) {
                labels[i] = i % 2;
                List<Tensor> from = i % 2 == 0 ? clean : invalid;
                patches.add(patch(from.get(random.nextInt(from.size()))));
            }
            net.learn(Tensor.concat(patches), labels);
        }

        private Tensor patch(Tensor whole) {
            Shape shape = whole.shape();
            int side = Math.min(PATCH, Math.min(shape.height(), shape.width()));
            int left = random.nextInt(shape.width() - side + 1);
            int top = random.nextInt(shape.height() - side + 1);
            boolean mirrored = random.nextBoolean();
            int plane = shape.width() * shape.height();
            var values = new float[BandStatistics.CHANNELS * side * side];
            for (int i = 0; i < values.length; i++) {
                int x = i % side;
                int y = i / side % side;
                int column = left + (mirrored ? side - 1 - x : x);
                values[i] = whole.get(i / (side * side) * plane + (top + y) * shape.width() + column);
            }
            return Tensor.wrap(Shape.of(1, BandStatistics.CHANNELS, side, side), values);
        }
    }
}
