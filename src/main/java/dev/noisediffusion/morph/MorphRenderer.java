package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.DdimSampler;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Resampler;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.ProgressMeter;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Turns requests into frames. Holds no state of a render, so several may run at once; frames are handed on as they are
 * finished and not kept.
 */
public final class MorphRenderer {
    private final DiffusionModel model;
    private final Encoder encoder;
    private final DdimSampler sampler;

    /**
     * A renderer for one model.
     *
     * @param model stays the caller's to close, after the last render has ended
     * @param cache may be shared with renderers of other models
     */
    public MorphRenderer(DiffusionModel model, EncodingCache cache) {
        this.model = model;
        this.encoder = new Encoder(model, cache);
        this.sampler = new DdimSampler(model.settings());
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
        new Run(request, sink, progress, cancellation).render(order);
    }

    /** One render on its way. */
    private final class Run {
        private final MorphRequest request;
        private final MorphSettings settings;
        private final Consumer<Frame> sink;
        private final CancellationToken cancellation;
        private final Timetable timetable;
        private final FramePlan plan;
        private final List<Picture> pictures = new ArrayList<>();
        private final ProgressMeter meter;

        Run(MorphRequest request, Consumer<Frame> sink, ProgressListener progress, CancellationToken cancellation) {
            this.request = request;
            this.settings = request.settings();
            this.sink = sink;
            this.cancellation = cancellation;
            this.timetable = timetable(settings);
            this.plan = FramePlan.even(request.keyframes().size(), settings.frames());
            for (Keyframe keyframe : request.keyframes()) {
                cancellation.throwIfCancelled();
                pictures.add(Resampler.crop(keyframe.picture(), keyframe.crop(), model.width(), model.height()));
            }
            this.meter = new ProgressMeter(work(), progress);
        }

        void render(FrameOrder order) {
            List<FramePlan.Spot> spots = order.indices(plan.frames().size()).stream()
                    .map(plan.frames()::get)
                    .toList();
            switch (settings.method()) {
                case Crossfade crossfade -> crossfade(crossfade, spots);
                case LatentMethod method -> new Decoding(method, ingredients(method)).run(spots);
            }
        }

        private void crossfade(Crossfade method, List<FramePlan.Spot> spots) {
            List<Tensor> pixels = pictures.stream().map(Picture::toTensor).toList();
            for (FramePlan.Spot spot : spots) {
                cancellation.throwIfCancelled();
                deliver(spot, Picture.ofTensor(method.mix(spot.weights(), pixels), 0));
                meter.advance("Mixing frames", 1);
            }
        }

        private Keyframes ingredients(LatentMethod method) {
            var clean = new ArrayList<Tensor>();
            var noisy = new ArrayList<Tensor>();
            for (int i = 0; i < pictures.size(); i++) {
                cancellation.throwIfCancelled();
                String stage = "Encoding picture " + (i + 1) + " of " + pictures.size();
                meter.stage(stage);
                if (encodes(method)) {
                    Encoding encoding = encoder.encode(pictures.get(i), settings.steps(), timetable, steps(stage, 1));
                    clean.add(encoding.clean());
                    noisy.add(encoding.noisy());
                } else {
                    clean.add(encoder.clean(pictures.get(i)));
                }
            }
            return new Keyframes(clean, noisy);
        }

        private boolean encodes(LatentMethod method) {
            return method.needsEncodings() || settings.endpoints() == Endpoints.ROUND_TRIP;
        }

        /** Network calls of the whole render, counted per frame and not per batch. */
        private long work() {
            if (!(settings.method() instanceof LatentMethod method)) {
                return plan.frames().size();
            }
            long encodes = !encodes(method)
                    ? 0
                    : pictures.stream()
                            .mapToLong(picture -> encoder.calls(picture, settings.steps(), timetable))
                            .sum();
            long decodes =
                    plan.frames().stream().filter(spot -> !showsOriginal(spot)).count();
            return encodes + decodes * timetable.length();
        }

        private boolean showsOriginal(FramePlan.Spot spot) {
            return settings.endpoints() == Endpoints.ORIGINAL
                    && spot.weights().soleKeyframe().isPresent();
        }

        private StepListener steps(String stage, int frames) {
            return step -> {
                meter.advance(stage, frames);
                cancellation.throwIfCancelled();
            };
        }

        private void deliver(FramePlan.Spot spot, Picture picture) {
            sink.accept(new Frame(spot, picture, request));
        }

        /** The keyframes as the methods mix them. */
        private record Keyframes(List<Tensor> clean, List<Tensor> noisy) {}

        /** The second half of a render: mixing, and decoding in batches. */
        private final class Decoding {
            private final LatentMethod method;
            private final Keyframes keyframes;
            private final NoiseFields noise;
            private final Shape shape = model.latentShape();

            Decoding(LatentMethod method, Keyframes keyframes) {
                this.method = method;
                this.keyframes = keyframes;
                this.noise = new NoiseFields(shape, settings.noiseTravel(), settings.seed());
            }

            void run(List<FramePlan.Spot> spots) {
                var batch = new ArrayList<FramePlan.Spot>();
                for (FramePlan.Spot spot : spots) {
                    if (showsOriginal(spot)) {
                        deliver(spot, pictures.get(spot.weights().soleKeyframe().orElseThrow()));
                        continue;
                    }
                    batch.add(spot);
                    if (batch.size() == model.batchSize()) {
                        decode(batch);
                        batch.clear();
                    }
                }
                if (!batch.isEmpty()) {
                    decode(batch);
                }
            }

            private void decode(List<FramePlan.Spot> batch) {
                cancellation.throwIfCancelled();
                Tensor start = Tensor.concat(batch.stream().map(this::start).toList());
                String stage = "Rendering frames";
                Tensor clean = sampler.decode(model.denoiser(), start, timetable, steps(stage, batch.size()));
                Tensor pixels = model.codec().decode(clean);
                for (int i = 0; i < batch.size(); i++) {
                    deliver(batch.get(i), Picture.ofTensor(pixels, i));
                }
            }

            /** x_t of a frame. */
            private Tensor start(FramePlan.Spot spot) {
                OptionalInt keyframe = spot.weights().soleKeyframe();
                if (settings.endpoints() == Endpoints.ROUND_TRIP && keyframe.isPresent()) {
                    return keyframes.noisy().get(keyframe.getAsInt());
                }
                return method.combine(
                        spot.weights(),
                        new LatentMethod.Ingredients(
                                keyframes.clean(), keyframes.noisy(), noise.at(spot), timetable.startAlphaBar()));
            }
        }
    }
}
