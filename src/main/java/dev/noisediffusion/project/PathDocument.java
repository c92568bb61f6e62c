package dev.noisediffusion.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.noisediffusion.morph.Easing;
import dev.noisediffusion.morph.MorphPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path as it is written in recipes.
 *
 * @param easing an {@link EasingText}, of the segments that have none of their own
 * @param closed whether the path returns to the first keyframe
 * @param segments one a keyframe, null for a plain one; absent if all are, and in recipes older than it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PathDocument(
        @Nullable String easing, boolean closed, @Nullable List<@Nullable SegmentDocument> segments) {
    /** The document of a path. */
    public static PathDocument of(MorphPath path) {
        var segments = new ArrayList<@Nullable SegmentDocument>();
        path.segments().forEach(segment -> segments.add(SegmentDocument.of(segment)));
        boolean plain = segments.stream().allMatch(segment -> segment == null);
        return new PathDocument(EasingText.of(path.easing()), path.closed(), plain ? null : segments);
    }

    MorphPath path() {
        Easing read = Optional.ofNullable(easing).flatMap(EasingText::parse).orElse(Easing.Preset.LINEAR);
        return new MorphPath(
                read,
                closed,
                segments == null
                        ? List.of()
                        : segments.stream().map(SegmentDocument::read).toList());
    }
}
