package dev.noisediffusion.ui.viewmodel;

import java.util.Optional;

/** Says what each picture of a comparison is. */
final class PaneCaptions {
    private final ParametersViewModel parameters;
    private final KeptSettingsViewModel kept;
    private final Texts texts;

    PaneCaptions(ParametersViewModel parameters, KeptSettingsViewModel kept, Texts texts) {
        this.parameters = parameters;
        this.kept = kept;
        this.texts = texts;
    }

    /** Calls back when a caption may be another one. */
    void onChange(Runnable action) {
        Changes.on(parameters.method().valueProperty(), action);
        Changes.on(kept.keptProperty(), action);
    }

    String of(CompareSide side) {
        if (side == CompareSide.CURRENT) {
            return texts.get("compare.now", method(parameters.method().get()));
        }
        return side.method()
                .map(this::method)
                .orElseGet(() -> side.kept().map(this::kept).orElse(""));
    }

    private String method(MethodChoice method) {
        return texts.get(parameters.method().textKey(method));
    }

    private String kept(KeptLetter letter) {
        String name = kept.name(letter).getValue();
        return name.isEmpty() ? texts.get("compare.nothingKept", letter) : texts.get("compare.kept", letter, name);
    }

    /**
     * The caption of an original.
     *
     * @param number of the picture in the path, from 0; empty while there is none
     */
    String ofOriginal(Optional<Integer> number) {
        return number.map(index -> texts.get("compare.original", index + 1))
                .orElseGet(() -> texts.get("parameter.compareSide.ORIGINAL"));
    }
}
