package dev.noisediffusion.bench;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Resampler;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.EncodingCache;
import dev.noisediffusion.morph.FrameOrder;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.MorphRenderer;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.NoiseDiffusion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** How long after a slider's move new pixels are ready for the screen, enlarged as the window shows them. */
final class SliderMoves {
    private static final int WARM_UP = 5;
    private static final int MOVES = 40;
    private static final int SHOWN_SIDE = 512;

    private SliderMoves() {}

    static void measure(DiffusionModel model, MorphRequest request) {
        var renderer = new MorphRenderer(model, new EncodingCache());
        renderer.renderTogether(
                List.of(new MorphRequest(request.keyframes(), request.settings().withFrames(2))),
                Optional.empty(),
                FrameOrder.SEQUENTIAL,
                frame -> {},
                ProgressListener.NONE,
                new CancellationToken());
        try (var panel = new NoisePanel(renderer)) {
            for (int calls : new int[] {1, 5}) {
                time(renderer, request, calls, model.width(), moved -> {}, "");
                time(renderer, request, calls, model.width(), panel::moved, ", noise panel open");
            }
        }
    }

    private static void time(
            MorphRenderer renderer,
            MorphRequest request,
            int calls,
            int side,
            Consumer<MorphRequest> alongside,
            String where) {
        var times = new double[MOVES];
        for (int i = -WARM_UP; i < MOVES; i++) {
            var method = new NoiseDiffusion(Math.abs(i) / 100.0, 2, BoundaryPlacement.BOTH, Injection.PAPER);
            var moved = new MorphRequest(request.keyframes(), request.settings().withMethod(method));
            alongside.accept(moved);
            long start = System.nanoTime();
            move(renderer, moved, calls, side);
            if (i >= 0) {
                times[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(times);
        System.out.printf(
                "slider move to new pixels, %d network calls%s: median %.0f ms, 95 %% within %.0f ms%n",
                calls, where, times[MOVES / 2], times[MOVES * 95 / 100]);
    }

    private static void move(MorphRenderer renderer, MorphRequest moved, int calls, int side) {
        Picture seen = renderer.glimpse(moved, moved.settings().frames() / 2, calls, new CancellationToken());
        Resampler.upscale(seen, Math.max(1, SHOWN_SIDE / side));
    }

    /** Measures the noise in the background, as the window does: of the moves meanwhile only the newest. */
    private static final class NoisePanel implements AutoCloseable {
        private final MorphRenderer renderer;
        private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), new ThreadPoolExecutor.DiscardOldestPolicy());

        NoisePanel(MorphRenderer renderer) {
            this.renderer = renderer;
        }

        void moved(MorphRequest moved) {
            thread.execute(() -> renderer.inspect(moved, moved.settings().frames() / 2, new CancellationToken()));
        }

        @Override
        public void close() {
            thread.close();
        }
    }
}
