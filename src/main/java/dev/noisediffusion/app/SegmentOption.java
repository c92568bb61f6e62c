package dev.noisediffusion.app;

import dev.noisediffusion.morph.Easing;
import dev.noisediffusion.morph.FrameEdits;
import dev.noisediffusion.morph.Segment;
import dev.noisediffusion.project.EasingText;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads easings and segments of a path. */
final class SegmentOption {
    private SegmentOption() {}

    /** Reads an {@link EasingText}. */
    static final class EasingConverter implements ITypeConverter<Easing> {
        @Override
        public Easing convert(String value) {
            return easing(value);
        }
    }

    /** Reads {@code FRAMES[:EASING[:EASING]]}. */
    static final class SegmentConverter implements ITypeConverter<Segment> {
        @Override
        public Segment convert(String value) {
            String[] parts = value.split(":", -1);
            if (parts.length > 3) {
                throw new TypeConversionException(
                        "expected FRAMES, FRAMES:EASING or FRAMES:EASING:EASING, found '" + value + "'");
            }
            return new Segment(
                    frames(parts[0]),
                    parts.length > 1 ? Optional.of(easing(parts[1])) : Optional.empty(),
                    parts.length > 2 ? Optional.of(easing(parts[2])) : Optional.empty(),
                    FrameEdits.NONE);
        }

        private static OptionalInt frames(String text) {
            if (text.equalsIgnoreCase("auto")) {
                return OptionalInt.empty();
            }
            try {
                int frames = Integer.parseInt(text);
                if (frames >= 1 && frames <= Segment.MOST_FRAMES) {
                    return OptionalInt.of(frames);
                }
            } catch (NumberFormatException e) {
                // The sentence below says what is expected.
            }
            throw new TypeConversionException("expected a number of frames from 1 to " + Segment.MOST_FRAMES
                    + " or 'auto', found '" + text + "'");
        }
    }

    private static Easing easing(String text) {
        return EasingText.parse(text)
                .orElseThrow(
                        () -> new TypeConversionException("expected " + EasingText.FORMS + ", found '" + text + "'"));
    }
}
