package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.export.FilmFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of one export.
 *
 * @param folder they go into
 * @param name common to all, without an ending
 * @param kinds one for each file
 */
record ExportTargets(Path folder, String name, List<Kind> kinds) {
    private static final Pattern FORBIDDEN = Pattern.compile("[\\\\/:*?\"<>|\\p{Cntrl}]");

    /** What a file shows, and how it is written. */
    record Kind(ExportContent content, FilmFormat format) {}

    /**
     * A place for a file.
     *
     * @param kind of the file
     * @param wanted as it is called
     * @param free the same or, where that is taken, the next number
     * @param asks whether the user must say which of the two; folders of pictures always take the free one
     */
    record Target(Kind kind, Path wanted, Path free, boolean asks) {
        /** Where the file goes. */
        Path place(boolean replacing) {
            return replacing && asks ? wanted : free;
        }
    }

    ExportTargets {
        kinds = List.copyOf(kinds);
    }

    /** A name that every platform can have, without the ending of a film; empty if nothing is left. */
    static String plain(String typed) {
        String name = FORBIDDEN.matcher(typed).replaceAll("-").strip();
        Optional<String> ending = Arrays.stream(FilmFormat.values())
                .map(FilmFormat::extension)
                .filter(extension ->
                        !extension.isEmpty() && name.toLowerCase(Locale.ROOT).endsWith(extension))
                .findFirst();
        String bare = ending.map(extension -> name.substring(0, name.length() - extension.length()))
                .orElse(name);
        return bare.chars().allMatch(letter -> letter == '.') ? "" : bare;
    }

    /** The names of all files, in order. */
    List<String> names() {
        return kinds.stream().map(kind -> name(kind, "")).toList();
    }

    private String name(Kind kind, String number) {
        String content = kind.content() == ExportContent.SIDE_BY_SIDE ? "-beside" : "";
        String format = switch (kind.format()) {
            case CONTACT_SHEET -> "-sheet";
            case PNG_SEQUENCE -> "-frames";
            case MP4, WEBM, GIF, WEBP, APNG -> "";
        };
        return name + content + format + number + kind.format().extension();
    }

    /**
     * Looks at the disk; for background threads.
     *
     * @param pending places that are about to be written to
     */
    List<Target> look(Set<Path> pending) {
        var targets = new ArrayList<Target>();
        Set<String> taken =
                pending.stream().map(ExportTargets::inAnyCase).collect(Collectors.toCollection(HashSet::new));
        for (Kind kind : kinds) {
            Path wanted = folder.resolve(name(kind, ""));
            Path free = wanted;
            for (int number = 2; isInTheWay(free, kind) || taken.contains(inAnyCase(free)); number++) {
                free = folder.resolve(name(kind, "-" + number));
            }
            taken.add(inAnyCase(free));
            targets.add(
                    new Target(kind, wanted, free, !free.equals(wanted) && kind.format() != FilmFormat.PNG_SEQUENCE));
        }
        return List.copyOf(targets);
    }

    /** Whether two places are one on some disk. */
    static boolean mayBeOne(Path place, Path other) {
        return inAnyCase(place).equals(inAnyCase(other));
    }

    /** On many disks names that differ in the case of letters alone are one. */
    private static String inAnyCase(Path place) {
        return place.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isInTheWay(Path place, Kind kind) {
        if (kind.format() != FilmFormat.PNG_SEQUENCE || !Files.isDirectory(place)) {
            return Files.exists(place);
        }
        try (Stream<Path> entries = Files.list(place)) {
            return entries.findAny().isPresent();
        } catch (IOException e) {
            return true;
        }
    }
}
