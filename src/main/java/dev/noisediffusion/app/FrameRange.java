package dev.noisediffusion.app;

import dev.noisediffusion.export.Numbering;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Some frames of a film that follow each other.
 *
 * @param first number, from 1
 * @param last number, at least the first
 */
record FrameRange(int first, int last) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}):(\\d{1,9})");

    /** Reads {@code FIRST:LAST}. */
    static final class Converter implements ITypeConverter<FrameRange> {
        @Override
        public FrameRange convert(String value) {
            Matcher matcher = TEXT.matcher(value);
            if (matcher.matches()) {
                var range = new FrameRange(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
                if (range.first >= 1 && range.last >= range.first) {
                    return range;
                }
            }
            throw new TypeConversionException(
                    "expected FIRST:LAST, two frame numbers from 1 such as 9:16, found '" + value + "'");
        }
    }

    /**
     * Its indices in a film, from 0.
     *
     * @param count of the film's frames
     * @throws IllegalArgumentException if the film is shorter
     */
    Set<Integer> indices(int count) {
        if (last > count) {
            throw new IllegalArgumentException("The film has " + count + " frames, so there is no frame " + last
                    + ": choose a range from 1 to " + count + ".");
        }
        return IntStream.range(first - 1, last).boxed().collect(Collectors.toSet());
    }

    /** What its files are called. */
    Numbering numbering(int count) {
        return new Numbering(first, count);
    }
}
