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

/** How long after a slider's move new pixels are ready for the screen, enlarged as the window shows them. */
final class SliderMoves {
    private static final int WARM_UP = 5;
    private static final int MOVES = 40;
    private static final int SHOWN_SIDE = 512;

    private SliderMoves() {}

    static void measure(DiffusionModel model, MorphRequest request) {
        var renderer = new MorphRenderer(model, new EncodingCache());
        renderer.render(
                new MorphRequest(request.keyframes(), request.settings().withFrames(2)),
                FrameOrder.SEQUENTIAL,
                frame -> {},
                ProgressListener.NONE,
                new CancellationToken());
        for (int calls : new int[] {1, 5}) {
            var times = new double[MOVES];
            for (int i = -WARM_UP; i < MOVES; i++) {
                long start = System.nanoTime();
                move(renderer, request, Math.abs(i) / 100.0, calls, model.width());
                if (i >= 0) {
                    times[i] = (System.nanoTime() - start) / 1e6;
                }
            }
            Arrays.sort(times);
            System.out.printf(
                    "slider move to new pixels, %d network calls: median %.0f ms, 95 %% within %.0f ms%n",
                    calls, times[MOVES / 2], times[MOVES * 95 / 100]);
        }
    }

    private static void move(MorphRenderer renderer, MorphRequest request, double gamma, int calls, int side) {
        var method = new NoiseDiffusion(gamma, 2, BoundaryPlacement.BOTH, Injection.PAPER);
        var moved = new MorphRequest(request.keyframes(), request.settings().withMethod(method));
        Picture seen = renderer.glimpse(moved, request.settings().frames() / 2, calls, new CancellationToken());
        Resampler.upscale(seen, Math.max(1, SHOWN_SIDE / side));
    }
}
