package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.project.ParameterValues;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Settings that were kept to be compared.
 *
 * @param values by letter
 */
record KeptSettings(Map<KeptLetter, ParameterValues> values) {
    static final KeptSettings NONE = new KeptSettings(Map.of());

    KeptSettings {
        values = Map.copyOf(values);
    }

    /** What a document keeps; letters that are not known are left out. */
    static KeptSettings ofNamed(Map<String, ParameterValues> named) {
        KeptSettings kept = NONE;
        for (KeptLetter letter : KeptLetter.values()) {
            ParameterValues values = named.get(letter.name());
            kept = values == null ? kept : kept.with(letter, values);
        }
        return kept;
    }

    /** The same for a document. */
    Map<String, ParameterValues> named() {
        var named = new HashMap<String, ParameterValues>();
        values.forEach((letter, kept) -> named.put(letter.name(), kept));
        return named;
    }

    Optional<ParameterValues> get(KeptLetter letter) {
        return Optional.ofNullable(values.get(letter));
    }

    KeptSettings with(KeptLetter letter, ParameterValues kept) {
        var next = new EnumMap<KeptLetter, ParameterValues>(KeptLetter.class);
        next.putAll(values);
        next.put(letter, kept);
        return new KeptSettings(next);
    }
}
