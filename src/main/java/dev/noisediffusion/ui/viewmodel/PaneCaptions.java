package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.project.MethodName;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Says what each picture of a comparison is. */
final class PaneCaptions {
    private final ParametersViewModel parameters;
    private final KeptSettingsViewModel kept;
    private final Supplier<List<String>> letters;
    private final Texts texts;

    /**
     * The captions in a language.
     *
     * @param letters under which the pictures of the path are known, in its order
     */
    PaneCaptions(
            ParametersViewModel parameters, KeptSettingsViewModel kept, Supplier<List<String>> letters, Texts texts) {
        this.parameters = parameters;
        this.kept = kept;
        this.letters = letters;
        this.texts = texts;
    }

    /** Calls back when a caption may be another one. */
    void onChange(Runnable action) {
        Changes.on(parameters.method().valueProperty(), action);
        Changes.on(kept.keptProperty(), action);
    }

    /**
     * The caption of a side.
     *
     * @param film what the film of the morph shows, empty where what is set now is seen: a film may be older than that
     */
    String of(CompareSide side, Optional<MorphRequest> film) {
        if (side == CompareSide.CURRENT) {
            Optional<MethodName> shown = film.map(MorphRequest::settings).map(made -> MethodName.of(made.method()));
            MethodName set = parameters.method().get();
            return texts.get("compare.now", method(shown.orElse(set)));
        }
        return side.method()
                .map(this::method)
                .orElseGet(() -> side.kept().map(this::kept).orElse(""));
    }

    /**
     * The caption of a side in a film, which outlives what is set now: its method alone, or the number of its settings.
     *
     * @param film what the film of the morph shows
     */
    String inFilm(CompareSide side, MorphRequest film) {
        return side.kept().isPresent()
                ? texts.get("parameter.compareSide." + side.name())
                : method(side.method()
                        .orElseGet(() -> MethodName.of(film.settings().method())));
    }

    private String method(MethodName method) {
        return texts.get(parameters.method().textKey(method));
    }

    private String kept(KeptLetter letter) {
        String name = kept.name(letter).getValue();
        return name.isEmpty()
                ? texts.get("compare.nothingKept", letter.shown())
                : texts.get("compare.kept", letter.shown(), name);
    }

    /**
     * The caption of an original.
     *
     * @param number of the picture in the path, from 0; empty while there is none
     */
    String ofOriginal(Optional<Integer> number) {
        return number.map(index -> texts.get("compare.original", letter(index)))
                .orElseGet(() -> texts.get("parameter.compareSide.ORIGINAL"));
    }

    /** A film may be older than the pictures of this moment, and have more of them. */
    private String letter(int number) {
        List<String> known = letters.get();
        return number < known.size() ? known.get(number) : KeyframesViewModel.letter(number);
    }
}
