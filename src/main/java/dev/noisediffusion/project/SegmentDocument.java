package dev.noisediffusion.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.noisediffusion.morph.FrameEdit;
import dev.noisediffusion.morph.FrameEdits;
import dev.noisediffusion.morph.FreshNoise;
import dev.noisediffusion.morph.Moment;
import dev.noisediffusion.morph.Segment;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What lies behind a keyframe, as it is written in documents. What cannot be read is left out.
 *
 * @param frames absent to share what is left with the others
 * @param noise an {@link EasingText}; absent for the easing of the whole path
 * @param image an {@link EasingText}; absent for as the noise moves
 * @param edits of single frames; absent for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SegmentDocument(
        @Nullable Integer frames,
        @Nullable String noise,
        @Nullable String image,
        @Nullable List<Edit> edits) {
    /**
     * What was done to one frame.
     *
     * @param step of the segment
     * @param steps the segment has
     * @param removed whether the frame is left out; absent for no
     * @param noise its own; absent if it follows the settings
     * @param takes that were tried; absent for none
     * @param favourite among them; absent if none is marked
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Edit(
            int step,
            int steps,
            @Nullable Boolean removed,
            @Nullable FreshNoise noise,
            @Nullable List<FreshNoise> takes,
            @Nullable FreshNoise favourite) {}

    /** The document of a segment, null if it is plain. */
    public static @Nullable SegmentDocument of(Segment segment) {
        if (segment.equals(Segment.PLAIN)) {
            return null;
        }
        List<Edit> edits = segment.edits().byMoment().entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> entry.getKey().time()))
                .map(SegmentDocument::edit)
                .toList();
        return new SegmentDocument(
                segment.frames().isPresent() ? segment.frames().getAsInt() : null,
                segment.noise().map(EasingText::of).orElse(null),
                segment.image().map(EasingText::of).orElse(null),
                edits.isEmpty() ? null : edits);
    }

    private static Edit edit(Map.Entry<Moment, FrameEdit> entry) {
        FrameEdit edit = entry.getValue();
        return new Edit(
                entry.getKey().step(),
                entry.getKey().steps(),
                edit.removed() ? true : null,
                edit.noise().orElse(null),
                edit.takes().isEmpty() ? null : edit.takes(),
                edit.favourite().orElse(null));
    }

    /** The segment of a document, plain if there is none. */
    public static Segment read(@Nullable SegmentDocument document) {
        return document == null ? Segment.PLAIN : document.segment();
    }

    private Segment segment() {
        FrameEdits read = FrameEdits.NONE;
        for (Edit edit : withoutNulls(edits)) {
            if (edit.step() >= 0 && edit.steps() > edit.step()) {
                read = read.with(new Moment(edit.step(), edit.steps()), edit(edit));
            }
        }
        return new Segment(
                own(),
                Optional.ofNullable(noise).flatMap(EasingText::parse),
                Optional.ofNullable(image).flatMap(EasingText::parse),
                read);
    }

    /** Lists of damaged documents may have them. */
    private static <T> List<T> withoutNulls(@Nullable List<T> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }

    private OptionalInt own() {
        Integer count = frames;
        return count == null || count < 1 || count > Segment.MOST_FRAMES ? OptionalInt.empty() : OptionalInt.of(count);
    }

    private static FrameEdit edit(Edit edit) {
        return new FrameEdit(
                Boolean.TRUE.equals(edit.removed()),
                Optional.ofNullable(edit.noise()),
                withoutNulls(edit.takes()),
                Optional.ofNullable(edit.favourite()));
    }
}
