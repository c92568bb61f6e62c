package dev.noisediffusion.morph;

import dev.noisediffusion.image.Crop;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What decides the pixels of a frame, and nothing else: frames with equal identities have the same bytes, whatever
 * morphs they belong to; on a GPU they agree to within rounding, since other batches round otherwise there.
 * So a finished frame serves again where only other frames have changed.
 *
 * @param cacheKey of the model
 * @param parts the keyframes that take part, in order
 * @param timesteps of its decoding, equal for some depths and numbers of steps; none where no network makes it
 * @param settings those others that matter, the rest at fixed values; empty where the picture itself is shown
 * @param noise empty where there is no fresh noise in it
 */
public record FrameIdentity(
        String cacheKey,
        List<Part> parts,
        List<Integer> timesteps,
        Optional<MorphSettings> settings,
        Optional<FreshNoise> noise) {
    /**
     * A keyframe's part in a frame.
     *
     * @param pictureHash of the whole picture
     * @param crop the part of it that is used
     * @param noise weight of its encoding
     * @param image weight of the raw picture
     * @param gain of its injection, 0 where there is none
     * @param turn how far it is on the way from the first prompt to the last, 0 where there is but one
     */
    public record Part(String pictureHash, Crop crop, double noise, double image, double gain, double turn) {}

    /**
     * What is seen of a picture.
     *
     * @param pictureHash of the whole picture
     * @param crop the part of it that is used
     */
    record Shown(String pictureHash, Crop crop) {}

    public FrameIdentity {
        parts = List.copyOf(parts);
        timesteps = List.copyOf(timesteps);
    }

    /**
     * The identity of a frame of a request.
     *
     * @param cacheKey of the model
     * @param decoding the timesteps of the request on the model; all its frames may share them
     */
    static FrameIdentity of(MorphRequest request, FramePlan.Spot spot, String cacheKey, List<Integer> decoding) {
        MorphSettings settings = request.settings();
        Mix mix = spot.mix();
        if (settings.showsOriginal(mix)) {
            return new FrameIdentity(
                    cacheKey, parts(request, mix, new Crossfade()), List.of(), Optional.empty(), Optional.empty());
        }
        MorphMethod method = settings.showsRoundTrip(mix) ? new Slerp() : settings.method();
        Optional<FreshNoise> noise =
                method.usesFreshNoise() ? Optional.of(FreshNoise.of(settings, spot)) : Optional.empty();
        List<Integer> timesteps = method instanceof Crossfade ? List.of() : decoding;
        return new FrameIdentity(
                cacheKey, parts(request, mix, method), timesteps, Optional.of(essence(settings, method)), noise);
    }

    /** The pictures that take part. */
    List<Shown> pictures() {
        return parts.stream()
                .map(part -> new Shown(part.pictureHash(), part.crop()))
                .toList();
    }

    private static List<Part> parts(MorphRequest request, Mix mix, MorphMethod method) {
        return IntStream.range(0, mix.count())
                .filter(mix::uses)
                .mapToObj(i -> part(request, i, mix, method))
                .filter(part -> part.noise() > 0 || part.image() > 0)
                .toList();
    }

    /** Each method reads only one of the weights, but NoiseDiffusion. */
    private static Part part(MorphRequest request, int index, Mix mix, MorphMethod method) {
        Keyframe keyframe = request.keyframes().get(index);
        double noise = method instanceof Crossfade ? 0 : mix.noise().get(index);
        double image = method instanceof Slerp || method instanceof NoiseIntroduction
                ? 0
                : mix.image().get(index);
        double gain = method instanceof NoiseDiffusion diffusion && image > 0
                ? diffusion.injection().gainOf(index)
                : 0;
        double turn = method instanceof Crossfade
                ? 0
                : request.settings().prompting().turn(index, request.keyframes().size());
        return new Part(keyframe.picture().hash(), keyframe.crop(), noise, image, gain, turn);
    }

    /** Settings that make no difference to the frame, or that are told by other parts of its identity, all get one value. */
    private static MorphSettings essence(MorphSettings settings, MorphMethod method) {
        MorphSettings same =
                MorphSettings.DEFAULT.withFrames(FramePlan.LEAST_FRAMES).withEndpoints(Endpoints.METHOD);
        MorphSettings relevant = same.withPrompting(settings.prompting().effective());
        return switch (method) {
            case Crossfade crossfade -> same.withMethod(crossfade);
            case NoiseDiffusion diffusion ->
                relevant.withMethod(diffusion.effective().withInjection(Injection.PAPER));
            case Slerp slerp -> relevant.withMethod(slerp);
            case NoiseIntroduction introduction -> relevant.withMethod(introduction);
        };
    }
}
