package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Crop;
import dev.noisediffusion.morph.MaskTarget;
import dev.noisediffusion.morph.Masks;
import dev.noisediffusion.morph.Segment;
import dev.noisediffusion.project.ParameterValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two states, for people.
 *
 * @param label such as "Boundary"
 * @param gesture under which changes that follow each other are one, as in the drag of a slider; empty if each stands
 *     for itself
 */
record StateChange(String label, Optional<String> gesture) {
    /** Compares two states that differ. */
    static StateChange between(StudioState before, StudioState after, Texts texts) {
        if (!before.kept().equals(after.kept())) {
            return alone(texts.get("history.kept"));
        }
        boolean pictures = !before.slots().equals(after.slots());
        boolean settings = !before.values().equals(after.values());
        if (pictures && settings) {
            return alone(texts.get("history.both"));
        }
        return pictures
                ? ofPictures(before.slots(), after.slots(), texts)
                : ofSettings(before.values(), after.values(), texts);
    }

    private static StateChange alone(String label) {
        return new StateChange(label, Optional.empty());
    }

    private static StateChange ofPictures(List<SlotSnapshot> before, List<SlotSnapshot> after, Texts texts) {
        long were = before.stream().filter(slot -> !slot.isEmpty()).count();
        long are = after.stream().filter(slot -> !slot.isEmpty()).count();
        if (are != were) {
            return alone(texts.get(are > were ? "history.add" : "history.remove"));
        }
        if (before.size() != after.size()) {
            return alone(texts.get("history.pictures"));
        }
        if (isReordered(before, after)) {
            return alone(texts.get("history.order"));
        }
        var changed = new ArrayList<Integer>();
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).equals(after.get(i))) {
                changed.add(i);
            }
        }
        int first = changed.getFirst();
        if (changed.size() > 1) {
            return alone(texts.get("history.pictures"));
        }
        if (!before.get(first).segment().equals(after.get(first).segment())) {
            return ofSegment(
                    first, before.get(first).segment(), after.get(first).segment(), texts);
        }
        if (!Objects.equals(before.get(first).content(), after.get(first).content())) {
            return alone(texts.get("history.replace"));
        }
        return isMirrored(before.get(first).crop(), after.get(first).crop())
                ? alone(texts.get("history.mirror"))
                : new StateChange(texts.get("history.crop"), Optional.of("crop " + first));
    }

    /** Whether the one crop is the other in a mirror. */
    private static boolean isMirrored(Crop before, Crop after) {
        return after.equals(before.withMirrored(!before.mirrored()));
    }

    private static StateChange ofSegment(int number, Segment before, Segment after, Texts texts) {
        if (!before.edits().equals(after.edits())) {
            return alone(texts.get("history.frame"));
        }
        return before.frames().equals(after.frames())
                ? new StateChange(texts.get("history.curve"), Optional.of("curve " + number))
                : new StateChange(texts.get("history.segment"), Optional.of("segment " + number));
    }

    private static boolean isReordered(List<SlotSnapshot> before, List<SlotSnapshot> after) {
        var left = new ArrayList<>(before);
        after.forEach(left::remove);
        return left.isEmpty();
    }

    private static StateChange ofSettings(ParameterValues before, ParameterValues after, Texts texts) {
        List<MaskTarget> painted = painted(before.masks(), after.masks());
        if (!painted.isEmpty()) {
            return ofMasks(painted, before, after, texts);
        }
        var numbers = different(before.numbers(), after.numbers());
        var all = new TreeSet<>(numbers);
        all.addAll(different(before.choices(), after.choices()));
        var words = different(before.texts(), after.texts());
        all.addAll(words);
        var switches = different(before.switches(), after.switches());
        // Setting the gains apart moves both of them: the switch is what was done.
        if (switches.size() == 1 && (all.isEmpty() || switches.contains(ParameterValues.GAINS_APART))) {
            return alone(texts.get("history." + switches.first()));
        }
        all.addAll(switches);
        if (all.size() > 1) {
            return alone(texts.get("history.settings"));
        }
        String label = texts.get("parameter." + all.first());
        boolean continued = !numbers.isEmpty() || !words.isEmpty();
        return new StateChange(label, continued ? Optional.of("value " + all.first()) : Optional.empty());
    }

    private static List<MaskTarget> painted(@Nullable Masks before, @Nullable Masks after) {
        return before == null || after == null
                ? List.of()
                : Arrays.stream(MaskTarget.values())
                        .filter(target -> !before.get(target).equals(after.get(target)))
                        .toList();
    }

    private static StateChange ofMasks(
            List<MaskTarget> painted, ParameterValues before, ParameterValues after, Texts texts) {
        boolean alone = before.numbers().equals(after.numbers())
                && before.choices().equals(after.choices())
                && before.texts().equals(after.texts())
                && before.switches().equals(after.switches());
        if (!alone) {
            return alone(texts.get("history.settings"));
        }
        MaskTarget first = painted.getFirst();
        return painted.size() > 1
                ? alone(texts.get("history.masks"))
                : new StateChange(texts.get("history.mask." + first), Optional.of("mask " + first));
    }

    private static <T> TreeSet<String> different(Map<String, T> before, Map<String, T> after) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        return names;
    }
}
