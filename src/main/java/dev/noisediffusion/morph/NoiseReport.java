package dev.noisediffusion.morph;

import java.util.List;
import java.util.Optional;

/**
 * The noise behind one frame.
 *
 * @param hasNoise false for methods that mix pixels; everything else is empty then
 * @param rough whether encodings were made in few steps, which leaves them much too flat
 * @param encodings of the keyframes that the frame shows, before clipping; empty for methods that use none
 * @param mixture x_t as decoding would start from it; empty for a frame that is a keyframe's own picture
 */
public record NoiseReport(
        boolean hasNoise, boolean rough, List<EncodingNoise> encodings, Optional<NoiseStatistics> mixture) {
    /**
     * The noise of one picture's encoding.
     *
     * @param keyframe its index in the request
     * @param statistics before clipping
     * @param clipMap where it hits the boundary; nowhere if encodings are not clipped
     */
    public record EncodingNoise(int keyframe, NoiseStatistics statistics, ClipMap clipMap) {}

    static final NoiseReport NOISELESS = new NoiseReport(false, false, List.of(), Optional.empty());

    public NoiseReport {
        encodings = List.copyOf(encodings);
    }
}
