package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.Phrase;
import dev.noisediffusion.model.ClipTokenizer;
import java.util.List;

/** Prompts to what the network hears of them, by one text encoder or two. Owns them; safe for any thread. */
final class PromptEncoder implements AutoCloseable {
    private final List<TextEncoder> encoders;
    private final boolean silentNegative;

    /**
     * Puts text encoders together.
     *
     * @param encoders in the order in which the network hears them
     * @param silentNegative whether an empty negative prompt is all zeros
     */
    PromptEncoder(List<TextEncoder> encoders, boolean silentNegative) {
        this.encoders = List.copyOf(encoders);
        this.silentNegative = silentNegative;
    }

    Words words(String prompt) {
        return Words.beside(
                encoders.stream().map(encoder -> encoder.words(prompt)).toList());
    }

    Words words(Phrase phrase) {
        Words first = words(phrase.first());
        return phrase.turn() == 0 ? first : first.turned(words(phrase.second()), phrase.turn());
    }

    Words negative(String prompt) {
        return silentNegative && prompt.isBlank() ? words(prompt).silent() : words(prompt);
    }

    /** As the first encoder reads a prompt; all of them read the same part of it. */
    ClipTokenizer.Tokens tokens(String prompt) {
        return encoders.getFirst().tokens(prompt);
    }

    /** As the last encoder reads it, whose padding may be another. */
    ClipTokenizer.Tokens lastTokens(String prompt) {
        return encoders.getLast().tokens(prompt);
    }

    @Override
    public void close() {
        encoders.forEach(TextEncoder::close);
    }
}
