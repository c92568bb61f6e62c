package dev.noisediffusion.model;

import java.nio.file.Path;
import java.util.List;

/**
 * What the expected values of a Stable Diffusion were computed with: the {@code cases.json} beside them.
 *
 * @param prompts whose token ids are expected; the first is that of the morph
 * @param longPrompt that has no room
 * @param negativePrompt of the morph
 * @param guidance of its decoding
 * @param steps of the whole schedule
 * @param encodeSteps of them up to the depth
 */
public record ExpectedCases(
        List<String> prompts, String longPrompt, String negativePrompt, double guidance, int steps, int encodeSteps) {
    /** The name of the file. */
    public static final String FILE_NAME = "cases.json";

    public ExpectedCases {
        prompts = List.copyOf(prompts);
    }

    /**
     * Reads the file.
     *
     * @throws ModelException if it is missing or unsound
     */
    public static ExpectedCases read(Path file) throws ModelException {
        ConfigFile config = ConfigFile.read(file);
        List<String> prompts = config.texts("prompts");
        if (prompts.isEmpty()) {
            throw config.refuse("prompts", "at least one prompt", "none");
        }
        int steps = config.positive("num_inference_steps", 1);
        int encodeSteps = config.positive("encode_steps", steps);
        if (encodeSteps > steps) {
            throw config.refuse("encode_steps", "at most " + steps, String.valueOf(encodeSteps));
        }
        return new ExpectedCases(
                prompts,
                config.text("prompt_long", ""),
                config.text("negative_prompt", ""),
                config.number("guidance_scale", 1),
                steps,
                encodeSteps);
    }
}
