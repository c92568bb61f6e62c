package dev.noisediffusion.lab;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a run that one machine does.
 *
 * @param number of the part, in [1, count]
 * @param count of all parts
 */
public record Shard(int number, int count) {
    /** All of it. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern FILE = Pattern.compile("shard-([1-9]\\d{0,5})-of-([1-9]\\d{0,5})\\.jsonl");
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

    public Shard {
        if (count < 1 || number < 1 || number > count) {
            throw new IllegalArgumentException(
                    "Expected a shard such as 1/8 to 8/8, found " + number + "/" + count + ".");
        }
    }

    /** Reads {@code 3/8}. */
    public static Shard parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Expected a shard such as 1/8 to 8/8, found " + text + ".");
        }
        return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** Its first piece of work. */
    int from(int items) {
        return Math.toIntExact((long) items * (number - 1) / count);
    }

    /** One more than its last. */
    int to(int items) {
        return Math.toIntExact((long) items * number / count);
    }

    String fileName() {
        return count == 1 ? ResultsFile.NAME : "shard-" + number + "-of-" + count + ".jsonl";
    }

    /** The shard whose results a file holds by its name. */
    static Optional<Shard> ofFile(Path file) {
        Matcher matcher = FILE.matcher(String.valueOf(file.getFileName()));
        return matcher.matches()
                ? Optional.of(new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }
}
