package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.tensor.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Looks at the noise behind the frames of one morph, with no network call where its encodings are known. */
final class NoiseInspector {
    private final DiffusionModel model;
    private final PreparedMorph morph;
    private final MorphRequest request;
    private final CancellationToken cancellation;

    NoiseInspector(DiffusionModel model, PreparedMorph morph, MorphRequest request, CancellationToken cancellation) {
        this.model = model;
        this.morph = morph;
        this.request = request;
        this.cancellation = cancellation;
    }

    NoiseReport report(FramePlan.Spot spot) {
        if (!(request.settings().method() instanceof LatentMethod method)) {
            return NoiseReport.NOISELESS;
        }
        boolean rough = morph.looksRoughly(spot);
        LatentMethod.Ingredients ingredients = morph.ingredientsQuickly(spot);
        Boundaries ofEncodings = method instanceof NoiseDiffusion mixing
                ? mixing.encodingBoundaries(ingredients.layout())
                : Boundaries.NONE;
        Boundaries ofMixture =
                method instanceof NoiseDiffusion mixing && !request.settings().showsRoundTrip(spot.mix())
                        ? mixing.mixtureBoundaries(ingredients.layout())
                        : Boundaries.NONE;
        List<NoiseReport.EncodingNoise> encodings = IntStream.range(
                        0, spot.mix().count())
                .filter(i -> morph.needsEncodings(spot) && spot.mix().uses(i))
                .mapToObj(i -> encoding(i, ingredients.noisy().get(i), ofEncodings))
                .toList();
        Optional<NoiseStatistics> mixture = request.settings().showsOriginal(spot.mix())
                ? Optional.empty()
                : Optional.of(NoiseStatistics.of(morph.startOf(method, spot), ofMixture));
        return new NoiseReport(true, rough, encodings, mixture);
    }

    private NoiseReport.EncodingNoise encoding(int keyframe, Tensor noisy, Boundaries boundaries) {
        return new NoiseReport.EncodingNoise(
                keyframe,
                NoiseStatistics.of(noisy, boundaries),
                ClipMap.of(noisy, boundaries, model.codec(), model.width(), model.height()));
    }

    /** A better setting for a frame, or for the evenest mixture beside it where it shows one keyframe alone. */
    Optional<NoiseSuggestion> suggestion(FramePlan.Spot shown) {
        return request.settings().method() instanceof NoiseDiffusion current
                ? mixed(shown)
                        .map(spot -> new NoiseAdvisor(current, spot.mix(), morph.ingredientsQuickly(spot), cancellation)
                                .suggest())
                : Optional.empty();
    }

    private Optional<FramePlan.Spot> mixed(FramePlan.Spot shown) {
        if (shown.mix().soleKeyframe().isEmpty()) {
            return Optional.of(shown);
        }
        int keyframe = shown.mix().soleKeyframe().getAsInt();
        return request.plan().frames().stream()
                .filter(spot ->
                        spot.mix().soleKeyframe().isEmpty() && spot.mix().uses(keyframe))
                .min(Comparator.comparingDouble(spot -> Math.abs(spot.weights().get(keyframe) - 0.5)));
    }
}
