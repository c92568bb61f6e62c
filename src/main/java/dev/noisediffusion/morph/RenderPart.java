package dev.noisediffusion.morph;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Some frames of a morph.
 *
 * @param request the whole morph
 * @param frames numbers of the frames to make, each in [0, frames)
 */
public record RenderPart(MorphRequest request, Set<Integer> frames) {
    public RenderPart {
        frames = Set.copyOf(frames);
    }

    /** Every frame of a morph. */
    public static RenderPart all(MorphRequest request) {
        return new RenderPart(
                request,
                IntStream.range(0, request.plan().frames().size()).boxed().collect(Collectors.toSet()));
    }
}
